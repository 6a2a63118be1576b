"""Overlays on a small catalog: what they change, what they take away, and what is wrong with them."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.build import build, load
from generator.catalog import Catalog, Overlaid
from generator.errors import ContentError

LOGO = '<svg xmlns="http://www.w3.org/2000/svg"/>'
BASE = {
    "site.yaml": "featured: [acme/sun, bolt/ray]\n",
    "authors/acme/author.md": "---\nname: Acme\naliases: [acme-inc]\nkind: company\n---\n\nMakers of suns.\n",
    "authors/acme/models/sun.yaml": "name: Sun\naliases: [acme/old-sun]\nlimits: {context: 1000, output: 100}\n",
    "authors/acme/models/moon.yaml": "name: Moon\nsuccessor: acme/sun\nlineage: {parent: bolt/ray}\n",
    "authors/bolt/author.yaml": "name: Bolt\n",
    "authors/bolt/models/ray.yaml": "authors: [acme]\n",
    "providers/east/provider.yaml": "name: East\nbase_url: https://east.example/v1\nregions: [eu, us]\n",
    "providers/east/models/sun.yaml": (
        "model: acme/old-sun\nprice:\n  input: 2\n  output: 8\n  tiers:\n    - above: 100\n      input: 4\n"
    ),
    "providers/east/models/moon.yaml": "model: acme/moon\n",
    "providers/west/provider.yaml": "name: West\n",
    "providers/west/models/ray.yaml": "id: org/Ray:1\nmodel: bolt/ray\n",
    "providers/west/models/loose.yaml": "authors: [acme-inc]\n",
    "providers/west/models/nobody.yaml": "{}\n",
}
SUN, MOOM = "providers/east/models/sun.yaml", "providers/east/models/x.yml"


def put(root: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def laid(tmp_path: Path, *overlays: Mapping[str, str], base: Mapping[str, str] = {}) -> Catalog:
    source = put(tmp_path / "base", {**BASE, **base})
    folders = [put(tmp_path / f"over{i}", overlay) for i, overlay in enumerate(overlays, start=1)]
    return load(source, overlays=folders)[0].world.catalog


def faults(tmp_path: Path, *overlays: Mapping[str, str]) -> list[str]:
    with pytest.raises(ContentError) as caught:
        laid(tmp_path, *overlays)
    return str(caught.value).replace(f"{tmp_path.as_posix()}/", "").split("\n")


def names(catalog: Catalog) -> str:
    offerings = [f"{provider}/{name}" for provider, name in catalog.offerings]
    return " | ".join(map(" ".join, (catalog.authors, catalog.models, catalog.providers, offerings)))


EVERYTHING = (
    "acme bolt | acme/moon acme/sun bolt/ray | east west | east/moon east/sun west/loose west/nobody west/org/Ray:1"
)


@pytest.mark.parametrize(
    ("overlay", "key", "stated", "changed"),
    [
        pytest.param(
            {SUN: "price:\n  input: 1.5\n"},
            ("offerings", ("east", "sun")),
            {"price": {"input": Decimal("1.5"), "output": Decimal(8), "tiers": ({"above": 100, "input": Decimal(4)},)}},
            "offering/east/sun: price.input",
            id="a negotiated price",
        ),
        pytest.param(
            {SUN: "price:\n  tiers: null\n  output: 8\n"},
            ("offerings", ("east", "sun")),
            {"price": {"input": Decimal(2), "output": Decimal(8)}},
            "offering/east/sun: price.tiers",
            id="null takes back, and the same again is no change",
        ),
        pytest.param(
            {SUN: "base_url: https://proxy.corp/v1\nregions: [eu]\ninternal:\n  approval: approved\n  owner: Team A\n"},
            ("offerings", ("east", "sun")),
            {
                "base_url": "https://proxy.corp/v1",
                "regions": ("eu",),
                "internal": {"approval": "approved", "owner": "Team A"},
            },
            "offering/east/sun: base_url regions internal.approval internal.owner",
            id="what a company adds",
        ),
        pytest.param(
            {"providers/east/provider.md": "---\ninternal:\n  notes: [Ask first.]\n---\n\nOurs.\n"},
            ("providers", "east"),
            {"internal": {"notes": ("Ask first.",)}, "regions": ("eu", "us"), "prose": "Ours."},
            "provider/east: internal.notes prose",
            id="prose",
        ),
        pytest.param(
            {"authors/acme/models/sun.yaml": "limits: {output: 50}\n"},
            ("models", "acme/sun"),
            {"limits": {"context": 1000, "output": 50}},
            "model/acme/sun: limits.output",
            id="a model",
        ),
        pytest.param(
            {"authors/acme-inc/models/old-sun.yaml": "name: Our Sun\n"},
            ("models", "acme/sun"),
            {"name": "Our Sun"},
            "model/acme/sun: name",
            id="by its aliases",
        ),
        pytest.param(
            {"providers/west/models/x.yaml": "id: org/Ray:1\nnotes: [Slow.]\n"},
            ("offerings", ("west", "org/Ray:1")),
            {"notes": ("Slow.",)},
            "offering/west/org/Ray:1: notes",
            id="by its id",
        ),
        pytest.param(
            {"providers/west/models/org/ray-1.yaml": "notes: [Slow.]\n"},
            ("offerings", ("west", "org/Ray:1")),
            {"notes": ("Slow.",)},
            "offering/west/org/Ray:1: notes",
            id="by the path of its page",
        ),
        pytest.param(
            {"authors/bolt/author.yaml": "kind: startup\n", "README.md": "x", "LICENSE": "x", "overlay.yaml": ""},
            ("authors", "bolt"),
            {"kind": "startup", "name": "Bolt"},
            "author/bolt: kind",
            id="beside files for people",
        ),
    ],
)
def test_facts_are_laid_over_those_below(
    overlay: Mapping[str, str], key: tuple[str, Any], stated: Mapping[str, Any], changed: str, tmp_path: Path
) -> None:
    catalog = laid(tmp_path, overlay)
    found = getattr(catalog, key[0])[key[1]].model_dump(exclude_unset=True)
    assert {name: found[name] for name in stated} == stated
    about, _, facts = changed.rpartition(": ")
    assert catalog.overlaid == {about: (Overlaid("over1", tuple(facts.split())),)}
    assert names(catalog) == EVERYTHING


def test_the_later_is_laid_over_the_earlier_and_each_says_what_it_changed(tmp_path: Path) -> None:
    catalog = laid(
        tmp_path,
        {"overlay.yaml": "name: Prices\n", SUN: "price: {input: 1, output: 5}\n"},
        {SUN: "price: {input: 0.5}\nnotes: [Ours.]\n"},
    )
    price = catalog.offerings["east", "sun"].price
    assert price is not None
    assert (price.input, price.output) == (Decimal("0.5"), Decimal(5))
    assert catalog.overlaid == {
        "offering/east/sun": (
            Overlaid("Prices", ("price.input", "price.output")),
            Overlaid("over2", ("price.input", "notes")),
        )
    }


def test_overlays_that_the_settings_name_are_seen_from_there_and_come_first(tmp_path: Path) -> None:
    settings = {
        "site.yaml": "overlays: [../first, overlays/second]\n",
        "overlays/second/overlay.yaml": "name: Second\n",
    }
    put(tmp_path / "first", {SUN: "name: First\nnotes: [First.]\n"})
    put(tmp_path / "base", {f"overlays/second/{SUN}": "name: Second\nfamily: second\n"})
    catalog = laid(tmp_path, {SUN: "family: third\n"}, base=settings)
    sun = catalog.offerings["east", "sun"]
    assert (sun.name, sun.family, sun.notes) == ("Second", "third", ("First.",))
    assert [layer.overlay for layer in catalog.overlaid["offering/east/sun"]] == ["first", "Second", "over1"]


def test_a_logo_takes_the_place_of_another(tmp_path: Path) -> None:
    catalog = laid(tmp_path, {"providers/east/logo.svg": LOGO, "authors/acme-inc/logo.svg": LOGO})
    assert catalog.logos == {"authors/acme": LOGO.encode(), "providers/east": LOGO.encode()}
    assert catalog.overlaid["provider/east"] == (Overlaid("over1", ("logo",)),)


@pytest.mark.parametrize(
    ("lists", "left"),
    [
        ("{}", EVERYTHING),
        ("allow: {providers: [east]}", "acme | acme/moon acme/sun | east | east/moon east/sun"),
        ("allow: {providers: ['*']}", EVERYTHING),
        (
            "deny: {providers: [west]}",
            "acme | acme/moon acme/sun | east | east/moon east/sun",
        ),
        ("allow: {authors: [bolt]}", "bolt acme | bolt/ray | west | west/org/Ray:1".replace("bolt acme", "bolt")),
        (
            "deny: {authors: [bolt]}",
            "acme | acme/moon acme/sun | east west | east/moon east/sun west/loose west/nobody",
        ),
        ("allow: {models: [acme/*]}", "acme | acme/moon acme/sun | east | east/moon east/sun"),
        (
            "deny: {models: [acme/moon]}",
            "acme bolt | acme/sun bolt/ray | east west | east/sun west/loose west/nobody west/org/Ray:1",
        ),
        (
            "deny: {models: [acme/sun]}",
            "acme bolt | acme/moon bolt/ray | east west | east/moon west/loose west/nobody west/org/Ray:1",
        ),
        (
            "deny: {offerings: [west/n*, east/*]}",
            "acme bolt | bolt/ray | west | west/loose west/org/Ray:1",
        ),
        (
            "allow: {providers: [east, west]}\ndeny: {providers: [w*], offerings: [east/moon]}",
            "acme | acme/sun | east | east/sun",
        ),
    ],
)
def test_lists_say_what_stays(lists: str, left: str, tmp_path: Path) -> None:
    assert names(laid(tmp_path, {"overlay.yaml": f"{lists}\n"})) == left


def test_what_names_something_that_went_no_longer_does(tmp_path: Path) -> None:
    catalog = laid(tmp_path, {"overlay.yaml": "deny: {models: [acme/sun, bolt/ray]}\n"})
    assert catalog.models["acme/moon"].successor is None
    assert catalog.models["acme/moon"].lineage.parent is None
    assert catalog.dropped == ()


def test_the_settings_no_longer_feature_what_went(tmp_path: Path) -> None:
    source = put(tmp_path / "base", BASE)
    overlay = put(tmp_path / "over", {"overlay.yaml": "deny: {authors: [bolt]}\n"})
    assert load(source, overlays=[overlay])[0].settings.featured == ("acme/sun",)


def test_facts_come_before_the_lists_and_a_later_overlay_finds_what_is_left(tmp_path: Path) -> None:
    both = {"overlay.yaml": "deny: {offerings: [east/sun]}\n", SUN: "name: X\n"}
    assert "east/sun" not in names(laid(tmp_path, both))
    assert faults(tmp_path, both, {SUN: "name: Y\n"})[0] == (
        f"over2/{SUN}: error: there is no offering `sun` of `east` below this overlay"
    )


@pytest.mark.parametrize(
    ("overlay", "message"),
    [
        (
            {"providers/eats/provider.yaml": "name: X\n"},
            ["over1/providers/eats/provider.yaml: error: there is no provider `eats` below this overlay", "east"],
        ),
        (
            {"authors/acme/models/sum.yaml": "name: X\n"},
            ["over1/authors/acme/models/sum.yaml: error: there is no model `acme/sum` below this overlay", "acme/sun"],
        ),
        (
            {MOOM: "id: moom\n"},
            [f"over1/{MOOM}:1:5: error: id: there is no offering `moom` of `east` below this overlay", "moon"],
        ),
        (
            {"authors/nobody/logo.svg": LOGO},
            ["over1/authors/nobody/logo.svg: error: there is no author `nobody` below this overlay"],
        ),
        (
            {"overlay.yaml": "allow:\n  providers: [eats]\n"},
            ["over1/overlay.yaml:2:15: error: allow.providers[0]: there is no provider `eats`", "east"],
        ),
        (
            {"overlay.yaml": "deny:\n  models: [acme/old-sun]\n"},
            ["over1/overlay.yaml:2:12: error: deny.models[0]: there is no model `acme/old-sun`", "acme/sun"],
        ),
    ],
)
def test_an_overlay_on_something_that_is_not_there_is_an_error(
    overlay: Mapping[str, str], message: list[str], tmp_path: Path
) -> None:
    first, *near = message
    assert faults(tmp_path, overlay) == [first, *(f"    hint: did you mean `{name}`?" for name in near)]


@pytest.mark.parametrize(
    ("overlay", "message"),
    [
        ({SUN: "modle: acme/sun\n"}, f"over1/{SUN}:1:1: error: modle: unknown key"),
        ({SUN: "price: {input: -1}\n"}, f"over1/{SUN}:1:16: error: price.input: has to be 0 or more, not `-1`"),
        (
            {SUN: "price: {currency: usd}\n"},
            f"over1/{SUN}:1:19: error: price.currency: has to be a currency code such as USD or EUR, not `usd`",
        ),
        (
            {SUN: "provider: west\n"},
            f"over1/{SUN}:1:11: error: provider: has to be `east`, as the path of the file says",
        ),
        ({SUN: "model: acme/son\n"}, f"over1/{SUN}:1:8: error: model: there is no model `acme/son`"),
        ({SUN: "authors: [bolb]\n"}, f"over1/{SUN}:1:11: error: authors[0]: there is no author `bolb`"),
        (
            {"authors/acme/models/sun.yaml": "lineage: {root: acme/none}\n"},
            "over1/authors/acme/models/sun.yaml:1:17: error: lineage.root: there is no model `acme/none`",
        ),
        (
            {"providers/east/provider.yaml": "name: null\n"},
            "over1/providers/east/provider.yaml:1:1: error: name: is required",
        ),
        ({"authors/acme/author.yaml": "prose: x\n"}, "over1/authors/acme/author.yaml:1:1: error: prose: unknown key"),
        (
            {"providers/east/models/sun.md": "---\nname: X\n---\n\nText.\n"},
            "over1/providers/east/models/sun.md:5:1: error: has text below its data that no page shows",
        ),
        ({"pages/x.md": "---\ntitle: X\n---\n"}, "over1/pages/x.md: error: is not part of an overlay"),
        ({"providers/east/notes.txt": "x"}, "over1/providers/east/notes.txt: error: is not part of an overlay"),
        ({"overlay.yaml": "alow: {}\n"}, "over1/overlay.yaml:1:1: error: alow: unknown key"),
        ({"overlay.yaml": "- x\n"}, "over1/overlay.yaml:1:1: error: holds a list at its top level"),
        ({"providers/east/logo.svg": "<svg/>"}, "over1/providers/east/logo.svg:1:7: error: is not an SVG file"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(overlay: Mapping[str, str], message: str, tmp_path: Path) -> None:
    assert faults(tmp_path, overlay)[0] == message


def test_all_faults_of_all_overlays_are_told_at_once(tmp_path: Path) -> None:
    told = faults(tmp_path, {SUN: "a: 1\n", "x": "y"}, {SUN: "b: 1\n"}, {"overlay.yaml": "c: 1\n"})
    assert [line.partition(" ")[0] for line in told if not line.startswith(" ")] == [
        f"over1/{SUN}:1:1:",
        "over1/x:",
        f"over2/{SUN}:1:1:",
        "over3/overlay.yaml:1:1:",
    ]


def test_a_pattern_that_fits_nothing_yet_is_a_warning(tmp_path: Path) -> None:
    source = put(tmp_path / "base", BASE)
    overlay = put(tmp_path / "over", {"overlay.yaml": "deny: {models: ['none/*']}\n"})
    told = [str(problem) for problem in load(source, overlays=[overlay])[1]]
    assert told == [f"{overlay.as_posix()}/overlay.yaml:1:17: warning: deny.models[0]: fits no model: `none/*`"]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    source = put(tmp_path / "base", BASE)
    with pytest.raises(ContentError, match="nowhere: error: is not a folder\n    hint: give the folder that holds"):
        load(source, overlays=[tmp_path / "nowhere"])


def test_pages_say_what_came_from_an_overlay(tmp_path: Path) -> None:
    source = put(tmp_path / "base", BASE)
    overlay = put(
        tmp_path / "over",
        {
            "overlay.yaml": "name: Corporate\n",
            SUN: "price: {input: 1.5}\ninternal: {approval: pending, owner: A|B, contact: '#x', data_class: public}\n",
            "providers/east/provider.yaml": "internal: {notes: ['Mind the *gap*.']}\n",
            "authors/acme/models/sun.yaml": "internal: {approval: denied}\n",
        },
    )
    build(source, tmp_path / "site", overlays=[overlay], changes={"editions": ("md",)}, jobs=1)
    offering = (tmp_path / "site/providers/east/models/sun.md").read_text()
    assert "> Changed by the overlay **Corporate**: `price.input`, `internal.approval`," in offering
    assert "| **Approval** | Pending |\n| **Data Class** | public |\n| **Owner** | A\\|B |\n" in offering
    provider = (tmp_path / "site/providers/east/README.md").read_text()
    assert "## 🏢 Internal Use\n\n- Mind the \\*gap\\*.\n" in provider
    assert "| **Approval** | Denied |" in (tmp_path / "site/authors/acme/models/sun.md").read_text()
    other = (tmp_path / "site/providers/east/models/moon.md").read_text()
    assert "Internal Use" not in other
    assert "overlay" not in other
