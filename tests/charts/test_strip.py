"""Strips: amounts lie where an axis says, the most crowded place is the highest."""

from decimal import Decimal

from generator.charts import Axis, Column, strip

AXIS = Axis(low=1, high=100, marks=((1, "1"), (10, "10"), (100, "100")))


def test_amounts_are_counted_by_place() -> None:
    drawn = strip([Decimal(100), Decimal(1), Decimal(10), Decimal("10.1")], AXIS)
    assert drawn.columns == (
        Column(0, 28, 1, Decimal(1), Decimal(1)),
        Column(500, 56, 2, Decimal(10), Decimal("10.1")),
        Column(990, 28, 1, Decimal(100), Decimal(100)),
    )
    assert drawn.middle == 500
    assert [tick.at for tick in drawn.ticks] == [0, 500, 1000]


def test_what_is_there_at_all_can_be_seen() -> None:
    drawn = strip([Decimal(1)] + [Decimal(10)] * 1000, AXIS)
    assert drawn.columns[0].height == 4
