"""Reads a page of either edition of a catalog's Markdown, Starmap's or ours, as the facts it shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

_BADGE = re.compile(r"!\[[^\]]*\]\(https://img\.shields\.io/badge/([^)]*)\)")
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\(([^)]*)\)")
_SIGNS = re.compile(r"^[^\w<\[(]+ ")
_LABELLED = re.compile(r"^(?:- )?\*\*([^*:]+)\*\*:\s*(.*)$")

Badge = tuple[str, str, str]


@dataclass
class Section:
    """What stands under one heading."""

    tables: list[list[list[str]]] = field(default_factory=list)
    """Header and rows, as the text of their cells."""
    labelled: dict[str, str] = field(default_factory=dict)
    """The lines `**Label**: value`."""
    badges: list[Badge] = field(default_factory=list)
    groups: dict[str, list[Badge]] = field(default_factory=dict)
    """Badges of lines that start with a label."""
    links: list[str] = field(default_factory=list)
    """The words of links in lists."""


@dataclass
class Facts:
    """A page as facts."""

    headings: list[str] = field(default_factory=list)
    """With their level, without signs: `## Pricing`."""
    sections: dict[str, Section] = field(default_factory=dict)
    crumbs: list[str] = field(default_factory=list)


def plain(text: str) -> str:
    """Return text without links, emphasis, code marks and escapes."""
    text = re.sub(r"<(https?://[^>]*)>", r"\1", text)
    text = _LINK.sub(r"\1", text)
    text = re.sub(r"</?code>|<img[^>]*>", "", text)
    text = re.sub(r"\*\*|(?<!\\)`", "", text)
    return re.sub(r"\\(.)", r"\1", text).strip()


def _badge(address: str) -> Badge:
    label, value, colour = (part.replace("\0", "-") for part in unquote(address).replace("--", "\0").rsplit("-", 2))
    return label.replace("__", "_"), value.replace("__", "_"), colour


def read(text: str) -> Facts:
    """Return the facts of a page."""
    found, here = Facts(), Section()
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    text = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    in_table = False
    for line in text.split("\n"):
        stripped = line.strip()
        was_table, in_table = in_table, stripped.startswith("|")
        if re.match(r"#{1,6} ", stripped):
            marks, _, title = stripped.partition(" ")
            name = f"{marks} {_SIGNS.sub('', plain(title))}"
            found.headings.append(name)
            here = found.sections.setdefault(name, Section())
        elif stripped.startswith("[Catalog]"):
            found.crumbs = [plain(part) for part in stripped.split(" / ")]
        elif in_table:
            cells = [plain(cell) for cell in re.split(r"(?<!\\)\|", stripped)[1:-1]]
            if not was_table:
                here.tables.append([cells])
            elif not re.fullmatch(r"[-:| ]+", stripped):
                here.tables[-1].append(cells)
        else:
            _line(here, stripped)
    return found


def _line(here: Section, line: str) -> None:
    badges = [_badge(address) for address in _BADGE.findall(line)]
    if badges and line.startswith("**"):
        here.groups[line.partition(":")[0].strip("*")] = badges
    elif badges:
        here.badges += badges
    elif label := _LABELLED.match(line):
        here.labelled[label[1]] = plain(label[2])
    elif line.startswith("- "):
        here.links.append(plain(line[2:]))
