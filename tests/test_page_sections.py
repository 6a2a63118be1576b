"""What people know from the model pages of other catalogs stands on ours, with one value for each fact.

The rows are the sections of two such pages: a marketplace's of Gemini 1.5 Flash, and a seller's of Gemini 2.5 Flash.
What only a running service knows comes from files of metrics, and is left out without them.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.build import load
from generator.render import Renderer
from generator.theme import Theme
from tests.conftest import ROOT

METRICS = Path(__file__).parent / "metrics"
"""A sample of what a program writes that watches offerings: laid beside the shipped catalog."""

KEYS = {
    "model 1.5": ("model", ("google/gemini-1.5-flash",)),
    "model 2.5": ("model", ("google/gemini-2.5-flash",)),
    "offering 1.5": ("offering", ("google-ai-studio", "gemini-1.5-flash")),
    "offering 2.5": ("offering", ("google-ai-studio", "gemini-2.5-flash")),
}
Pages = dict[str, tuple[LexborHTMLParser, str]]
"""The HTML and the Markdown of each."""


_CELL_END = re.compile("</(?:dt|dd|th|td|h2|h3|caption|div|small)>")
"""Where a browser shows a gap and the text of a page has none."""


def made(content: Path) -> Pages:
    site, _ = load(content)
    renderer = Renderer(site, Theme())
    plan = {(page.kind, page.key): page for page in site.pages}
    found: Pages = {}
    for name, key in KEYS.items():
        html, markdown = (output.data.decode() for output in renderer.outputs(plan[key]))
        found[name] = (LexborHTMLParser(_CELL_END.sub(r" \g<0>", html)), markdown)
    return found


@pytest.fixture(scope="module")
def plain() -> Pages:
    return made(ROOT / "content")


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    content = Path(shutil.copytree(ROOT / "content", tmp_path_factory.mktemp("measured") / "content"))
    shutil.copytree(METRICS, content / "providers" / "google-ai-studio" / "metrics")
    offering = content / "providers" / "google-ai-studio" / "models" / "gemini-1.5-flash.yaml"
    facts = offering.read_text(encoding="utf-8")
    per_image = "  operations:\n    image_input: 0.00004\n"
    offering.write_text(facts.replace("price:\n", f"price:\n{per_image}", 1), encoding="utf-8")
    return made(content)


def text(pages: Pages, page: str, where: str) -> str:
    """Return the text of all elements that a selector finds, with single spaces."""
    found = " ".join(node.text() for node in pages[page][0].css(where))
    return " ".join(found.replace("\u2007", " ").split())


# Section, page, where it stands, what it says.
SECTIONS = [
    # The marketplace's page.
    ("title", "model 1.5", "h1", "Gemini 1.5 Flash"),
    ("author", "model 1.5", ".byline", "Google"),
    ("id", "model 1.5", ".byline code[data-copy]", "google/gemini-1.5-flash"),
    ("other ids", "model 1.5", ".body", "google/gemini-flash-1.5"),
    ("created", "model 1.5", ".body", "14 May 2024"),
    ("context", "offering 1.5", ".figures", "1,000,000"),
    ("prices", "offering 1.5", ".figures", "$0.075"),
    ("prices out", "offering 1.5", ".figures", "$0.30"),
    ("price of long requests", "offering 1.5", ".body", "Over 128,000"),
    ("price history", "offering 1.5", "svg.steps desc", "$0.35 from 14 May 2024, $0.075 from 12 August"),
    ("description", "model 1.5", ".lede", "Fast multimodal model"),
    ("paragraphs", "model 1.5", ".prose", "announced Gemini 1.5 Flash in May 2024"),
    ("terms", "model 1.5", ".body", "Gemini API terms"),
    ("tag", "model 1.5", ".body", "multimodal"),
    ("providers", "model 1.5", "#provider-availability ~ .table", "Google AI Studio"),
    ("sample code", "offering 1.5", ".lesson", "What is in this picture?"),
    ("packages", "offering 1.5", ".facts", "google-genai"),
    ("documentation", "offering 1.5", ".links", "Documentation of the API"),
    ("parameters", "offering 1.5", "#generation-controls ~ .table", "Part of the probability mass"),
    ("more by the author", "offering 1.5", "#navigation ~ ul", "More models by Google"),
    ("page title", "offering 1.5", "title", "Gemini 1.5 Flash at Google AI Studio · Almanac"),
    # The seller's page.
    ("closed weights", "offering 2.5", ".facts", "Open weights No"),
    ("prompts", "model 2.5", ".body", "Explain quantum entanglement to a ten-year-old."),
    ("playground", "offering 2.5", ".links", "Try it in a browser"),
    ("copy the id", "offering 2.5", ".byline code[data-copy]", "gemini-2.5-flash"),
    ("price in its unit", "offering 2.5", "#pricing ~ .grids", "Input $0.30 1M tokens"),
    ("price out in its unit", "offering 2.5", "#pricing ~ .grids", "Output $2.50 1M tokens"),
    ("endpoints by protocol", "offering 2.5", "#how-to-call-it ~ .table", "OpenAI compatible POST https://"),
    ("native endpoint", "offering 2.5", "#how-to-call-it ~ .table", "/models/gemini-2.5-flash:generateContent"),
    ("coding agents", "offering 2.5", "#coding-agents ~ .lesson", "opencode"),
    ("cURL", "offering 2.5", ".lesson .bash", "curl 'https://generativelanguage.googleapis.com"),
    ("key", "offering 2.5", ".lesson .bash", "$GEMINI_API_KEY"),
    ("Python", "offering 2.5", ".lesson .python", 'os.environ["GEMINI_API_KEY"]'),
    ("JavaScript", "offering 2.5", ".lesson .javascript", "process.env.GEMINI_API_KEY"),
    ("PHP", "offering 2.5", ".lesson .php", 'getenv("GEMINI_API_KEY")'),
    (
        "parameter default",
        "offering 2.5",
        "#generation-controls ~ .table",
        "temperature 0 to 2 1 Randomness of sampling",
    ),
    ("support", "offering 2.5", ".links", "Help"),
    ("logo", "offering 2.5", ".head .mono, .head .logo", ""),
    ("about", "model 2.5", ".lede", "Mid-sized Gemini"),
    ("specifications", "offering 2.5", ".facts", "Input → output text, image, audio, video, pdf → text"),
    ("added", "offering 2.5", ".facts", "Released 17 June 2025"),
    ("key features", "offering 2.5", "#capabilities ~ .sheets", "Tool Calling"),
    ("price list", "offering 2.5", ".links", "Price list"),
    ("use cases", "model 2.5", ".body", "Summaries of long documents"),
    ("benchmarks", "model 2.5", ".body", "Aider Polyglot"),
    ("what it costs", "model 2.5", "#questions ~ .answers", "How much does Gemini 2.5 Flash cost? The lowest"),
    ("what is it", "model 2.5", "#questions ~ .answers", "What is Gemini 2.5 Flash? A model by Google"),
    (
        "free tier",
        "model 2.5",
        "#questions ~ .answers",
        "free tier with Gemini 2.5 Flash? Google AI Studio has one",
    ),
    ("which id", "model 2.5", "#questions ~ .answers", "Which id do I send to call Gemini 2.5 Flash? gemini-2.5-flash"),
    ("related models", "model 2.5", "#related-resources ~ .table", "Gemini 2.5 Flash-Lite"),
    ("more from the author", "model 2.5", "#related-resources ~ .pair", "More by Google Gemini 3.5 Flash"),
    ("view all", "model 2.5", "#related-resources ~ .pair", "All models of the catalog"),
    ("generated by", "offering 2.5", ".foot", "Made with Almanac"),
    ("Markdown", "offering 2.5", ".foot", "This page in Markdown"),
]


@pytest.mark.parametrize(
    ("section", "page", "where", "says"), SECTIONS, ids=[f"{row[1]}: {row[0]}" for row in SECTIONS]
)
def test_a_section_stands_on_the_page(plain: Pages, section: str, page: str, where: str, says: str) -> None:
    assert plain[page][0].css(where), f"there is no place for: {section}"
    assert says in text(plain, page, where)


LIVE = [
    ("latency", "Median 421 ms"),
    ("throughput", "Median 188.5 tokens/s"),
    ("uptime", "99.94%"),
    ("usage", "Tokens processed per day"),
    ("versions", "gemini-1.5-flash-002"),
    ("apps", "Chatbox"),
]


@pytest.mark.parametrize(("anchor", "says"), LIVE, ids=[row[0] for row in LIVE])
def test_what_is_live_comes_from_files_and_is_left_out_without_them(
    plain: Pages, measured: Pages, anchor: str, says: str
) -> None:
    for name in ("offering 1.5", "offering 2.5"):
        assert plain[name][0].css_first(f"#{anchor}") is None
    (heading,) = measured["offering 1.5"][0].css(f"#{anchor}")
    assert heading.parent is not None
    shown = " ".join(heading.parent.text().split())
    assert says in shown
    assert re.search(r"\d+ (days?|minutes|week) up to 13 May 2025, openrouter\.ai", shown), shown
    assert measured["offering 2.5"][0].css_first(f"#{anchor}") is None


def test_a_price_by_the_image_stands_in_its_unit(plain: Pages, measured: Pages) -> None:
    assert "Image Input" not in text(plain, "offering 1.5", "#pricing ~ .grids")
    assert "Image Input $0.00004 image" in text(measured, "offering 1.5", "#pricing ~ .grids")


def test_providers_are_compared_by_what_was_measured(plain: Pages, measured: Pages) -> None:
    for label, value in (
        ("First token", "421"),
        ("Throughput", "188.5"),
        ("Uptime", "99.94"),
    ):
        assert label not in text(plain, "model 1.5", ".matrix thead")
        assert label in text(measured, "model 1.5", ".matrix thead")
        assert value in text(measured, "model 1.5", ".matrix tbody").split()


def test_drawings_say_what_they_show_and_have_their_data_as_a_table(measured: Pages) -> None:
    drawings = measured["offering 1.5"][0].css("svg.plot")
    assert len(drawings) == 3
    for drawing in drawings:
        title, summary = drawing.css("title, desc")
        assert drawing.attributes["role"] == "img"
        assert drawing.attributes["aria-labelledby"] == f"{title.id} {summary.id}"
        figure = drawing.parent
        assert figure is not None
        assert len(summary.text()) > 20
        table = figure.next
        while table is not None and table.tag != "details":
            table = table.next
        assert table is not None
        assert len(table.css("tbody tr")) > 1


FACTS = [
    ("offering 1.5", "input price", r"(?<!Audio )Input \$(?P<v>[0-9.]+)", "0.075"),
    ("offering 1.5", "output price", r"Output \$(?P<v>[0-9.]+)", "0.30"),
    ("offering 2.5", "input price", r"(?<!Audio )Input \$(?P<v>[0-9.]+)", "0.30"),
    ("offering 2.5", "output price", r"Output \$(?P<v>[0-9.]+)", "2.50"),
    ("offering 2.5", "context", r"Context window (?P<v>[0-9,]+)", "1,048,576"),
]


@pytest.mark.parametrize(("page", "fact", "pattern", "value"), FACTS, ids=[f"{row[0]}: {row[1]}" for row in FACTS])
def test_a_fact_has_one_value(plain: Pages, page: str, fact: str, pattern: str, value: str) -> None:
    html = plain[page][0]
    body = " ".join(html.css("main")[0].text().replace("\u2007", " ").split())
    before = body.partition("Tiers")[0] if "price" in fact else body
    values = {match["v"].rstrip(".") for match in re.finditer(pattern, before)}
    assert values == {value}


@pytest.mark.parametrize("page", ["offering 1.5", "offering 2.5"])
def test_the_markdown_says_the_same(plain: Pages, page: str) -> None:
    html, markdown = plain[page]
    front, _, body = markdown.removeprefix("---\n").partition("\n---\n")
    assert re.search(r"^title: .+$", front, re.MULTILINE)
    assert re.search(r"^description: .+$", front, re.MULTILINE)
    for title in ("Overview", "Pricing", "How to Call It", "Sample Code", "Use with Coding Agents", "Policies of"):
        assert re.search(rf"^## \S+ {title}", body, re.MULTILINE), title
    for sample in html.css(".lesson pre code"):
        assert sample.text().rstrip("\n") in body
