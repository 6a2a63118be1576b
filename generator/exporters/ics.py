"""A calendar of the days on which models and offerings stop working, for any program that reads iCalendar.

A date that is known to the month or the year only is an event of that length.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from generator.exporters.address import address, page
from generator.exporters.encode import first_day
from generator.exporters.feeds import Ending, endings, identity
from generator.output import Output
from generator.site import Site

__all__ = ["PATH", "outputs"]

PATH = "retirements.ics"
_MAX_LINE = 75


def outputs(site: Site) -> Iterator[Output]:
    """Yield the calendar."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Almanac//Retirements//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_text(f'{site.settings.title}: retirements')}")
    retiring = [ending for ending in endings(site) if ending.retires]
    for ending in sorted(retiring, key=lambda ending: (ending.date, ending.key)):
        lines += _event(site, ending)
    yield Output(PATH, "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR")).encode())


def _event(site: Site, ending: Ending) -> list[str]:
    stamp = first_day(site.world.data_date or ending.date)
    where = address(site, PATH, page(site, ending.stem))
    told = f"Use {ending.successor} instead." if ending.successor else ""
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(identity(site, ending.key))}",
        f"DTSTAMP:{_day(stamp)}T000000Z",
        f"DTSTART;VALUE=DATE:{_day(first_day(ending.date))}",
        f"DTEND;VALUE=DATE:{_day(_end(ending.date))}",
        f"SUMMARY:{_text(f'{ending.what} stops working')}",
        *([f"DESCRIPTION:{_text(told)}"] if told else []),
        *([f"URL:{where}"] if site.settings.base_url else []),
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _end(partial: str) -> date:
    """Return the day after the last one that a date can mean."""
    first, parts = first_day(partial), partial.count("-")
    if parts == 2:
        return first + timedelta(days=1)
    return date(first.year + 1, 1, 1) if parts == 0 or first.month == 12 else date(first.year, first.month + 1, 1)


def _day(day: date) -> str:
    return day.strftime("%Y%m%d")


def _text(value: str) -> str:
    """Write text as a value: without controls, and with a backslash before what would end it."""
    line = value if value.isprintable() else "".join([c if c.isprintable() else " " for c in value])
    return line.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """Break a line that is longer than 75 bytes; the rest goes on after a space, and no character is cut in two."""
    if len(line.encode()) <= _MAX_LINE:
        return line
    parts, size = [""], 0
    for c in line:
        wide = len(c.encode())
        if size + wide > _MAX_LINE:
            parts.append(" ")
            size = 1
        parts[-1] += c
        size += wide
    return "\r\n".join(parts)
