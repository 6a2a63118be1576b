"""Facts -> small drawings for inline SVG: monograms, bars, fields of points, lines of time.

A module for each kind of drawing. Presentation attributes only, which every policy allows. The same facts give the
same bytes: places are whole numbers, and nothing is drawn from chance or clock. Given up: animation, scripts.
"""

from generator.charts.axes import Axis, Tick
from generator.charts.bars import bar, percent
from generator.charts.field import Point, Scatter, Spot, scatter
from generator.charts.monograms import HUES, monogram
from generator.charts.series import Line, Plot, bars, steps

__all__ = [
    "HUES",
    "Axis",
    "Line",
    "Plot",
    "Point",
    "Scatter",
    "Spot",
    "Tick",
    "bar",
    "bars",
    "monogram",
    "percent",
    "scatter",
    "steps",
]
