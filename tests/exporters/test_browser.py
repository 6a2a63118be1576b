"""What the pages' scripts read: the script that decodes it makes the catalog of it again, fact by fact."""

from __future__ import annotations

import json
import subprocess
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from generator.config import Edition
from generator.exporters import browser
from generator.exporters.encode import json_text
from generator.paths import file_of
from generator.schema import Author, Capabilities, Limits, Modalities, Modality, Model, Offering, Price, Provider
from generator.theme import packaged
from tests.conftest import find_tool
from tests.exporters.sites import files, golden, offering, site

if TYPE_CHECKING:
    from pathlib import Path

    from generator.catalog import Catalog
    from generator.schema import Facts, Record
    from generator.site import Site

DECODE = """
const [decoder, data] = process.argv.slice(1);
const almanac = require(decoder);
require(data);
const named = (value) => (value?.kind ? value.ref ?? value.id : value);
const flat = (row) => {
  const facts = {};
  for (const key in row) facts[key] = Array.isArray(row[key]) ? row[key].map(named) : named(row[key]);
  delete facts.place;
  return facts;
};
const tables = Object.entries(almanac.decode(globalThis.almanacCatalog)).filter(([key]) => key !== "get");
const told = tables.map(([key, value]) => [key, Array.isArray(value) ? value.map(flat) : value]);
console.log(JSON.stringify(Object.fromEntries(told)));
"""


def decoded(made: Site, folder: Path) -> dict[str, Any]:
    data = folder / "catalog-data.js"
    data.write_bytes(files(browser.outputs(made))[browser.PATH])
    command = [find_tool("node"), "-e", DECODE, str(packaged() / "static" / "catalog.js"), str(data)]
    found: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return found


def plain(value: dict[str, Any]) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(json_text(value))
    return written


def facts(of: Facts) -> dict[str, Any]:
    names = (
        "family",
        "status",
        "released",
        "updated",
        "knowledge",
        "deprecated",
        "retires",
        "open_weights",
        "successor",
    )
    able = {name: getattr(of.capabilities, name) for name in Capabilities.model_fields}
    internal = {name: getattr(of.internal, name) for name in ("approval", "data_class", "owner")}
    return {
        **{name: getattr(of, name) for name in names},
        "input": list(of.modalities.input),
        "output": list(of.modalities.output),
        "context": of.limits.context,
        "max_input": of.limits.input,
        "max_output": of.limits.output,
        "images_per_request": of.limits.images_per_request,
        "dimensions": of.limits.embedding_dimensions,
        "can": {name: value for name, value in able.items() if value is not None},
        "internal": {name: value for name, value in internal.items() if value is not None},
    }


def price(of: Price | None) -> object:
    if of is None:
        return None
    always = {"currency": of.currency, "billing": of.billing, "operations": {}, "units": [], "tiers": []}
    return plain({**always, **of.model_dump(exclude_unset=True, exclude_none=True)})


def model_row(made: Site, name: str) -> dict[str, Any]:
    world, about = made.world, made.world.catalog.models[name]
    shown = world.models[name].shown
    return plain({
        "kind": "model",
        "id": name,
        "ref": name,
        "name": about.title,
        "aliases": list(about.aliases),
        "path": file_of(world.routes.models[name], Edition.HTML),
        "authors": list(dict.fromkeys((about.author, *about.authors))),
        "offerings": [f"{row.offering.id}@{row.offering.provider}" for row in world.cheapest_first[name]],
        "shown": f"{shown.id}@{shown.provider}" if shown else None,
        "license": about.license,
        "parameters": about.architecture.parameters,
        "active_parameters": about.architecture.active_parameters,
        "overlays": [layer.overlay for layer in world.catalog.overlaid.get(f"model/{name}", ())],
        **facts(about),
    })  # fmt: skip


def offering_row(made: Site, key: tuple[str, str]) -> dict[str, Any]:
    world, of = made.world, made.world.catalog.facts[key]
    about = world.catalog.models[of.model] if of.model else None
    return plain({
        "kind": "offering",
        "id": of.id,
        "ref": f"{of.id}@{of.provider}",
        "name": of.title,
        "provider": of.provider,
        "model": of.model,
        "path": file_of(world.routes.offerings[key], Edition.HTML),
        "authors": list(world.catalog.authors_of(of)),
        "price": price(of.price),
        "modes": {name: price(mode.price) for name, mode in of.modes.items()},
        "regions": list(of.regions or world.catalog.providers[of.provider].regions),
        "checked": of.checked,
        "license": about.license if about else None,
        "overlays": [layer.overlay for layer in world.catalog.overlaid.get(f"offering/{of.provider}/{of.id}", ())],
        **facts(of),
    })  # fmt: skip


def holds(found: dict[str, Any], made: Site) -> None:
    catalog: Catalog = made.world.catalog
    assert {row["ref"]: row for row in found["models"]} == {name: model_row(made, name) for name in catalog.models}
    assert {row["ref"]: row for row in found["offerings"]} == {
        f"{key[1]}@{key[0]}": offering_row(made, key) for key in catalog.offerings
    }
    for kind, things in (("authors", catalog.authors), ("providers", catalog.providers)):
        stems = getattr(made.world.routes, kind)
        assert [(row["id"], row["name"], row["aliases"], row["path"]) for row in found[kind]] == [
            (name, thing.name, list(thing.aliases), file_of(stems[name], Edition.HTML))
            for name, thing in things.items()
        ]
    assert [(row["id"], row["path"]) for row in found["families"]] == [
        (name, file_of(stem, Edition.HTML)) for name, stem in made.world.routes.families.items()
    ]
    assert [found["date"], found["currency"]] == [made.world.data_date, made.settings.currency]


def test_the_golden_catalog_comes_back_whole(tmp_path: Path) -> None:
    made = golden()
    found = decoded(made, tmp_path)
    holds(found, made)
    assert [row["path"] for row in found["pages"]] == [
        file_of(page.stem, Edition.HTML)
        for page in made.pages
        if page.kind not in ("author", "provider", "model", "offering", "family", "comparison", "gone", "list", "404")
    ]
    assert {"name": "structured_outputs", "label": "Structured outputs"} in found["capabilities"]


MANY = [Model(id=f"a/m-{number}", name=f"M {number}", released="2026") for number in range(12)]
ODD = "a'b\\c</script>\u2028\u2029"


@pytest.mark.parametrize(
    "values",
    [
        [Model(id="a/m")],
        [offering()],
        [offering(id="A:b c@2"), offering(id="a-b-c-at-2"), offering(id="Ünïcode/İx"), offering(id="index")],
        [Author(id="a", name=ODD), Provider(id="p", name=ODD), Model(id="a/m", name=ODD, license=ODD)],
        [Model(id="a/m", authors=("b",), successor="a/n"), Model(id="a/n"), Author(id="b", name="B")],
        [Author(id="b", name="B"), offering(authors=("b",))],
        [*MANY, *(Offering(id=f"o{i}", provider="p", model=m.id) for i, m in enumerate(MANY))],
        [Model(id="a/m", modalities=Modalities(input=(Modality.TEXT,)), limits=Limits(context=1, output=2)),
         Offering(id="o", provider="p", model="a/m", limits=Limits(context=0)),
         Offering(id="q", provider="p", model="a/m", capabilities=Capabilities(seed=False, n=True), name="a/m")],
        [Provider(id="p", name="P", regions=("eu",)), offering(), offering(id="r", regions=("us", "eu"))],
        [offering(price={"input": Decimal("0.000000075"), "billing": "plan", "currency": "EUR",
                         "operations": {"request": 1}, "tiers": [{"above": 5, "output": 3}]},
                  modes={"fast": {"price": {"input": 2}}, "slow": {}})],
    ],
)  # fmt: skip
def test_odd_catalogs_come_back_whole(values: list[Record], tmp_path: Path) -> None:
    made = site(*values)
    holds(decoded(made, tmp_path), made)


def test_only_the_html_edition_has_it() -> None:
    assert files(browser.outputs(site(offering(), editions=["md"]))) == {}


JOIN = """
for (const file of process.argv.slice(1)) require(file);
console.log(globalThis.almanacCatalog.parts.join(""));
"""


def test_what_is_too_long_for_one_file_goes_on_in_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = golden()
    whole = json_text(browser._tables(made))
    monkeypatch.setattr(browser, "LONGEST", 700)
    cut = files(browser.outputs(made))
    number = -(-len(whole) // 700)
    assert list(cut) == ["assets/catalog-data.js", *(f"assets/catalog-data-{n}.js" for n in range(2, number + 1))]
    assert b"{of: %d, parts: [" % number in cut["assets/catalog-data.js"]
    for path, data in cut.items():
        place = tmp_path / path
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(data)
    command = [find_tool("node"), "-e", JOIN, *(str(tmp_path / path) for path in cut)]
    assert subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip() == whole
