import json
from decimal import Decimal
from typing import Any

import pytest

from generator.exporters.encode import (
    cell,
    first_day,
    instant,
    json_array,
    json_object,
    json_pairs,
    json_text,
    number,
    per_token,
    plain,
    seconds,
    stated,
    xml,
)
from generator.schema import Offering, Status


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("0.075"), "0.075"),
        (Decimal("0.50"), "0.5"),
        (Decimal(15), "15"),
        (Decimal("15.00"), "15"),
        (Decimal("1E+3"), "1000"),
        (Decimal(0), "0"),
        (Decimal("0.00"), "0"),
        (Decimal("7.5E-8"), "7.5e-08"),
        (Decimal("0.1234567890123456789"), "0.1234567890123456789"),
        (0, "0"),
        (True, "true"),
        (False, "false"),
        (None, "null"),
        ('"\\\n\u2028é', '"\\"\\\\\\n\u2028é"'),
        (Status.BETA, '"beta"'),
        (Decimal(123456789012345678901), "123456789012345678901"),
        ({"a": [Decimal("0.10"), None, True, "é\u2028"]}, '{"a":[0.1,null,true,"é\u2028"]}'),
        ((Decimal("0.30000000000000004"),), "[0.30000000000000004]"),
        (
            {"a": Decimal("0.1234567890123456789"), "b": "\0" + "0\0"},
            '{"a":0.1234567890123456789,"b":"\\u00000\\u0000"}',
        ),
        (["\0" + "7\0", Decimal("0.1234567890123456789")], '["\\u00007\\u0000",0.1234567890123456789]'),
    ],
)
def test_json_has_the_digits_of_the_source(value: object, text: str) -> None:
    assert json_text(value) == text
    assert json.loads(text, parse_float=Decimal, parse_int=Decimal) == _exact(value)


def _exact(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _exact(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_exact(item) for item in value]
    return value


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), float("nan"), float("inf")])
def test_json_has_no_place_for_what_is_no_number(value: object) -> None:
    with pytest.raises(ValueError, match=r"no place in JSON|not JSON compliant"):
        json_text([value])


def test_a_record_stands_in_json_as_what_it_states() -> None:
    long = Decimal("0.1234567890123456789")
    limits = {"context": 8, "output": None}
    of = Offering.model_validate({"id": "x", "provider": "p", "limits": limits, "price": {"input": 1, "output": long}})
    assert stated(of) == {"id": "x", "provider": "p", "limits": of.limits, "price": of.price}
    assert json_text(of.limits) == '{"context":8}'
    assert json_text([of.limits, of.price]) == f'[{{"context":8}},{{"input":1,"output":{long}}}]'
    assert json_text([of.price, "\0" + "0\0"]) == f'[{{"input":1,"output":{long}}},"\\u00000\\u0000"]'


@pytest.mark.parametrize("size", [0, 1, 49, 50, 51, 100, 101])
def test_long_lists_and_tables_are_written_whole(size: int) -> None:
    assert json.loads(json_array({"n": n} for n in range(size))) == [{"n": n} for n in range(size)]
    assert json.loads(json_object((f'"{n}', n) for n in range(size))) == {f'"{n}': n for n in range(size)}
    assert json.loads(json_pairs({f"k{n}": str(n) for n in range(size)})) == {f"k{n}": n for n in range(size)}


@pytest.mark.parametrize("value", ["0.50", "15", "7.5E-8", "0.1234567890123456789"])
def test_a_number_is_written_as_in_any_json(value: str) -> None:
    assert number(Decimal(value)) == json_text([Decimal(value)])[1:-1]


def test_json_has_no_place_for_other_things() -> None:
    with pytest.raises(TypeError, match="set has no place in JSON"):
        json_text({1, 2})


@pytest.mark.parametrize(
    ("amount", "token", "text"),
    [
        ("0.075", "7.5E-8", "0.000000075"),
        ("15", "0.000015", "0.000015"),
        ("0", "0", "0"),
        ("1234567.8901234567890123456789012345", "1.2345678901234567890123456789012345",
         "1.2345678901234567890123456789012345"),
        ("1E+7", "10", "10"),
    ],
)  # fmt: skip
def test_a_price_per_token_loses_no_digit(amount: str, token: str, text: str) -> None:
    assert per_token(Decimal(amount)) == Decimal(token)
    assert plain(per_token(Decimal(amount))) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-3, "-3"),
        (Decimal("-0.50"), "-0.5"),
        ("plain", "plain"),
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@cf/meta/llama", "'@cf/meta/llama"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("a=1", "a=1"),
        (("text", "image"), "text|image"),
        (("=x", "y"), "'=x|y"),
        ((), ""),
    ],
)
def test_a_cell_never_runs(value: object, text: str) -> None:
    assert cell(value) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a & <b> \"c\" 'd'", "a &amp; &lt;b&gt; &#34;c&#34; &#39;d&#39;"),
        ("a\x00\x08\x0b\x1f\x7f\ufffe\ud800b", "ab"),
        ("]]>", "]]&gt;"),
        ("tab\tline\né 😀", "tab\tline\né 😀"),
    ],
)
def test_xml_holds_text_and_no_control(text: str, written: str) -> None:
    assert xml(text) == written


@pytest.mark.parametrize(
    ("partial", "day", "number"),
    [
        ("2025", "2025-01-01", 1735689600),
        ("2025-06", "2025-06-01", 1748736000),
        ("2025-06-17", "2025-06-17", 1750118400),
        ("1960", "1960-01-01", 0),
    ],
)
def test_a_date_is_its_first_moment(partial: str, day: str, number: int) -> None:
    assert first_day(partial).isoformat() == day
    assert instant(partial) == f"{day}T00:00:00Z"
    assert seconds(partial) == number


def test_no_date_is_the_first_second() -> None:
    assert seconds(None) == 0
