"""Fields of points: each thing stands where its two numbers say."""

from generator.charts import Axis, Point, Spot, Tick, scatter

AXIS = Axis(low=1, high=100, marks=((1, "1"), (10, "10"), (100, "100")))


def spot(x: float, y: float, name: str) -> Spot:
    return Spot(x=x, y=y, label=name, to=f"models/{name}")


def test_points_stand_up_from_the_bottom_and_none_covers_another() -> None:
    drawn = scatter([spot(10, 10, "a"), spot(10.1, 10, "b"), spot(100, 1, "c")], AXIS, AXIS, width=200, height=100)
    assert drawn.points == (
        Point(x=100, y=50, label="a", to="models/a"),
        Point(x=200, y=100, label="c", to="models/c"),
    )
    assert drawn.columns == (Tick(0, "1"), Tick(100, "10"), Tick(200, "100"))
    assert drawn.lines == (Tick(100, "1"), Tick(50, "10"), Tick(0, "100"))
