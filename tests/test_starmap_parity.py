"""Our pages against the reference's, fact by fact, with a list of every difference that is meant.

A small catalog stands here with the facts that the reference shows of it. With `ALMANAC_DATA=<folder>` the catalog of
2025 and pages that Starmap made from it are read from that folder's archives and compared as a whole.
"""

from __future__ import annotations

import os
import re
import tarfile
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from generator.config import Edition, Settings
from generator.linking import link
from generator.render import Renderer
from generator.site import Site
from generator.sources import starmap2025
from generator.sources.tree import Tree
from generator.theme import Theme
from tests.reference_pages import Badge, Facts, Section, read

CATALOG = "starmap-2025-09-catalog.tar.gz"
SAMPLE = "starmap-2025-09-pages-sample.tar.gz"
Difference = tuple[str, str, str, str]
"""File, place in it, what the reference says there, what we say."""

# Place, what the reference says, what we say, and why. Each is a whole expression.
MEANT: tuple[tuple[str, str, str, str], ...] = (
    (
        "cell ## Catalog Statistics .*|row ## Catalog Statistics .*",
        ".*",
        ".*",
        "counts count what their label says; an average leaves out what is not known",
    ),
    ("page .*", ".*_index.md", "", "one folder page serves all hosts"),
    ("heading # .*Catalog", "absent", "", "the name of the site is its owner's"),
    ("heading ### Using with Starmap", "absent", "", "commands of another program"),
    ("heading ## Research & Development", "absent", "", "sentences about four authors, not facts of the catalog"),
    ("heading ### Feature Comparison", "absent", "", "the heading was doubled"),
    (
        "heading (## Capabilities|## Generation Controls|### .*)",
        "absent",
        "",
        "a section without facts goes with its heading",
    ),
    ("order of headings", ".*", ".*", "families stood in random order, the rest among them; tables before headings"),
    ("crumbs", "", "Catalog / .*", "pages of lists had none"),
    ("label ## Overview Authors", "", "None", "an empty line"),
    (
        ".* Provider(s)?|## Provider Availability .*",
        "[a-z0-9-]+|Multiple",
        ".*",
        "the name of the provider, linked; never a constant",
    ),
    (
        "row ### (Sampling & Decoding|Length & Termination|Repetition Control).*",
        ".*",
        ".*✅.*|.*up to.*| .*",
        "ranges were invented where the source states none",
    ),
    ("cell ## Provider Comparison Free Tier", "❌", "—", "that a price is not known does not make use paid"),
    (
        "cell ## Provider Comparison API Key Required",
        "✅",
        "❌",
        "the source says that none is required, and names variables",
    ),
    ("cell ## Provider (Comparison|Information) .*Models", r"\d+", ".*", "offerings and models are two numbers"),
    (
        "cell ## Quick Stats .*",
        ".*",
        ".*",
        "counts models, not offerings; reading images is vision, making them is not",
    ),
    (
        "cell ## Provider Comparison .*|row ## Author Overview.*|row ### Browse by .*",
        ".*",
        ".*",
        "signs of brands, titles cut at a byte, a latest by alphabet",
    ),
    (
        "columns (## Top Models Across Providers|### Latest & Greatest|## .*Comparison)",
        ".*",
        ".*",
        "several providers instead of the last by alphabet",
    ),
    (
        "row ### (Embeddings|Latest & Greatest).*|row .* _...and .*",
        ".*",
        ".*",
        "lists are complete; models are listed by definition",
    ),
    ("cell ### .* models\\) .*", ".*", ".*", "the same name stands for several models"),
    (
        "label ### .* (API Key|Status|Models|Featured Models)",
        ".*",
        ".*",
        "said in other words; the newest instead of the first by id",
    ),
    ("label ## Data Retention Policy Retention Duration", "Immediate deletion", "Deleted at once", "our words"),
    ("label ## API Endpoints .*", "https://.*", r"https://.* \((GET|POST), .*\)", "with method and protocol"),
)


def pages(tree: Tree) -> dict[str, str]:
    """Return the Markdown pages of a Starmap catalog by path."""
    catalog, faults = link(starmap2025.load(tree).records)
    assert faults == []
    site = Site.of(catalog, Settings(editions=(Edition.MD,)))
    renderer = Renderer(site, Theme())
    return {output.path: output.data.decode() for page in site.pages for output in renderer.outputs(page)}


def shown(number: int) -> set[str]:
    """Return the two ways in which the reference shortens a number of tokens."""
    if number < 1000:
        return {str(number)}
    if number < 10**6:
        return {f"{number // 1000}k", f"{number / 1000:.1f}k".replace(".0k", "k")}
    return {f"{number / 1e6:.1f}M", f"{number / 1e6:.1f}M".replace(".0M", "M")}


def is_rounded(theirs: str, ours: str) -> bool:
    """Tell whether an amount is the exact one, rounded to its digits; halves went either way, by their binary value."""
    unit = Decimal(1).scaleb(-len(theirs.partition(".")[2]))
    return abs(Decimal(theirs) - Decimal(ours.replace(",", ""))) * 2 <= unit


def agree(theirs: str, ours: str) -> bool:
    """Tell whether two texts state the same facts: a short number the exact one, a rounded price the whole one."""
    if theirs == ours or (theirs in {"N/A", "-", "—"} and ours == "—"):
        return True
    if number := re.fullmatch(r"([0-9.]+[kM]?)( tokens)?", theirs):
        mine = ours.removesuffix(" tokens").replace(",", "")
        return mine.isdigit() and number[1] in shown(int(mine))
    amounts = re.findall(r"\$([0-9.,]+)", ours)
    wanted = re.findall(r"\$([0-9.]+)", theirs)
    same = [is_rounded(want, mine) for mine, want in zip(amounts, wanted, strict=False)]
    return bool(wanted) and len(amounts) == len(wanted) and all(same)


def compare(file: str, theirs: Facts, ours: Facts) -> Iterator[Difference]:
    """Yield every fact of a reference page that ours does not have, or has otherwise."""
    for heading in theirs.headings:
        if heading not in ours.headings:
            yield file, f"heading {heading}", "absent", ""
    common = [heading for heading in dict.fromkeys(theirs.headings) if heading in ours.headings]
    kept = [heading for heading in dict.fromkeys(ours.headings) if heading in common]
    if common != kept:
        yield file, "order of headings", " ".join(common), " ".join(kept)
    if theirs.crumbs != ours.crumbs:
        yield file, "crumbs", " / ".join(theirs.crumbs), " / ".join(ours.crumbs)
    for heading in common:
        there, here = theirs.sections[heading], ours.sections[heading]
        yield from ((file, *found) for found in badges(there.badges, here.badges))
        for label in there.groups | here.groups:
            yield from ((file, *found) for found in badges(there.groups.get(label, []), here.groups.get(label, [])))
        for label, value in there.labelled.items():
            if not agree(value, here.labelled.get(label, "None")):
                yield file, f"label {heading} {label}", value, here.labelled.get(label, "None")
        yield from ((file, *found) for found in tables(heading, there, here))


def badges(theirs: list[Badge], ours: list[Badge]) -> Iterator[tuple[str, str, str]]:
    if len(theirs) != len(ours):
        yield "badges", str(theirs), str(ours)
        return
    for there, here in zip(theirs, ours, strict=True):
        if there != here:
            yield f"badge {there[0]}", " ".join(there), " ".join(here)


def tables(heading: str, theirs: Section, ours: Section) -> Iterator[tuple[str, str, str]]:
    if len(ours.tables) < len(theirs.tables):
        yield f"table {heading}", str(theirs.tables), "absent"
    for there, here in zip(theirs.tables, ours.tables, strict=False):
        if not set(there[0]) <= set(here[0]):
            yield f"columns {heading}", str(there[0]), str(here[0])
            continue
        places = [here[0].index(column) for column in there[0]]
        yield from rows(heading, there, [[row[place] for place in places] for row in here])


def rows(heading: str, there: list[list[str]], here: list[list[str]]) -> Iterator[tuple[str, str, str]]:
    """Compare rows by their first cell, the n-th of a name with the n-th; where it is a value, by their place."""
    by_place = (
        heading in {"### Cost Calculator", "### Example Costs", "### Token Pricing"} or len(there) == len(here) == 2
    )
    mine = dict(zip(keys(there) if by_place else keys(here), here[1:], strict=False))
    for key, row in zip(keys(there), there[1:], strict=True):
        if key not in mine:
            yield f"row {heading} {key[0]}", " ".join(row), ""
            continue
        for column, theirs, ours in list(zip(there[0], row, mine[key], strict=True))[
            by_place and heading != "### Token Pricing" :
        ]:
            if not agree(theirs, ours) and not (heading == "### Example Costs" and column == "Daily Volume"):
                what = column if len(there[0]) > 2 else row[0]
                place = "row" if by_place and heading != "### Token Pricing" else "cell"
                yield f"{place} {heading} {what}", theirs, ours


def keys(table: list[list[str]]) -> list[tuple[str, int]]:
    seen: Counter[str] = Counter()
    found = []
    for row in table[1:]:
        found.append((row[0], seen[row[0]]))
        seen[row[0]] += 1
    return found


def reason(difference: Difference) -> str:
    """Return why a difference is meant, or nothing."""
    _, place, theirs, ours = difference
    for where, there, here, why in MEANT:
        if re.fullmatch(where, place) and re.fullmatch(there, theirs) and re.fullmatch(here, ours):
            return why
    return ""


MODEL = """\
id: acme/bolt@001
name: Bolt | One
authors: [{id: acme, name: Acme}]
metadata: {release_date: 2024-12-06, open_weights: true, knowledge_cutoff: 2023-12-01}
features:
  modalities: {input: [text, image], output: [text]}
  tools: true
  tool_calls: false
  tool_choice: true
  temperature: true
  top_p: true
  max_tokens: true
  seed: true
  structured_outputs: true
  streaming: true
generation: {temperature: {min: 0.0, max: 1.5, default: 0.7}}
pricing: {currency: USD, tokens: {input: {per_1m: 0.075}, output: {per_1m: 0.30}}}
limits: {context_window: 131072, output_tokens: 8192}
created_at: 2025-09-04T14:31:06Z
"""
FILES: Mapping[str, str] = {
    "authors.yaml": "- {id: acme, name: Acme, website: 'https://acme.example'}\n",
    "providers.yaml": "- id: forge\n  name: Forge\n  api_key: {name: FORGE_KEY}\n  catalog: {api_key_required: true}\n",
    "providers/forge/models/acme/bolt@001.yaml": MODEL,
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Facts]:
    folder = tmp_path_factory.mktemp("starmap")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return {name: read(text) for name, text in pages(Tree.open(folder)).items()}


BADGES = [
    ("text", "✓", "blue"),
    ("vision", "✓", "purple"),
    ("input", "text,image", "teal"),
    ("output", "text", "cyan"),
    ("tools", "✓", "yellow"),
    ("tool_choice", "✓", "yellow"),
    ("temperature", "core", "red"),
    ("top_p", "core", "red"),
    ("max_tokens", "core", "blue"),
    ("seed", "advanced", "green"),
    ("structured_outputs", "✓", "cyan"),
    ("streaming", "✓", "cyan"),
]


def test_a_model_has_the_facts_of_its_reference(small: dict[str, Facts]) -> None:
    page = small["authors/acme/models/acme/bolt-at-001.md"]
    assert page.headings == [
        "# Bolt | One",
        "## Technical Specifications",
        "## Capabilities",
        "## Provider Availability",
        "## Questions",
        "### Related Resources",
    ]
    assert page.sections["## Technical Specifications"].tables == [
        [
            ["Specification", "Value"],
            ["Model ID", "acme/bolt@001"],
            ["Context Window", "131,072 tokens"],
            ["Max Output", "8,192 tokens"],
            ["Release Date", "2024-12-06"],
            ["Open Weights", "true"],
            ["Knowledge Cutoff", "2023-12-01"],
        ]
    ]
    assert page.sections["## Capabilities"].badges == BADGES
    assert page.sections["## Provider Availability"].tables == [
        [
            ["Provider", "Context", "Pricing (Input/Output)", "Notes"],
            ["Forge", "131,072", "$0.075 / $0.30", ""],
        ]
    ]
    assert page.crumbs == ["Catalog", "Authors", "Acme", "Bolt | One"]


@pytest.mark.parametrize(
    ("section", "table"),
    [
        (
            "### Input/Output Modalities",
            [
                ["Direction", "Text", "Image", "Audio", "Video", "PDF"],
                ["Input", "✅", "✅", "❌", "❌", "❌"],
                ["Output", "✅", "❌", "❌", "❌", "❌"],
            ],
        ),
        (
            "### Core Features",
            [
                ["Tool Calling", "Tool Definitions", "Tool Choice", "Web Search", "File Attachments"],
                ["❌", "✅", "✅", "—", "—"],
            ],
        ),
        (
            "### Response Delivery",
            [
                ["Streaming", "Structured Output", "JSON Mode", "Function Call", "Text Format"],
                ["✅", "✅", "—", "❌", "✅"],
            ],
        ),
        ("### Sampling & Decoding", [["Temperature", "Top-P"], ["0 to 1.5, default 0.7", "✅"]]),
        ("### Length & Termination", [["Max Tokens"], ["up to 8,192"]]),
        ("### Advanced Controls", [["Deterministic Seed"], ["✅"]]),
        (
            "### Token Pricing",
            [["Input", "Output", "Reasoning", "Cache Read", "Cache Write"], ["$0.075/1M", "$0.30/1M", "—", "—", "—"]],
        ),
    ],
)
def test_an_offering_has_the_tables_of_its_reference(
    small: dict[str, Facts], section: str, table: list[list[str]]
) -> None:
    assert small["providers/forge/models/acme/bolt-at-001.md"].sections[section].tables == [table]


def test_an_offering_has_the_lines_and_badges_of_its_reference(small: dict[str, Facts]) -> None:
    page = small["providers/forge/models/acme/bolt-at-001.md"]
    assert page.sections["## Overview"].labelled == {
        "ID": "acme/bolt@001",
        "Provider": "Forge",
        "Model": "Bolt | One",
        "Authors": "Acme",
        "Release Date": "2024-12-06",
        "Knowledge Cutoff": "2023-12-01",
        "Open Weights": "true",
        "Context Window": "131,072 tokens",
        "Max Output": "8,192 tokens",
    }
    assert page.sections["### Feature Overview"].badges == BADGES
    assert page.sections["## Technical Specifications"].groups == {
        "Sampling Controls": [("temperature", "supported", "red"), ("top_p", "supported", "red")],
        "Advanced Features": [("seed", "deterministic", "green")],
    }
    assert page.sections["## Metadata"].labelled == {"Created": "2025-09-04 14:31:06 UTC"}


@pytest.mark.parametrize(
    ("theirs", "ours", "same"),
    [
        ("131k tokens", "131,072 tokens", True),
        ("131.1k", "131,072", True),
        ("1.0M", "1,048,576", True),
        ("448", "448", True),
        ("131k", "132,072", False),
        ("$0.07 / $0.30", "$0.075 / $0.30", True),
        ("$0.07 / $0.30", "$0.085 / $0.30", False),
        ("$0.00/1M", "$0.00051/1M", True),
        ("N/A", "—", True),
        ("N/A", "$0.00", False),
        ("✅", "❌", False),
    ],
)
def test_a_short_number_agrees_with_the_exact_one_only(theirs: str, ours: str, same: bool) -> None:
    assert agree(theirs, ours) is same


@pytest.fixture(scope="module")
def differences() -> list[Difference]:
    folder = os.environ.get("ALMANAC_DATA")
    if not folder or not (Path(folder) / SAMPLE).exists():
        pytest.skip(f"ALMANAC_DATA names no folder with {SAMPLE}")
    ours = pages(Tree.open(Path(folder) / CATALOG))
    found: list[Difference] = []
    with tarfile.open(Path(folder) / SAMPLE) as archive:
        for member in archive.getmembers():
            name = member.name.partition("/")[2]
            data = archive.extractfile(member)
            if data is None or not name.endswith(".md"):
                continue
            if name not in ours:
                found.append((name, f"page {name}", name, ""))
                continue
            found += compare(name, read(data.read().decode()), read(ours[name]))
    return found


def test_every_difference_to_the_reference_is_meant(differences: list[Difference]) -> None:
    assert [difference for difference in differences if not reason(difference)] == []


def test_every_meant_difference_is_met(differences: list[Difference]) -> None:
    met = {reason(difference) for difference in differences}
    assert [row for row in MEANT if row[3] not in met] == []
