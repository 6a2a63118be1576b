import pytest

from generator.exporters import ics
from generator.schema import Model
from tests.exporters.sites import files, offering, site


def test_the_calendar_has_an_event_for_each_retirement() -> None:
    model = Model.model_validate({"id": "a/m", "name": "M; one, two\\", "retires": "2027-12", "successor": "a/n"})
    made = site(model, Model(id="a/n", name="N"), offering(retires="2026-10-31"), base_url="https://x.example/c")
    assert files(ics.outputs(made))["retirements.ics"].decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Almanac//Retirements//EN",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:AI model catalog: retirements",
        "BEGIN:VEVENT",
        "UID:tag:x.example\\,2025:/c/retires/offering/p/x",
        "DTSTAMP:20261031T000000Z",
        "DTSTART;VALUE=DATE:20261031",
        "DTEND;VALUE=DATE:20261101",
        "SUMMARY:x at P stops working",
        "URL:https://x.example/c/providers/p/models/x.html",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:tag:x.example\\,2025:/c/retires/model/a%2Fm",
        "DTSTAMP:20271201T000000Z",
        "DTSTART;VALUE=DATE:20271201",
        "DTEND;VALUE=DATE:20280101",
        "SUMMARY:M\\; one\\, two\\\\ stops working",
        "DESCRIPTION:Use N instead.",
        "URL:https://x.example/c/authors/a/models/m.html",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize(
    ("retires", "first", "end"),
    [
        ("2026", "20260101", "20270101"),
        ("2026-02", "20260201", "20260301"),
        ("2026-12", "20261201", "20270101"),
        ("2028-02-28", "20280228", "20280229"),
        ("2026-12-31", "20261231", "20270101"),
    ],
)
def test_an_event_is_as_long_as_its_date_is_vague(retires: str, first: str, end: str) -> None:
    text = files(ics.outputs(site(offering(retires=retires))))["retirements.ics"].decode()
    assert f"DTSTART;VALUE=DATE:{first}\r\nDTEND;VALUE=DATE:{end}\r\n" in text


@pytest.mark.parametrize("name", ["x" * 200, "é" * 200, "😀 " * 90, "a\nEND:VCALENDAR\r\nb\x07" + "y" * 90])
def test_no_line_is_longer_than_it_may_be_and_none_is_begun_by_a_name(name: str) -> None:
    made = site(Model.model_construct(id="a/m", name=name, retires="2026"), data_date="2026-07-02")
    data = files(ics.outputs(made))["retirements.ics"]
    assert data.endswith(b"\r\nEND:VCALENDAR\r\n")
    assert data.count(b"END:VCALENDAR\r\n") == 1
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    whole = data.decode().replace("\r\n ", "")
    shown = "".join(c if c.isprintable() else " " for c in name)
    assert f"\r\nSUMMARY:{shown} stops working\r\n" in whole
    assert "DTSTAMP:20260702T000000Z" in whole


def test_a_calendar_without_events_is_a_calendar() -> None:
    text = files(ics.outputs(site(offering())))["retirements.ics"].decode()
    assert text.count("BEGIN:") == text.count("END:") == 1
