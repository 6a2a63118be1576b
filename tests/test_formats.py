"""Formats: each kind of fact as it is written on every page."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import formats
from generator.formats import UNKNOWN
from generator.schema import (
    Billing,
    Capabilities,
    Modalities,
    Modality,
    Model,
    Price,
    Range,
    RetentionKind,
    Status,
)

FREE, PLAN = Billing.FREE, Billing.PLAN


def exact(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def costs(given: str | None = None, made: str | None = None, **more: Any) -> Price:
    return Price(input=exact(given), output=exact(made), **more)


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "—"), (0, "0"), (7, "7"), (999, "999"), (131072, "131,072"), (10**15, "1,000,000,000,000,000")],
)
def test_counts(value: int | None, words: str) -> None:
    assert formats.count(value) == words


@pytest.mark.parametrize(
    ("value", "words"), [(0, "0 offerings"), (1, "1 offering"), (2, "2 offerings"), (4000, "4,000 offerings")]
)
def test_plurals(value: int, words: str) -> None:
    assert formats.plural(value, "offering") == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "—"),
        ("0", "0"),
        ("0.0", "0"),
        ("0.95", "0.95"),
        ("1.50", "1.5"),
        ("100", "100"),
        ("64", "64"),
        ("24576", "24,576"),
        ("-2", "-2"),
        ("-0.5", "-0.5"),
        ("1E+3", "1,000"),
        ("1.5E-7", "0.00000015"),
    ],
)
def test_numbers(value: str | None, words: str) -> None:
    assert formats.number(exact(value)) == words


@pytest.mark.parametrize(
    ("value", "currency", "words"),
    [
        (None, "USD", "—"),
        ("0", "USD", "$0.00"),
        ("0.0000", "USD", "$0.00"),
        ("3", "USD", "$3.00"),
        ("2.5", "USD", "$2.50"),
        ("2.50", "USD", "$2.50"),
        ("0.30", "USD", "$0.30"),
        ("0.075", "USD", "$0.075"),
        ("0.0750", "USD", "$0.075"),
        ("1234567.8", "USD", "$1,234,567.80"),
        ("1E+3", "USD", "$1,000.00"),
        ("1E-10", "USD", "$0.0000000001"),
        ("123456789012345678901234567.891", "USD", "$123,456,789,012,345,678,901,234,567.891"),
        ("1.5", "EUR", "€1.50"),
        ("1.5", "CNY", "CN¥1.50"),
        ("1.5", "CHF", "CHF 1.50"),
    ],
)
def test_amounts_keep_their_digits(value: str | None, currency: str, words: str) -> None:
    assert formats.amount(exact(value), currency) == words


@given(st.decimals(min_value=0, max_value=10**12, allow_nan=False, allow_infinity=False, places=12))
def test_an_amount_can_be_read_back_exactly(value: Decimal) -> None:
    text = formats.amount(value)
    assert Decimal(text.removeprefix("$").replace(",", "")) == value
    assert len(text.partition(".")[2]) >= 2


@pytest.mark.parametrize(
    ("price", "given", "made", "pair"),
    [
        (None, "—", "—", "—"),
        (costs(), "—", "—", "—"),
        (costs("0.3", "2.5"), "$0.30", "$2.50", "$0.30 / $2.50"),
        (costs("0", "0"), "$0.00", "$0.00", "$0.00 / $0.00"),
        (costs("0.3"), "$0.30", "—", "$0.30 / —"),
        (costs(None, "2"), "—", "$2.00", "— / $2.00"),
        (costs("2", "2", currency="EUR"), "€2.00", "€2.00", "€2.00 / €2.00"),
        (costs(billing=FREE), "Free", "Free", "Free"),
        (costs("0", "0", billing=FREE), "Free", "Free", "Free"),
        (costs(billing=PLAN), "In plan", "In plan", "In plan"),
        (costs("0", "0", billing=PLAN), "In plan", "In plan", "In plan"),
        (costs("0", "1", billing=PLAN), "In plan", "$1.00", "In plan / $1.00"),
    ],
)
def test_prices_say_unknown_zero_free_and_in_plan_apart(price: Price | None, given: str, made: str, pair: str) -> None:
    assert (formats.price(price), formats.price(price, "output"), formats.price_pair(price)) == (given, made, pair)


@pytest.mark.parametrize(("value", "sign", "flag"), [(None, "—", "—"), (True, "✅", "Yes"), (False, "❌", "No")])
def test_yes_and_no(value: bool | None, sign: str, flag: str) -> None:
    assert (formats.sign(value), formats.flag(value)) == (sign, flag)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "—"),
        ("2025", "2025"),
        ("2025-06", "June 2025"),
        ("2025-01", "January 2025"),
        ("2025-12-01", "1 December 2025"),
        ("2025-06-17", "17 June 2025"),
    ],
)
def test_dates_keep_their_precision(value: str | None, words: str) -> None:
    assert formats.date(value) == words


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (None, None, "—"),
        ("0", "2", "0 to 2"),
        ("0", None, "0 or more"),
        (None, "1.0", "up to 1"),
        ("-2", "2", "-2 to 2"),
    ],
)
def test_ranges(least: str | None, most: str | None, words: str) -> None:
    assert formats.span(Range(min=exact(least), max=exact(most))) == words


def test_no_range_is_not_known() -> None:
    assert formats.span(None) == UNKNOWN


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (None, "—"),
        (0, "Deleted at once"),
        (1, "1 hour"),
        (23, "23 hours"),
        (24, "1 day"),
        (25, "25 hours"),
        (720, "30 days"),
        (24000, "1,000 days"),
    ],
)
def test_durations(hours: int | None, words: str) -> None:
    assert formats.duration(hours) == words


@pytest.mark.parametrize(
    ("part", "whole", "words"), [(86, 449, "19.2%"), (0, 5, "0.0%"), (5, 5, "100.0%"), (0, 0, "—"), (1, 3, "33.3%")]
)
def test_shares(part: int, whole: int, words: str) -> None:
    assert formats.share(part, whole) == words


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, ""),
        ({"status": Status.ACTIVE}, ""),
        ({"status": Status.BETA, "retires": "2027"}, "Planned: retirement 2027"),
        ({"deprecated": "2026-01", "retires": "2027-01"}, "Planned: deprecation 2026-01, retirement 2027-01"),
        ({"status": Status.DEPRECATED}, "Deprecated"),
        ({"status": Status.DEPRECATED, "deprecated": "2025-06"}, "Deprecated since 2025-06"),
        ({"status": Status.DEPRECATED, "retires": "2026"}, "Deprecated, retires 2026"),
        (
            {"status": Status.DEPRECATED, "deprecated": "2025", "retires": "2026"},
            "Deprecated since 2025, retires 2026",
        ),
        ({"status": Status.RETIRED, "deprecated": "2025"}, "Retired"),
        ({"status": Status.RETIRED, "retires": "2025-06-17"}, "Retired 2025-06-17"),
    ],
)
def test_the_end_of_a_life(facts: dict[str, Any], words: str) -> None:
    assert formats.lifecycle(Model(id="a/x", **facts)) == words


@pytest.mark.parametrize(
    ("value", "words"), [("model_card", "Model card"), ("docs", "Docs"), ("count_tokens", "Count tokens"), ("", "")]
)
def test_identifiers_as_words(value: str, words: str) -> None:
    assert formats.words(value) == words


@pytest.mark.parametrize("kind", [None, *RetentionKind])
def test_every_kind_of_retention_has_words(kind: RetentionKind | None) -> None:
    assert formats.retention(kind) == {
        None: "—",
        "fixed": "Fixed Duration",
        "none": "No Retention",
        "indefinite": "Indefinite",
        "conditional": "Conditional",
    }.get(kind)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("ACME_API_KEY", 'export ACME_API_KEY="<your value>"'),
        ("_k1", 'export _k1="<your value>"'),
        ("1KEY", "# set '1KEY'"),
        ("A-B", "# set 'A-B'"),
        ("A;rm -rf ~", "# set 'A;rm -rf ~'"),
        ("A\nrm", "# set 'A\\nrm'"),
        ("KÉY", "# set 'KÉY'"),
        ("$(x)", "# set '$(x)'"),
        ("", "# set ''"),
    ],
)
def test_only_a_name_that_a_shell_takes_is_exported(name: str, line: str) -> None:
    assert formats.shell_export(name) == line


@pytest.mark.parametrize(
    ("takes", "makes", "words"),
    [
        ("", "", "—"),
        ("text", "text", "text → text"),
        ("text image", "text", "text, image → text"),
        ("text", "", "text → —"),
        ("", "embedding", "— → embedding"),
    ],
)
def test_what_goes_in_and_what_comes_out(takes: str, makes: str, words: str) -> None:
    of = Modalities(input=tuple(map(Modality, takes.split())), output=tuple(map(Modality, makes.split())))
    assert formats.arrow(of) == words


@pytest.mark.parametrize(
    ("true", "false", "tools", "reasoning", "controls"),
    [
        ("", "", "—", "—", "—"),
        ("tools", "", "🔧 Tools", "—", "—"),
        ("tool_calls web_search attachments", "tools", "🔧 Tools, 🌐 Search, 📎 Files", "—", "—"),
        # That there is none is known only when each is known.
        ("", "tools tool_calls web_search", "—", "—", "—"),
        ("", "tools tool_calls web_search attachments", "❌", "—", "—"),
        ("", "tools web_search attachments", "—", "—", "—"),
        ("reasoning reasoning_tokens", "reasoning_effort", "—", "🧠 Basic, 🎯 Tokens", "—"),
        ("", "reasoning reasoning_effort reasoning_tokens", "—", "❌", "—"),
        ("temperature top_p seed", "", "—", "—", "🌡️ Sampling, 🎲 Seed"),
        ("temperature", "top_p", "—", "—", "—"),
        ("presence_penalty logprobs", "frequency_penalty", "—", "—", "📊 Logprobs, 🔁 Penalties"),
        ("", "temperature seed logprobs frequency_penalty presence_penalty repetition_penalty", "—", "—", "❌"),
        ("", "temperature seed logprobs frequency_penalty presence_penalty", "—", "—", "—"),
    ],
)
def test_columns_of_a_comparison(true: str, false: str, tools: str, reasoning: str, controls: str) -> None:
    of = Capabilities(**dict.fromkeys(true.split(), True), **dict.fromkeys(false.split(), False))
    assert (formats.tools(of), formats.reasoning(of), formats.controls(of)) == (tools, reasoning, controls)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2025-09-04T14:31:06Z", "2025-09-04 14:31:06 UTC"),
        ("2025-09-04T14:31:06.000+00:00", "2025-09-04 14:31:06 UTC"),
        ("2025-09-04T14:31:06+02:00", "2025-09-04T14:31:06+02:00"),
        ("2025-09", "2025-09"),
        ("long ago", "long ago"),
    ],
)
def test_a_point_in_time_is_written_for_reading(value: str, text: str) -> None:
    assert formats.moment(value) == text


@pytest.mark.parametrize(
    ("signs", "text"),
    [
        ((("📝", "text"), ("👁️", "vision"), ("🔧", "tools"), ("⚡", "streaming")), "Text, Vision, Functions"),
        ((("🖼️", "image"),), "Image"),
        ((("⚡", "streaming"),), UNKNOWN),
        ((), UNKNOWN),
    ],
)
def test_abilities_are_written_as_words(signs: tuple[tuple[str, str], ...], text: str) -> None:
    assert formats.abilities(signs) == text
