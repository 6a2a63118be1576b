"""A site made of the one before is the site that reading everything anew gives, whatever changed."""

import shutil
from pathlib import Path
from time import sleep

import pytest

from generator.config import Edition
from generator.pages import context
from generator.reading import linked, overlaid
from generator.renewal import renewed
from generator.server import Live
from generator.site import Site
from generator.sources import layouts
from generator.sources.content import Content
from generator.sources.memory import Memory
from tests.golden import CONTENT
from tests.sources.published import checkout

TICK = 0.01
"""Seconds after which a file that is written again has another time."""
CHANGES: dict[str, object] = {"editions": (Edition.HTML, Edition.MD)}
FREE, SUN = "providers/tiny/models/sun-2-free.yaml", "providers/tiny/models/sun-2.yaml"
HOME, ZERO = "providers/tiny/models/homemade.yaml", "providers/tiny/models/zero.yaml"
CLOUD = "providers/bigcloud/models/acme/sun-2-at-002.yaml"
TINY, ACME = "providers/tiny/provider.yaml", "authors/acme/author.md"
ONE, TWO, THREE = (f"authors/acme/models/sun-{name}" for name in ("1.yaml", "2.md", "3.yaml"))

EDITS = [
    (SUN, "output: 3", "output: 9", True),
    (SUN, "output: 3", "output: 900000", True),
    (SUN, "price: {input: 0.05, output: 3}", "description: Words", True),
    (SUN, "price", "name: Another\nprice", True),
    (SUN, "price", "status: deprecated\nprice", False),
    (SUN, "price", "retires: 2031-01\nprice", False),
    (SUN, "price", "tags: [new-tag]\nprice", False),
    (SUN, "price", "capabilities: {web_search: false}\nprice", False),
    (SUN, "price", "limits: {context: 5, output: 3}\nprice", True),
    (SUN, "price", "checked: 2031-01-02\nprice", True),
    (SUN, "price: {", "price: {effective_from: 2031-01-02, ", False),
    (SUN, "acme/sun-2", "acme/sun-1", None),
    (FREE, "billing: free", "billing: plan", True),
    (FREE, "sun-2:free", "sun-2:freer", None),
    (HOME, "name: Homemade", "name: zero", True),
    (HOME, "family: homemade", "family: made", False),
    (HOME, "[acme-labs]", "[quiet]", None),
    (ZERO, "input: 0, output: 0", "input: 0.01, output: 7", False),
    (CLOUD, "batch_discount: 0.5", "batch_discount: 0.4", True),
    (TWO, "name: Sun 2", "name: Sun Two", True),
    (TWO, "name: Sun 2", "name: Homemade", True),
    (TWO, "description: Reads", "description: Hears", True),
    (TWO, "open_weights: true", "open_weights: false", False),
    (TWO, "released: 2026-03-05", "released: 2021-03-05", False),
    (TWO, "successor: acme/sun-3", "successor: acme/sun-1", None),
    (THREE, "name:", "knowledge: 2020-02\nname:", True),
    (ONE, "name:", "license: MIT\nname:", True),
    ("site.yaml", "footer: Facts", "footer: Words", None),
    ("pages/about.md", "order: 1", "order: 7", None),
    (TINY, "name:", "headquarters: Here\nname:", True),
    (TINY, "name: Tiny", "name: Zoo", True),
    (TINY, "name: Tiny", "name: Another\nchecked: 2031-01-02", True),
    (TINY, "name: Tiny", "name: Tiny\nfree_tier: true", True),
    (TINY, "name: Tiny", "name: Tiny\ntags: [small]", None),
    (TINY, "name: Tiny", "name: Tiny\naliases: [mini]", None),
    ("providers/bigcloud/provider.md", "name: Big Cloud", "name: A Cloud", True),
    (ACME, "name: Acme Labs", "name: Zenith", True),
    (ACME, "founded: 2019-05", "founded: 2020", True),
    ("authors/quiet/author.yaml", "name: Quiet", "name: Acme Labs", True),
]


def whole(content: Content) -> Site:
    return linked(Path("c"), content, changes=CHANGES).site()


def same(made: Site, wanted: Site) -> None:
    """Hold every page, every file and the order of every table of one site to those of another."""
    assert made.pages == wanted.pages
    assert dict(made.files) == dict(wanted.files)
    for page in wanted.pages:
        assert context(made.world, page) == context(wanted.world, page), page
    for name in ("models", "offerings", "providers", "authors", "by_price", "cheapest_first"):
        assert list(getattr(made.world, name).items()) == list(getattr(wanted.world, name).items()), name
    for name in ("facts", "offerings_by_model", "offerings_by_author", "offerings_by_provider", "families", "able"):
        made_so, wanted_so = getattr(made.world.catalog, name), getattr(wanted.world.catalog, name)
        assert list(made_so.items()) == list(wanted_so.items()), name


@pytest.mark.parametrize("warm", [True, False])
@pytest.mark.parametrize(("file", "old", "new", "kept"), EDITS)
def test_what_is_taken_over_is_as_if_all_were_made_anew(
    file: str, old: str, new: str, kept: bool | None, warm: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.sources.memory._FRESH_NS", 0)
    root, memory = Path(shutil.copytree(CONTENT, tmp_path / "c")), Memory() if warm else None
    before = overlaid(root, read := layouts.read(root, memory))
    site = whole(before)
    if warm:
        same(site, whole(before))  # so that all there is to take over has been made
    text = (root / file).read_text()
    assert old in text
    sleep(TICK)
    (root / file).write_text(text.replace(old, new, 1))
    content = layouts.again(root, read, [(root / file).resolve()], memory) or layouts.read(root, memory)
    content = overlaid(root, content)
    made = renewed(site, before, content)
    assert (made is not None) == (kept is not None)
    if made:
        assert (made.pages is site.pages) == kept
        same(made, whole(content))


CHECKOUT = [
    ("providers/acme/provider.toml", "Acme Cloud", "Zenith"),
    ("providers/acme/provider.toml", "https://acme.example/docs", "https://acme.example/manual"),
    ("providers/acme/provider.toml", "@ai-sdk/openai-compatible", "@ai-sdk/anthropic"),
    ("providers/acme/models/rocket.toml", "output = 1.5", "output = 9.5"),
    ("providers/acme/models/rocket.toml", "output = 1.5", "output = 1.50"),
    ("providers/acme/models/rocket.toml", 'status = "beta"', 'status = "deprecated"'),
    ("models/acme/rocket.toml", 'name = "Rocket"', 'name = "Sled"'),
    ("models/acme/rocket.toml", "2025-06-17", "2025-07-18"),
    ("labs/acme/logo.svg", "/>", "><title>A</title></svg>"),
]


@pytest.mark.parametrize(("file", "old", "new"), CHECKOUT)
def test_a_checkout_is_shown_as_if_all_were_made_anew(
    file: str, old: str, new: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the edit, a file beside it that comes and goes, a fault, and all as it was."""
    monkeypatch.setattr("generator.sources.memory._FRESH_NS", 0)
    checkout(tmp_path)
    live, text = Live(tmp_path), (tmp_path / file).read_text()
    live.load()
    made = (tmp_path / file).with_name(f"made{Path(file).suffix}")
    assert old in text
    for path, now in ((file, text.replace(old, new)), (made, text), (made, None), (file, "\0"), (file, text)):
        sleep(TICK)
        if now is None:
            made.unlink()
        else:
            (tmp_path / path).write_text(now)
        live.changed({(tmp_path / path).resolve()})
        wanted = Live(tmp_path)
        wanted.load()
        assert bool(live.state.problems) == bool(wanted.state.problems)
        if wanted.state.site:
            assert live.state.site
            same(live.state.site, wanted.state.site)


def test_a_catalog_without_definitions_is_taken_over_as_well(tmp_path: Path) -> None:
    for name, text in {"provider.yaml": "name: P", "models/x.yaml": "name: X", "models/y.yaml": "name: Y"}.items():
        (tmp_path / "providers/p" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "providers/p" / name).write_text(f"{text}\n")
    before = layouts.read(tmp_path)
    site = whole(before)
    same(site, whole(before))
    (tmp_path / "providers/p/models/x.yaml").write_text("price: {input: 1, output: 2}\n")
    content = layouts.again(tmp_path, before, [(tmp_path / "providers/p/models/x.yaml").resolve()])
    assert content
    made = renewed(site, before, content)
    assert made
    same(made, whole(content))


def test_a_name_that_moves_a_model_in_its_family_changes_what_is_compared(tmp_path: Path) -> None:
    (tmp_path / "authors/a/models").mkdir(parents=True)
    (tmp_path / "authors/a/author.yaml").write_text("name: A\n")
    for name in ("x", "y", "z"):
        (tmp_path / f"authors/a/models/{name}.yaml").write_text(f"name: {name}\nfamily: f\n")
    before = layouts.read(tmp_path)
    site = whole(before)
    assert set(site.world.routes.comparisons) == {("a/x", "a/y"), ("a/y", "a/z")}
    (tmp_path / "authors/a/models/x.yaml").write_text("name: zz\nfamily: f\n")
    content = layouts.again(tmp_path, before, [(tmp_path / "authors/a/models/x.yaml").resolve()])
    assert content
    made = renewed(site, before, content)
    assert made
    assert made.pages is not site.pages
    same(made, whole(content))


def test_a_file_with_two_names_is_not_read_alone(tmp_path: Path) -> None:
    root = Path(shutil.copytree(CONTENT, tmp_path / "c"))
    (root / "providers/tiny/models/other.yaml").symlink_to("zero.yaml")
    before = layouts.read(root)
    assert layouts.again(root, before, [(root / ZERO).resolve()]) is None
    assert layouts.again(root, before, [(root / HOME).resolve()]) == before


def test_changes_follow_one_another(tmp_path: Path) -> None:
    """With findings in between, as the server has them, and a fault that was mended."""
    root = Path(shutil.copytree(CONTENT, tmp_path / "c"))
    live = Live(root)
    live.load()
    for file, old, new, _ in EDITS:
        text = (root / file).read_text()
        for now, is_broken in ((text.replace(old, new, 1), None), ("\0", True), (text, False)):
            (root / file).write_text(now)
            live.changed({(root / file).resolve()})
            assert is_broken in (None, bool(live.state.problems)), live.state.problems
    live.examine()
    wanted = Live(root)
    wanted.load()
    wanted.examine()
    assert live.state.site
    assert wanted.state.site
    same(live.state.site, wanted.state.site)
