"""How soon a browser shows what was saved, among all offerings of a whole checkout.

Part of `make qa`, where `ALMANAC_DATA` names the folder of the archives. It measures time, from the writing of the file
until the page in the browser says what stands there. `LIMIT` is what the project holds on a quiet machine; here it may
take `PATIENCE` times as long, for machines with other work.
"""

from __future__ import annotations

import os
import statistics
import tarfile
from pathlib import Path
from time import perf_counter, sleep
from typing import TYPE_CHECKING

import pytest

from tests.test_server import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DATA = os.environ.get("ALMANAC_DATA", "")
ARCHIVE = "modelsdev-2026-07.tar.gz"
TIMES = 5
LIMIT = 0.3
"""Seconds."""
PATIENCE = 4

OFFERING, MODEL = "providers/openai/models/gpt-5", "authors/openai/models/gpt-5"
EDITS = [
    (OFFERING, f"{OFFERING}.toml", "input = 1.25", "input = {}.17", "{}.17"),
    (MODEL, f"{OFFERING}.toml", "input = 1.25", "input = {}.27", "{}.27"),
    (MODEL, "models/openai/gpt-5.toml", 'name = "GPT-5"', 'name = "Renamed {}"', "Renamed {}"),
    (OFFERING, "providers/openai/provider.toml", 'name = "OpenAI"', 'name = "Renamed {}"', "Renamed {}"),
]


@pytest.mark.skipif(not DATA or not (Path(DATA) / ARCHIVE).is_file(), reason="ALMANAC_DATA names no folder with it")
def test_what_is_saved_is_shown_at_once(tmp_path: Path, browser: Browser) -> None:
    with tarfile.open(Path(DATA) / ARCHIVE) as archive:
        archive.extractall(tmp_path, filter="data")
    with serving(tmp_path) as running, browser.new_context() as context:
        assert running.stdout
        running.stdout.readline()
        url = running.stdout.readline().split(" at ")[1].split(" ")[0]
        page = context.new_page()
        for address, file, old, new, seen in EDITS:
            page.goto(f"{url}{address}.html")
            sleep(2)  # until the facts were looked at, as they are whenever nothing has changed for a moment
            text, times = (tmp_path / file).read_text(), []
            assert old in text
            for number in range(2, 2 + TIMES):
                began = perf_counter()
                (tmp_path / file).write_text(text.replace(old, new.format(number), 1))
                shown = "text => document.body && document.body.innerText.includes(text)"
                page.wait_for_function(shown, arg=seen.format(number), polling=5)
                times.append(perf_counter() - began)
                sleep(2)
            (tmp_path / file).write_text(text)
            sleep(1)
            median = statistics.median(times)
            print(f"{file} -> {address}: {median:.2f} s, median of {TIMES}; {LIMIT} on a quiet machine")  # noqa: T201
            assert median < LIMIT * PATIENCE
        page.close()
