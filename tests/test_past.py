"""Pages of what has changed and of what is gone, from build to build."""

import json
import shutil
from pathlib import Path

import pytest

from generator.build import build
from generator.exporters.feeds import CHANGES, PRICES
from tests.exporters.sites import parsed
from tests.test_diff import write

GONE = "authors/acme/models/moon"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build five sites, each after the one before it."""
    top = tmp_path_factory.mktemp("past")
    dated = {"site.yaml": "data_date: 2026-01-01\nbase_url: https://a.example/\n"}
    later = {"site.yaml": "data_date: 2026-02-02\nbase_url: https://a.example/\n"}
    moon = "name: Moon <b>\nsuccessor: acme/sun\n"
    served = {"authors/acme/models/moon.yaml": moon, "providers/q/provider.yaml": "name: Q\n"}
    served["providers/q/models/y.yaml"] = "model: acme/moon\n"
    dearer = {"providers/p/models/x.yaml": "price: {input: 3}\n"}
    contents = {
        "first": {**dated, **served},
        "second": {**later, **dearer},
        "third": {**later, **dearer},
        "renamed": {**later, "authors/acme/models/luna.yaml": "aliases: [acme/moon]\n"},
        "back": {**later, **dearer, "authors/acme/models/moon.yaml": moon},
    }
    places: dict[str, Path] = {}
    for name, files in contents.items():
        source = write(top / f"of-{name}", dict(files))
        before = {"third": "second", "second": "first", "renamed": "first", "back": "third"}.get(name)
        build(source, top / name, previous=places[before] if before else None, jobs=1)
        places[name] = top / name
    return places


def text(site: Path, name: str) -> str:
    return (site / name).read_text()


def test_a_site_that_knows_nothing_before_it_has_none_of_this(sites: dict[str, Path]) -> None:
    for name in ("changes.html", "changes.md", "api/v1/changes.json", CHANGES):
        assert not (sites["first"] / name).exists()
    assert "changes.html" not in text(sites["first"], "index.html")


def test_the_page_of_changes(sites: dict[str, Path]) -> None:
    told = text(sites["second"], "changes.md")
    assert "## 2026-02-02\n\n4 changes since 2026-01-01.\n" in told
    assert "| [Moon &lt;b>](authors/acme/models/moon.md) | `acme/moon` | [Sun](authors/acme/models/sun.md) |" in told
    assert "| [x](providers/p/models/x.md) | `p/x` | Input | $2.00 | $3.00 | +50% |" in told
    assert "- [Moon &lt;b> (q/y)](providers/q/models/y.md)" in told
    page = text(sites["second"], "changes.html")
    assert '<td class="n">+50%</td>' in page
    assert "<b>" not in page
    assert 'href="changes.html"' in text(sites["second"], "index.html")


def test_a_page_that_is_gone_leaves_one_in_its_place(sites: dict[str, Path]) -> None:
    page = text(sites["second"], f"{GONE}.html")
    assert "Moon &lt;b&gt; is no longer in the catalog since 2026-02-02." in page
    assert '<meta name="robots" content="noindex">' in page
    assert '<li>Use instead: <a href="sun.html">Sun</a></li>' in page
    assert "acme/models/moon" not in text(sites["second"], "sitemap.xml")
    assert (sites["second"] / "providers/q/index.html").exists()
    assert "`q/y`" in text(sites["second"], "providers/q/models/y.md")


def test_it_stays_from_build_to_build_and_nothing_else_changes(sites: dict[str, Path]) -> None:
    for name in (f"{GONE}.html", f"{GONE}.md", "changes.html", "changes.md", "api/v1/changes.json", CHANGES, PRICES):
        assert text(sites["third"], name) == text(sites["second"], name)


def test_a_new_name_is_a_redirect_and_no_grave(sites: dict[str, Path]) -> None:
    page = text(sites["renamed"], f"{GONE}.html")
    assert 'content="0; url=luna.html"' in page
    assert not (sites["renamed"] / f"{GONE}.md").exists()


def test_what_has_come_back_has_its_page(sites: dict[str, Path]) -> None:
    assert "no longer in the catalog" not in text(sites["back"], f"{GONE}.html")
    told = parsed((sites["back"] / "api/v1/changes.json").read_bytes())
    assert [len(revision["changes"]) for revision in told["revisions"]] == [1, 4]
    assert {removed["stem"] for removed in told["removed"]} == {"providers/q/", "providers/q/models/y"}


def test_the_feeds_tell_it_with_the_day_of_the_facts(sites: dict[str, Path]) -> None:
    prices = text(sites["second"], PRICES)
    assert "<title>x at P|Q: Input: $2.00 → $3.00 (+50%)</title>" in prices
    assert "<id>tag:a.example,2025:/change/2026-02-02/offering/p/x</id>" in prices
    assert prices.count("<entry>") == 1
    everything = text(sites["second"], CHANGES)
    assert everything.count("<entry>") == 4
    assert everything.count("<updated>2026-02-02T00:00:00Z</updated>") == 5
    assert "https://a.example/authors/acme/models/moon.html" in everything


def test_a_place_that_no_build_gives_is_not_written(sites: dict[str, Path], tmp_path: Path) -> None:
    """What stands in the JSON of a site is content: it may name a file that is none of ours."""
    shutil.copytree(sites["second"], tmp_path / "old")
    file = tmp_path / "old/api/v1/changes.json"
    told = json.loads(file.read_text())
    for stem in ("../evil", "/etc/x", "assets/almanac", "authors/../../x", "providers/Q/", "index"):
        told["removed"].append({"thing": "model", "key": ["a/b"], "name": "E", "stem": stem})
    file.write_text(json.dumps(told))
    source = write(tmp_path / "source", {"site.yaml": "base_url: https://a.example/\n"})
    build(source, tmp_path / "new", previous=tmp_path / "old", jobs=1)
    again = parsed((tmp_path / "new/api/v1/changes.json").read_bytes())
    assert {removed["key"][0] for removed in again["removed"]} == {"acme/moon", "q"}
