"""What the settings switch on and off, the paths that are promised, and that the same site gives the same files."""

import json
from dataclasses import replace

import pytest

from generator.config import Export, Settings
from generator.exporters import EXPORTERS, browser, outputs
from generator.site import Site
from tests.exporters.sites import files, golden, offering, site

PATHS = {
    Export.MODELSDEV: [
        "api.json", "api/v1/catalog.schema.json",
        "catalog.json", "logos/default.svg", "logos/p.svg", "model-schema.json", "models.json",
    ],
    Export.RECORDS: [
        "api/v1/author.schema.json", "api/v1/model.schema.json", "api/v1/offering.schema.json",
        "api/v1/provider.schema.json", "api/v1/site.json", "api/v1/site.schema.json",
        "providers/p/index.json", "providers/p/models/x.json",
    ],
    Export.TABLES: [
        "api/v1/index.ndjson", "api/v1/index.schema.json", "api/v1/offerings.csv", "api/v1/offerings.schema.json",
        "providers/p/index.ndjson",
    ],
    Export.LITELLM: ["api/v1/litellm.json", "api/v1/litellm.schema.json"],
    Export.OPENAI: ["api/v1/openai.schema.json", "v1/models", "v1/models.json"],
    Export.OPENROUTER: ["api/v1/models", "api/v1/models.json", "api/v1/openrouter.schema.json"],
    Export.LLMS: [
        "authors/llms.txt", "llms-full.txt", "llms.txt", "models/llms.txt", "providers/llms.txt",
        "providers/p/llms.txt",
    ],
    Export.ALIASES: ["api/v1/aliases.json", "api/v1/aliases.schema.json"],
    Export.FEEDS: ["feed.xml", "feeds/lifecycle.xml", "feeds/prices.xml"],
    Export.CALENDAR: ["retirements.ics"],
    Export.SITEMAP: ["robots.txt"],
    Export.HEADERS: ["_headers"],
}  # fmt: skip


@pytest.mark.parametrize("export", list(Export))
def test_the_paths_are_what_was_promised(export: Export) -> None:
    found = files(outputs(site(offering(), exports=[export])))
    assert sorted(found) == sorted([*PATHS[export], browser.PATH])


def test_everything_is_on_unless_the_settings_say_otherwise() -> None:
    every = [path for paths in PATHS.values() for path in paths]
    assert sorted(files(outputs(site(offering())))) == sorted([*every, browser.PATH])
    assert files(outputs(site(offering(), exports=[], editions=["md"]))) == {}
    assert list(EXPORTERS) == list(Export) == list(Settings().exports)


def test_the_order_of_the_setting_means_nothing() -> None:
    settings = Settings.model_validate({"exports": ["openai", "modelsdev", "openai"]})
    assert settings.exports == (Export.MODELSDEV, Export.OPENAI)


def test_no_file_is_a_page_or_another_file() -> None:
    made = golden()
    found = files(outputs(made))
    assert not found.keys() & {*made.files, *made.logos}
    everything = [*found, *made.files, *made.logos]
    assert len({path.casefold() for path in everything}) == len(everything)
    folders = {path.rpartition("/")[0] for path in everything}
    assert not {path for path in everything if any(folder == path for folder in folders)}


def test_the_same_catalog_in_another_order_gives_the_same_files() -> None:
    made = golden()
    catalog = made.world.catalog
    turned = replace(
        catalog,
        logos=dict(reversed(list(catalog.logos.items()))),
        sources=dict(reversed(list(catalog.sources.items()))),
    )
    again = Site.of(turned, made.settings, tuple(reversed(made.world.pages)))
    assert files(outputs(again)) == files(outputs(made))


def test_every_file_is_text_that_ends_a_line_and_json_is_json() -> None:
    for path, data in files(outputs(golden())).items():
        if path.endswith(".png"):
            assert data.startswith(b"\x89PNG")
            continue
        text = data.decode()
        assert text.endswith("\n")
        assert "\x00" not in text
        if path.endswith((".json", "v1/models")):
            json.loads(text)


def test_nothing_at_all_is_still_a_set_of_files() -> None:
    found = files(outputs(site()))
    assert found["api.json"] == found["models.json"] == b"{}\n"
    assert found["api/v1/index.ndjson"] == b""
