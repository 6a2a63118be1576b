"""Whole catalogs as other projects publish them, where `ALMANAC_DATA` names the folder of their archives."""

import os
import re
from collections import Counter
from functools import cache
from pathlib import Path
from statistics import median

import pytest

from generator.build import Report, build, load
from generator.catalog import Catalog
from generator.errors import Severity
from generator.importer import run
from generator.output import MANIFEST
from generator.paths import file_of
from generator.site import Site

DATA = os.environ.get("ALMANAC_DATA", "")
MODELS_DEV = "modelsdev-2026-07.tar.gz"
STARMAP_OLD, STARMAP_NEW = "starmap-2025-09-catalog.tar.gz", "starmap-2026-08-catalog.tar.gz"
OPENROUTER, LITELLM = "openrouter-models-2026.json.gz", "litellm-model-prices-1.109.1.json.gz"
ALL = (MODELS_DEV, STARMAP_OLD, STARMAP_NEW, OPENROUTER, LITELLM)

pytestmark = pytest.mark.skipif(not DATA, reason="ALMANAC_DATA does not name the folder of the catalogs' archives")


@cache
def site(archive: str) -> Site:
    return load(Path(DATA) / archive)[0]


def files(folder: Path) -> dict[str, bytes]:
    """Return the files of a site but the list of them, which says what they were made of too."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if name != MANIFEST}


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.authors, report.models, report.providers, report.offerings


@pytest.mark.parametrize(
    ("archive", "least", "providers", "offerings", "dropped"),
    [
        (MODELS_DEV, (20, 231), 147, 5276, {"offering": 31}),
        (STARMAP_OLD, (80, 298), 7, 449, {}),
        (STARMAP_NEW, (104, 591), 15, 613, {}),
        (OPENROUTER, (50, 300), 1, 364, {}),
        (LITELLM, (0, 0), 100, 4551, {"offering": 1}),  # rules for ids without an entry, of no provider
    ],
)
def test_it_builds_without_a_broken_link_and_so_does_what_is_imported_from_it(
    archive: str, least: tuple[int, int], providers: int, offerings: int, dropped: dict[str, int], tmp_path: Path
) -> None:
    source = Path(DATA) / archive
    direct = build(source, tmp_path / "direct")  # raises at the first broken link of either edition
    assert (direct.offerings, direct.dropped) == (offerings, dropped)
    assert direct.authors >= least[0]
    assert direct.models >= least[1]
    assert direct.providers >= providers
    sizes = [path.stat().st_size for path in (tmp_path / "direct").rglob("*.html")]
    assert median(sizes) < 40_000
    report = run(source, tmp_path / "content")
    assert report.kept == dict(zip(("author", "model", "provider", "offering"), counts(direct), strict=True))
    assert report.dropped == dropped
    assert counts(build(tmp_path / "content", tmp_path / "imported")) == counts(direct)
    assert files(tmp_path / "imported") == files(tmp_path / "direct")
    again = run(source, tmp_path / "content")
    assert (again.written, again.removed, again.by_hand) == (0, 0, 0)


@pytest.mark.parametrize("archive", ALL)
def test_every_offering_has_its_own_page_in_both_editions_on_any_file_system(archive: str) -> None:
    made = site(archive)
    stems = made.world.routes.offerings
    assert set(stems) == set(made.world.catalog.offerings)
    pages = [file_of(stem, edition) for stem in stems.values() for edition in ("html", "md")]
    assert set(pages) <= set(made.files)
    assert len({page.casefold() for page in pages}) == 2 * len(stems)
    folders = {parent.as_posix().casefold() for file in made.files for parent in Path(file).parents}
    assert folders.isdisjoint(file.casefold() for file in made.files)
    assert not [file for file in made.files if re.search(r'[\x00-\x1f<>:"\\|?*]|[. ](/|\Z)', file)]


def test_the_ids_are_as_odd_as_they_come() -> None:
    """The paths above would prove little about a catalog of plain ids."""
    names = [name for _, name in site(MODELS_DEV).world.catalog.offerings]
    marks = Counter(mark for name in names for mark in "/:@.~ " if mark in name)
    assert {mark for mark, count in marks.items() if count > 1} >= set("/:@.")
    keys = site(LITELLM).world.catalog.offerings
    assert any((provider, name.rpartition("/")[0]) in keys for provider, name in keys)


def test_the_path_of_an_id_does_not_depend_on_the_others() -> None:
    """A provider's catalog alone gives each of its ids the path that it has among all the others."""
    routes = site(MODELS_DEV).world.routes.offerings
    catalog = site(MODELS_DEV).world.catalog
    for provider in ("openrouter", "huggingface", "cloudflare-workers-ai"):
        own = {key: value for key, value in catalog.offerings.items() if key[0] == provider}
        alone = Catalog(authors=catalog.authors, models=catalog.models, providers=catalog.providers, offerings=own)
        found = Site.of(alone, site(MODELS_DEV).settings).world.routes.offerings
        assert found == {key: stem for key, stem in routes.items() if key[0] == provider}


def test_the_faults_of_real_data_are_warnings() -> None:
    problems = load(Path(DATA) / MODELS_DEV)[1]
    assert {problem.severity for problem in problems} == {Severity.WARNING}
    assert sum("link" in problem.message for problem in problems) >= 31
