"""Ladders: a rung for each, across by its day, and lines from what it came from."""

from generator.charts import Branch, Step, ladder


def test_rungs_go_down_and_across_and_lines_lead_to_them() -> None:
    drawn = ladder(
        [
            Step(day="2025-01-01", label="one", to="models/one", hue="text"),
            Step(day="2025-12-31", label="two of some length", to="models/two", parents=((0, "made"), (0, "follows"))),
        ]
    )
    assert [(rung.label, rung.x, rung.y, rung.turned) for rung in drawn.rungs] == [
        ("one", 0, 12, False),
        ("two of some length", 997, 36, True),
    ]
    assert drawn.branches == (Branch("M0 12V36H997", "made"), Branch("M0 12V36H997", "follows"))
    assert drawn.height == 48
