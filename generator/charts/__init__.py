"""Facts -> small drawings for inline SVG: monograms, bars, fields of points, lines of time.

A module for each kind of drawing. Presentation attributes only, which every policy allows. The same facts give the
same bytes: places are whole numbers, and nothing is drawn from chance or clock. Given up: animation, scripts.
"""

from generator.charts.axes import Axis, Tick
from generator.charts.bars import bar, percent
from generator.charts.field import Point, Scatter, Spot, scatter
from generator.charts.ladder import Branch, Ladder, Rung, Step, ladder
from generator.charts.lanes import Event, Lane, Lanes, lanes
from generator.charts.monograms import HUES, monogram
from generator.charts.series import Line, Plot, bars, steps
from generator.charts.strip import Column, Strip, strip
from generator.charts.times import Span

__all__ = [
    "HUES",
    "Axis",
    "Branch",
    "Column",
    "Event",
    "Ladder",
    "Lane",
    "Lanes",
    "Line",
    "Plot",
    "Point",
    "Rung",
    "Scatter",
    "Span",
    "Spot",
    "Step",
    "Strip",
    "Tick",
    "bar",
    "bars",
    "ladder",
    "lanes",
    "monogram",
    "percent",
    "scatter",
    "steps",
    "strip",
]
