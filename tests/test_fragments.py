"""The tag that keeps a fragment: made once for each key, printed whenever the key comes again."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from jinja2 import Environment, StrictUndefined

from generator import fragments as module
from generator.fragments import Fragments, Kept


@pytest.fixture
def environment() -> Environment:
    return Environment(autoescape=True, undefined=StrictUndefined, extensions=[Kept])


@pytest.mark.parametrize(
    ("template", "keys", "expected"),
    [
        ("{% kept key %}{{ made() }}{% endkept %}", "aabab", "00101"),
        ("{% kept key %}{{ made() }}{% endkept %}{% kept key %}{{ made() }}{% endkept %}", "aab", "010123"),
        ("{% kept (key, 1) %}{{ made() }}{% endkept %}", "aba", "010"),
        ("{% kept key, wrap %}<{{ made() }}>{% endkept %}", "aba", "[<0>][<1>][<0>]"),
        ("{% for n in (1, 2) %}{% kept n %}{{ n }}{{ made() }}{% endkept %}{% endfor %}", "aa", "10211021"),
        ("{% kept key %}{{ '<' }}{{ made() }}{% endkept %}", "aa", "&lt;0&lt;0"),
    ],
)
def test_a_fragment_is_made_once_for_each_key(
    environment: Environment, template: str, keys: str, expected: str
) -> None:
    numbers: Iterator[int] = count()
    kept: Fragments = {}
    values: dict[str, Any] = {"made": lambda: next(numbers), "wrap": lambda text: f"[{text}]", "fragments": kept}
    page = environment.from_string(template)
    assert "".join(page.render(values, key=key) for key in keys) == expected


def test_what_is_kept_for_one_site_is_not_printed_for_another(environment: Environment) -> None:
    page = environment.from_string("{% kept 1 %}{{ site }}{% endkept %}")
    assert [page.render(site=site, fragments={}) for site in "ab"] == ["a", "b"]


def test_no_more_is_kept_than_pages_nearby_need(environment: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    kept: Fragments = {}
    page = environment.from_string("{% kept key %}{{ key }}{% endkept %}")
    assert [page.render(key=key, fragments=kept) for key in range(8)] == [str(key) for key in range(8)]
    assert len(kept) == 2
