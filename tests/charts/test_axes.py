"""Axes: a value is always in the same place."""

import pytest

from generator.charts import Axis

AXIS = Axis(low=1, high=100, marks=((1, "1"), (10, "10"), (100, "100")))


@pytest.mark.parametrize(("value", "place"), [(1, 0), (10, 50), (100, 100), (0.001, 0), (1e9, 100), (3.1622776601, 25)])
def test_an_axis_is_logarithmic_and_ends_where_it_ends(value: float, place: int) -> None:
    assert AXIS.place(value, 100) == place
