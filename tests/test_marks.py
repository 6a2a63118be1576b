"""Marks: small pieces of HTML that say what they mean and let nothing through."""

from decimal import Decimal

import pytest
from markupsafe import Markup

from generator.badges import Badge
from generator.marks import (
    FILTERS,
    address,
    badges,
    cell,
    flow,
    headings,
    host,
    known,
    money,
    mono,
    portion,
    rate,
    tick,
    tokens,
    unsigned,
)
from generator.schema import Billing, Modalities, Modality, Price

DASH = '<span class="u" title="Not known">&#8212;</span>'
YES = '<span class="yes" title="Yes">&#10003;</span>'
NO = '<span class="no" title="No">&#10007;</span>'
WIDE = "&#8199;"


@pytest.mark.parametrize(
    ("number", "found"),
    [(2, []), (3, [("a-0", "Part &lt;0&gt; of x"), ("a-1", "Part &lt;1&gt; of x"), ("a-2", "Part &lt;2&gt; of x")])],
)
def test_headings_are_those_of_a_long_text_without_their_markup(number: int, found: list[tuple[str, str]]) -> None:
    parts = (f'<h2 id="a-{i}">Part &lt;{i}&gt; <code>of</code> x</h2><h3 id="b">no</h3>' for i in range(number))
    assert headings(Markup("").join(Markup(part) for part in parts)) == found  # noqa: S704  # as prose makes it


@pytest.mark.parametrize(("value", "drawn"), [(True, YES), (False, NO), (None, DASH)])
def test_a_tick_tells_no_from_not_known(value: bool | None, drawn: str) -> None:
    assert tick(value) == drawn


@pytest.mark.parametrize(
    ("text", "drawn"), [("✅", YES), ("❌", NO), ("—", DASH), ("0 to 2", "0 to 2"), ("<b>", "&lt;b&gt;")]
)
def test_a_cell_draws_signs_and_escapes_the_rest(text: str, drawn: str) -> None:
    assert cell(text) == drawn


@pytest.mark.parametrize(
    ("of", "drawn"),
    [
        (Price(input=Decimal("2.50")), f"$2.50{WIDE * 2}"),
        (Price(input=Decimal("0.0375")), "$0.0375"),
        (Price(input=Decimal("0.083333")), "$0.083333"),
        (Price(input=Decimal(0)), f"$0.00{WIDE * 2}"),
        (Price(input=Decimal(3), currency="EUR"), f"€3.00{WIDE * 2}"),
        (
            Price(input=Decimal(0), billing=Billing.FREE),
            f'<span class="free" title="Costs nothing">Free</span>{WIDE * 2}',
        ),
        (
            Price(billing=Billing.PLAN),
            f'<span class="plan" title="A subscription includes it">In plan</span>{WIDE * 2}',
        ),
        (Price(), f"{DASH}{WIDE * 2}"),
        (None, f"{DASH}{WIDE * 2}"),
    ],
)
def test_a_rate_stands_in_line_with_others(of: Price | None, drawn: str) -> None:
    assert rate(of) == drawn


def test_an_amount_that_is_written_is_drawn_alike() -> None:
    assert money("$0.30") == rate(Price(input=Decimal("0.3")))
    assert money("Free") == rate(Price(billing=Billing.FREE))
    assert money("—") == rate(None)
    assert money("<$1") == f"&lt;$1{WIDE * 4}"


@pytest.mark.parametrize(("value", "drawn"), [(1_048_576, "1,048,576"), (0, "0"), (None, DASH)])
def test_a_number_of_tokens_is_written_out(value: int | None, drawn: str) -> None:
    assert tokens(value) == drawn


@pytest.mark.parametrize(("value", "drawn"), [("a & b", "a &amp; b"), (0, "0"), (None, DASH), ("", DASH), ("—", DASH)])
def test_what_is_not_known_is_a_dash_with_a_title(value: object, drawn: str) -> None:
    assert known(value) == drawn


def test_what_goes_in_and_comes_out_is_drawn_in_one_order_and_told_in_words() -> None:
    drawn = flow(Modalities(input=(Modality.PDF, Modality.TEXT), output=(Modality.IMAGE,)))
    assert drawn == (
        '<span class="flow" role="img" title="Takes pdf, text, makes image">'
        '<i class="m text"></i><i class="m pdf"></i> <span class="to">&#8594;</span> <i class="m image"></i></span>'
    )
    assert "makes what is not known" in flow(Modalities(input=(Modality.TEXT,)))
    assert flow(Modalities()) == DASH


def test_badges_keep_label_and_value_apart_and_escape_both() -> None:
    hostile = Badge(label="<a>", value="x,y", colour="blue", title='"quoted"')
    assert badges((hostile,), "../capabilities") == (
        '<span class="badge blue" title="&#34;quoted&#34;"><span>&lt;a&gt;</span><b>x, y</b></span>'
    )
    assert badges((), "") == ""


def test_a_badge_leads_to_what_it_tells_of() -> None:
    badge = Badge(label="tool_calls", value="✓", colour="yellow", title="Calls tools", about="tool-calls")
    assert badges((badge,), "../capabilities") == (
        '<a class="badge yellow" title="Calls tools" href="../capabilities/tool-calls.html">'
        "<span>tool_calls</span><b>&#10003;</b></a>"
    )


def test_a_monogram_is_not_read_aloud() -> None:
    assert mono("Mistral AI", "s") == '<span class="mono h7 s" aria-hidden="true">MA</span>'


@pytest.mark.parametrize(
    ("url", "its_host", "its_address"),
    [
        ("https://www.example.org/", "example.org", "example.org"),
        ("http://example.org/a/b/", "example.org", "example.org/a/b"),
        ("https://example.org:8080/x?y=1", "example.org", "example.org:8080/x?y=1"),
    ],
)
def test_links_say_where_they_lead(url: str, its_host: str, its_address: str) -> None:
    assert (host(url), address(url)) == (its_host, its_address)


@pytest.mark.parametrize(
    ("title", "plain"), [("🏢 Big Firms", "Big Firms"), ("Big Firms", "Big Firms"), ("🏢", "🏢"), ("", "")]
)
def test_a_title_loses_its_sign_and_nothing_else(title: str, plain: str) -> None:
    assert unsigned(title) == plain


def test_a_part_is_written_in_percent() -> None:
    assert portion(Decimal("0.5")) == "50%"
    assert portion(Decimal("0.125")) == "12.5%"


def test_every_filter_is_there_under_its_name() -> None:
    assert list(FILTERS) == sorted(FILTERS)
    assert all(callable(function) for function in FILTERS.values())
