"""The schema: what each kind of value takes, that facts cannot change, that unknown is not false, the JSON Schemas."""

import json
import pickle
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from generator.config import Settings
from generator.schema import (
    Author,
    Benchmark,
    Billing,
    Capabilities,
    Credential,
    FreePage,
    Generation,
    Limits,
    Modalities,
    Mode,
    Model,
    Offering,
    Operations,
    Price,
    Provider,
    Range,
    Rates,
    Record,
    Tier,
    check_id,
)
from generator.schema.values import (
    Count,
    Currency,
    Day,
    Flag,
    Line,
    ModelRef,
    Money,
    Number,
    OfferingId,
    PartialDate,
    Score,
    Share,
    Slug,
    Text,
    Url,
    UrlTemplate,
)

SCHEMAS = [Author, Model, Provider, Offering, FreePage, Settings]


def take(kind: Any, value: object) -> Any:
    return TypeAdapter(kind).validate_python(value)


def message(kind: Any, value: object) -> str:
    with pytest.raises(ValidationError) as caught:
        take(kind, value)
    (fault,) = caught.value.errors()
    return str(fault.get("ctx", {}).get("error") or fault["type"])


@pytest.mark.parametrize(
    ("kind", "given", "taken"),
    [
        (Line, " Sun 2 ", "Sun 2"),
        (Line, "Sun 2\n", "Sun 2"),
        (Line, "x" * 500, "x" * 500),
        (Text, "\n a\n\n b\n", "a\n\n b"),
        (Flag, False, False),
        (Count, 0, 0),
        (Count, 10**15, 10**15),
        (Number, 5, Decimal(5)),
        (Number, Decimal("-0.50"), Decimal("-0.50")),
        (Number, Decimal("-0.0"), Decimal("0.0")),
        (Money, 0, Decimal(0)),
        (Money, Decimal("0.0750"), Decimal("0.0750")),
        (Money, Decimal("-0"), Decimal(0)),
        (Share, 1, Decimal(1)),
        (Share, Decimal("0.5"), Decimal("0.5")),
        (Score, "5 stars ", "5 stars"),
        (Score, 7, Decimal(7)),
        (Score, Decimal("88.10"), Decimal("88.10")),
        (Currency, "EUR", "EUR"),
        (PartialDate, 2025, "2025"),
        (PartialDate, "2025", "2025"),
        (PartialDate, "2025-06", "2025-06"),
        (PartialDate, "2024-02-29", "2024-02-29"),
        (PartialDate, 1911, "1911"),
        (Day, "2025-06-17", "2025-06-17"),
        (Url, "https://example.com", "https://example.com"),
        (Url, "http://example.com:8080/a?b=c#d", "http://example.com:8080/a?b=c#d"),
        (Url, "HTTPS://EXAMPLE.COM/~x/%20", "HTTPS://EXAMPLE.COM/~x/%20"),
        (Url, "https://münchen.example/ü", "https://münchen.example/ü"),
        (Url, "https://[::1]/", "https://[::1]/"),
        (UrlTemplate, "https://{region}.example.com/v1", "https://{region}.example.com/v1"),
        (UrlTemplate, "https://example.com/${PROJECT}/x", "https://example.com/${PROJECT}/x"),
        (UrlTemplate, "${HOST}/v1", "${HOST}/v1"),
        (Slug, "sun-2", "sun-2"),
        (Slug, "Sun 2@x:y", "Sun 2@x:y"),
        (ModelRef, "acme/sun/2", "acme/sun/2"),
        (OfferingId, "@cf/acme/sun-2:free", "@cf/acme/sun-2:free"),
        (OfferingId, "日本", "日本"),
    ],
)
def test_what_a_kind_of_value_takes(kind: Any, given: object, taken: object) -> None:
    found = take(kind, given)
    assert found == taken
    assert str(found) == str(taken)
    assert type(found) is type(taken)


REFUSED: list[tuple[Any, list[object]]] = [
    (Flag, [0, 1, "true", "yes", None]),
    (Count, [-1, True, "1", 1.0, Decimal(1), 10**15 + 1]),
    (Number, [True, "1", 1.0, None, []]),
    (Money, [-1, Decimal("-0.01"), True, "1", 0.1]),
    (Share, [2, -1, "0.5"]),
    (Score, [True, None, [], {}, 1.5, " ", "a\nb"]),
    (Currency, ["usd", "US", "USDT", "$", "USD\n", 5]),
    (Line, ["", " ", "a\nb", "a\tb", "x" * 501, 5, None]),
    (Text, ["", " \n ", "x" * 20_001, 5]),
    (PartialDate, [25, 999, 2101, 20250617, True, "", "2025-6", "2025-06-17 ", "2025-06-17\n", "2025/06/17", 2025.5]),
    (PartialDate, ["2025-00", "2025-13", "2025-25-11", "2025-02-31", "2025-06-00", "0000", "0000-02-29", "٢٠٢٥"]),
    (PartialDate, ["17.06.2025", "2025-06-17T10:00"]),
    (Day, [2025, "2025", "2025-06", "2025-06-31", "2025-06-17Z", None, True]),
]


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in REFUSED for value in values])
def test_what_a_kind_of_value_refuses(kind: Any, value: object) -> None:
    assert message(kind, value)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.com",
        "//example.com",
        "/path",
        "https:example.com",
        "https://",
        "https:///path",
        "https://?x",
        "ftp://example.com",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "JavaScript://example.com/%0aalert(1)",
        "java\tscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "mailto:a@example.com",
        "https://example.com/\n",
        "https://exa mple.com",
        "https://example.com/\x00",
        "https://example.com/\u2028",
        'https://example.com/"onclick="x',
        "https://example.com/'x",
        "https://example.com/<x>",
        "https://example.com/`x`",
        "https:\\\\example.com",
        "https://user@example.com",
        "https://user:secret@example.com",
        "https://@example.com",
        "https://example.com:99999",
        "https://example.com:port",
        "https://[::1",
        "https://" + "x" * 2000 + ".com",
    ],
)
def test_an_address_is_http_and_cannot_leave_its_attribute(address: str) -> None:
    assert message(Url, address)
    assert message(UrlTemplate, address)


@pytest.mark.parametrize(
    "address",
    [
        "{x}javascript:alert(1)",
        "javascript:{x}",
        "{x} y",
        "https://{a b}",
        "https://{",
        "https://{a}{",
        "https://{user}@x",
    ],
)
def test_placeholders_make_no_address_of_what_is_none(address: str) -> None:
    assert message(UrlTemplate, address)


@given(st.text(max_size=60))
def test_whatever_is_an_address_holds_nothing_that_acts(text: str) -> None:
    for candidate in (text, f"https://{text}", f"https://example.com/{text}"):
        try:
            found = take(Url, candidate)
        except ValidationError:
            continue
        assert found == candidate
        assert found.lower().startswith(("http://", "https://"))
        assert not set(found) & set("\"'<>`\\ \n\t\r\x00")


UNSEEN = "an id may not hold a backslash nor a character that cannot be seen"
PARTS = "an id may not start or end with `/` nor have an empty part, `.` or `..`"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "an id may not be empty"),
        (".", PARTS),
        ("..", PARTS),
        ("../x", PARTS),
        ("a/../x", PARTS),
        ("a/.", PARTS),
        ("/x", PARTS),
        ("x/", PARTS),
        ("a//x", PARTS),
        ("a\\x", UNSEEN),
        ("..\\x", UNSEEN),
        ("a\x00", UNSEEN),
        ("a\n", UNSEEN),
        ("a\x7f", UNSEEN),
        ("a\u202eb", UNSEEN),
        ("a\u200bb", UNSEEN),
        ("a\u00a0b", UNSEEN),
        ("\ud800", UNSEEN),
        (" a", "an id may not start or end with a space"),
        ("a ", "an id may not start or end with a space"),
        ("x" * 201, "an id may be 200 bytes long at most"),
        ("ü" * 101, "an id may be 200 bytes long at most"),
    ],
)
def test_an_id_that_could_lead_elsewhere_is_refused(name: str, told: str) -> None:
    with pytest.raises(ValueError, match=r".+") as caught:
        check_id(name)
    assert str(caught.value) == told
    assert message(OfferingId, name) == told


@pytest.mark.parametrize(
    "name", ["x", "a/b/c", "...", "a/...", "-", "~", "x" * 200, "a b", "con", "🤖", "a:b@c+d~e,f;g"]
)
def test_an_id_may_hold_what_providers_use(name: str) -> None:
    assert check_id(name) == name


@pytest.mark.parametrize(("kind", "name"), [(Slug, "a/b"), (ModelRef, "sun-2"), (Slug, "x" * 101)])
def test_ids_of_owners_have_one_part_and_those_of_models_have_two(kind: Any, name: str) -> None:
    assert message(kind, name)


@pytest.mark.parametrize("sizes", [(), (1,), (1, 2), (0, 200_000, 1_000_000)])
def test_tiers_stand_in_order(sizes: tuple[int, ...]) -> None:
    assert [tier.above for tier in Price(tiers=tuple(Tier(above=size) for size in sizes)).tiers] == list(sizes)


@pytest.mark.parametrize("sizes", [(2, 1), (1, 1), (1, 3, 2)])
def test_tiers_out_of_order_are_refused(sizes: tuple[int, ...]) -> None:
    with pytest.raises(ValidationError, match="tiers have to stand in order of `above`, each once"):
        Price(tiers=tuple(Tier(above=size) for size in sizes))


@pytest.mark.parametrize(
    ("least", "most", "fits"), [(0, 2, True), (1, 1, True), (2, 1, False), (None, 1, True), (1, None, True)]
)
def test_the_least_is_not_more_than_the_most(least: int | None, most: int | None, fits: bool) -> None:
    data = {"min": least and Decimal(least), "max": most and Decimal(most)}
    if fits:
        assert Range.model_validate({key: value for key, value in data.items() if value is not None})
    else:
        with pytest.raises(ValidationError, match=r"min \(2\) is more than max \(1\)"):
            Range.model_validate(data)


def test_rates_are_those_that_are_stated_in_the_order_of_the_schema() -> None:
    price = Price(output=Decimal("2.5"), input=Decimal(0), note="x")
    assert list(price.rates.items()) == [("input", Decimal(0)), ("output", Decimal("2.5"))]
    assert Price().rates == {}


@pytest.mark.parametrize(
    ("stated", "needed"),
    [
        ({}, None),
        ({"credentials": ()}, False),
        ({"credentials": (Credential(env="KEY"),)}, True),
        ({"credentials": (Credential(env="KEY", required=False),)}, False),
        ({"key_required": False, "credentials": (Credential(env="KEY"),)}, False),
        ({"key_required": True}, True),
    ],
)
def test_whether_a_key_is_needed_is_known_or_not(stated: dict[str, Any], needed: bool | None) -> None:
    assert Provider(id="p", name="P", **stated).needs_key is needed


def test_unknown_false_zero_and_free_are_four_things() -> None:
    unknown, false = Capabilities(), Capabilities(tools=False)
    assert (unknown.tools, false.tools) == (None, False)
    assert (bool(unknown), bool(false)) == (False, True)
    assert (Limits().context, Limits(context=0).context) == (None, 0)
    prices = [None, Price(), Price(input=Decimal(0)), Price(billing=Billing.FREE)]
    assert len({str(price and (price.input, price.billing)) for price in prices}) == 4
    assert [bool(price) for price in prices] == [False, False, True, True]
    assert "name" not in Offering(id="x", provider="p").model_fields_set
    assert "name" in Offering(id="x", provider="p", name=None).model_fields_set


def records() -> Iterator[type[Record]]:
    waiting: list[type[Record]] = [Record]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind is not Record:
            yield kind


@pytest.mark.parametrize("kind", [*records()], ids=lambda kind: kind.__name__)
def test_records_are_frozen_and_take_no_unknown_key(kind: type[Record]) -> None:
    assert kind.model_config.get("frozen")
    assert kind.model_config.get("extra") == "forbid"
    made = kind.model_construct()
    with pytest.raises(ValidationError, match="frozen"):
        setattr(made, next(iter(kind.model_fields)), 1)


def test_facts_are_equal_by_value_and_go_to_another_process() -> None:
    offering = Offering(id="x", provider="p", price=Price(input=Decimal("0.10"), tiers=(Tier(above=5),)), name="X")
    assert pickle.loads(pickle.dumps(offering)) == offering  # noqa: S301  bytes of our own
    other = offering.model_copy(update={"name": "Y", "status": "active"})
    assert other != offering
    assert (other.name, other.price, other.model_fields_set - offering.model_fields_set) == (
        "Y",
        offering.price,
        {"status"},
    )
    assert (offering.name, offering.status, offering.model_copy()) == ("X", None, offering)
    assert (offering.key, offering.title) == (("p", "x"), "X")
    assert Offering(id="x", provider="p").title == "x"
    model = Model(id="acme/sun/2")
    assert (model.author, model.slug, model.title) == ("acme", "sun/2", "sun/2")


@pytest.mark.parametrize(
    ("score", "number"), [(Decimal("88.10"), Decimal("88.10")), (7, Decimal(7)), ("5 stars", None)]
)
def test_a_score_is_a_number_where_it_is_one(score: Any, number: Decimal | None) -> None:
    assert Benchmark(name="B", score=score).number == number


def test_requests_carry_plain_values_of_their_own_type() -> None:
    body = {"fast": True, "tier": "priority", "n": 1}
    assert json.dumps(Mode.model_validate({"body": body}).body) == json.dumps(body)


def test_a_tier_and_a_price_have_the_same_rates() -> None:
    assert set(Rates.model_fields) < set(Tier.model_fields)
    assert set(Rates.model_fields) < set(Price.model_fields)
    assert not set(Rates.model_fields) & set(Operations.model_fields)


def test_ranges_are_those_of_known_capabilities() -> None:
    assert set(Generation.model_fields) <= set(Capabilities.model_fields)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_the_json_schema_describes_everything(schema: type[BaseModel]) -> None:
    made = schema.model_json_schema()
    bare = []
    for name, part in {schema.__name__: made, **made.get("$defs", {})}.items():
        if not part.get("description"):
            bare.append(name)
        for key, field in part.get("properties", {}).items():
            if not field.get("description") and "$ref" not in field:
                bare.append(f"{name}.{key}")
    assert bare == []
    assert made["additionalProperties"] is False
    assert json.dumps(made, sort_keys=True) == json.dumps(schema.model_json_schema(), sort_keys=True)


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        (Money, {"type": "number", "minimum": 0}),
        (Number, {"type": "number"}),
        (Score, {"type": ["number", "string"]}),
        (Share, {"type": "number", "minimum": 0, "maximum": 1}),
        (Count, {"type": "integer", "minimum": 0, "maximum": 10**15}),
        (Flag, {"type": "boolean"}),
        (Line, {"type": "string", "maxLength": 500}),
        (Currency, {"type": "string", "pattern": "^[A-Z]{3}$"}),
        (Day, {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}),
        (
            PartialDate,
            {"type": ["string", "integer"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$", "minimum": 1000, "maximum": 2100},
        ),
    ],
)
def test_the_json_schema_takes_what_the_reader_takes(kind: Any, wanted: dict[str, Any]) -> None:
    assert TypeAdapter(kind).json_schema() == wanted


def test_modalities_keep_the_order_of_the_source() -> None:
    made = Modalities.model_validate({"input": ["pdf", "text"], "output": ["text"]})
    assert list(made.input) == ["pdf", "text"]
    with pytest.raises(ValidationError, match="`input` names a modality twice"):
        Modalities.model_validate({"input": ["text", "pdf", "text"]})
