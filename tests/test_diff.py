"""Reports of what changed: the same changes as text, as Markdown and as JSON."""

import json
from pathlib import Path

import pytest

from generator.diff import Form, diff, report
from generator.errors import ContentError
from generator.history import Change, Kind, Thing, compare
from tests.exporters.sites import offering, site

FILES = {
    "authors/acme/author.yaml": "name: Acme\n",
    "authors/acme/models/sun.yaml": "name: Sun\n",
    "providers/p/provider.yaml": "name: P|Q\n",
    "providers/p/models/x.yaml": "price: {input: 2}\n",
}


def write(folder: Path, changes: dict[str, str | None]) -> Path:
    for name, text in {**FILES, **changes}.items():
        if text is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
    return folder


def made(tmp_path: Path) -> tuple[Change, ...]:
    old = write(tmp_path / "old", {"authors/acme/models/moon.yaml": "successor: acme/sun\n"})
    new = write(tmp_path / "new", {"providers/p/models/x.yaml": "price: {input: 1.5}\nlimits: {context: 8}\n"})
    (new / "providers/p/models/a|b.yaml").write_text("{}\n")
    return diff(old, new)[0]


def test_as_text(tmp_path: Path) -> None:
    assert report(made(tmp_path), Form.TEXT) == (
        "Added (1)\n  offering p/a|b\n\n"
        "Removed (1)\n  model acme/moon; now: acme/sun\n\n"
        "Prices (1)\n  offering p/x: Input: $2.00 → $1.50 (-25%)\n\n"
        "Limits (1)\n  offering p/x: Context: — → 8\n\n"
        "4 changes: 1 added, 1 removed, 1 prices, 1 limits\n"
    )
    assert report((), Form.TEXT) == "no changes\n"


def test_as_markdown_with_cells_that_stay_cells(tmp_path: Path) -> None:
    assert report(made(tmp_path), Form.MARKDOWN) == (
        "## Changes in the catalog\n\n1 added, 1 removed, 1 prices, 1 limits.\n\n"
        "### Added (1)\n\n| What | Id |\n|---|---|\n| Offering | <code>p/a\\|b</code> |\n\n"
        "### Removed (1)\n\n| What | Id | Use instead |\n|---|---|---|\n| Model | `acme/moon` | `acme/sun` |\n\n"
        "### Prices (1)\n\n| What | Id | Fact | Before | Now | Move |\n|---|---|---|---|---|---|\n"
        "| Offering | `p/x` | Input | $2.00 | $1.50 | -25% |\n\n"
        "### Limits (1)\n\n| What | Id | Fact | Before | Now |\n|---|---|---|---|---|\n"
        "| Offering | `p/x` | Context | — | 8 |\n"
    )
    assert report((), Form.MARKDOWN) == "## Changes in the catalog\n\nNo changes.\n"


def test_as_json_with_exact_amounts(tmp_path: Path) -> None:
    told = json.loads(report(made(tmp_path), Form.JSON))
    assert told["counts"] == {"added": 1, "removed": 1, "price": 1, "limit": 1}
    assert told["changes"][2] == {
        "kind": "price", "thing": "offering", "key": ["p", "x"], "name": "x", "fact": "price.input",
        "old": 2, "new": 1.5, "percent": -25,
    }  # fmt: skip


def test_a_long_list_in_markdown_is_cut_and_counted() -> None:
    many = tuple(
        Change(kind=Kind.ADDED, thing=Thing.OFFERING, key=("p", str(number)), name="x") for number in range(1203)
    )
    told = report(many, Form.MARKDOWN)
    assert told.count("\n| Offering") == 200
    assert told.endswith("\nAnd 1,003 more.\n")


def test_a_catalog_with_errors_is_not_compared(tmp_path: Path) -> None:
    old = write(tmp_path / "old", {})
    new = write(tmp_path / "new", {"providers/p/models/x.yaml": "model: acme/none\n"})
    with pytest.raises(ContentError, match="there is no model"):
        diff(old, new)


def test_the_order_does_not_depend_on_the_catalogs() -> None:
    one, other = site(offering(id="b"), offering(id="a")), site(offering(id="c"))
    ids = [change.key[1] for change in compare(one.world.catalog, other.world.catalog)]
    assert ids == ["c", "a", "b"]
