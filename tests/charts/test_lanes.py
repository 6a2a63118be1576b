"""Lanes: each thing on its own line, none hidden by another until a pile is full."""

from generator.charts import Event, lanes


def event(lane: str, day: str, label: str) -> Event:
    return Event(lane=lane, day=day, label=label, to=f"models/{label}", hue="text")


def test_each_thing_stands_on_its_lane_and_the_table_has_the_latest_first() -> None:
    drawn = lanes([event("b", "2025-06-01", "y"), event("a", "2025-01-01", "x")], [("a", "authors/a/"), ("b", "")])
    assert [(lane.label, lane.to, lane.at) for lane in drawn.lanes] == [("a", "authors/a/", 11), ("b", "", 33)]
    assert [(point.label, point.x, point.y, point.hue) for point in drawn.points] == [
        ("x", 0, 11, "text"),
        ("y", 834, 33, "text"),
    ]
    assert drawn.height == 44
    assert [event.label for event in drawn.events] == ["y", "x"]


def test_things_of_one_day_are_piled_up_and_a_full_pile_grows_no_more() -> None:
    days = [event("a", "2025-01-01", str(number)) for number in range(6)] + [event("a", "2025-12-31", "last")]
    drawn = lanes(days, [("a", "")])
    assert [point.y for point in drawn.points] == [38, 29, 20, 11, 11, 11, 38]
    assert drawn.lanes[0].at == 38
