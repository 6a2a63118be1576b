"""Templates made whole: they print what they print when Jinja puts them together for each page."""

import pytest
from jinja2 import DictLoader, StrictUndefined

from generator.compiler import DirectEnvironment

FRAME = "<{% block head %}{% block title %}T{% endblock %}{% endblock %}|{% block body %}B{% endblock %}>"
CASES = {
    "nothing is extended": ("{% block body %}own{% endblock %}", {}, "own"),
    "one block is filled": ("{% extends 'frame' %}{% block body %}own{% endblock %}", {}, "<T|own>"),
    "an inner block is filled": ("{% extends 'frame' %}{% block title %}own{% endblock %}", {}, "<own|B>"),
    "a block within a filled one": (
        "{% extends 'frame' %}{% block body %}a{% block further %}b{% endblock %}{% endblock %}",
        {},
        "<T|ab>",
    ),
    "names set before are known": (
        (
            "{% extends 'frame' %}{% set it = 'x' %}{% block title %}{{ it }}{% endblock %}{% block body %}{{ it }}"
            "{% endblock %}"
        ),
        {},
        "<x|x>",
    ),
    "names set in a block stay there": (
        (
            "{% extends 'frame' %}{% set it = 'x' %}{% block title %}{% set it = 'y' %}{{ it }}{% endblock %}"
            "{% block body %}{{ it }}{% endblock %}"
        ),
        {},
        "<y|x>",
    ),
    "what stands outside of blocks is not printed": (
        "{% extends 'frame' %}lost{% block body %}own{% endblock %}lost",
        {},
        "<T|own>",
    ),
    "above a block": ("{% extends 'frame' %}{% block body %}[{{ super() }}]{% endblock %}", {}, "<T|[B]>"),
    "above a block, twice": (
        "{% extends 'frame' %}{% block body %}{{ super() }}{{ super() }}{% endblock %}",
        {},
        "<T|BB>",
    ),
    "above a block whose inner one is filled": (
        "{% extends 'frame' %}{% block head %}[{{ super() }}]{% endblock %}{% block title %}own{% endblock %}",
        {},
        "<[own]|B>",
    ),
    "a frame in a frame": (
        "{% extends 'middle' %}{% block body %}own{{ super() }}{% endblock %}",
        {"middle": "{% extends 'frame' %}{% block title %}M{% endblock %}{% block body %}m{{ super() }}{% endblock %}"},
        "<M|ownmB>",
    ),
    "what a block includes": (
        "{% extends 'frame' %}{% block body %}{% set it = 'x' %}{% include 'part' %}{% endblock %}",
        {"part": "({{ it }})"},
        "<T|(x)>",
    ),
    "a block that is captured": (
        "{% extends 'taking' %}{% block body %}own{% endblock %}",
        {"taking": "{% set taken %}{% block body %}{% endblock %}{% endset %}{{ taken }}{{ taken }}"},
        "ownown",
    ),
    "a block in a loop": (
        "{% extends 'loop' %}{% block body %}x{% endblock %}",
        {"loop": "{% for n in (1, 2) %}{{ n }}{% block body %}{% endblock %}{% endfor %}"},
        "1x2x",
    ),
}


def environment(templates: dict[str, str], *, whole: bool) -> DirectEnvironment:
    made = DirectEnvironment(
        loader=DictLoader({"frame": FRAME, **templates}), undefined=StrictUndefined, autoescape=True
    )
    made.escaped, made.escaped_text, made.safe = str, str, frozenset()
    made.is_fixed, made.whole = whole, frozenset({"page"} if whole else ())
    return made


@pytest.mark.parametrize("whole", [False, True], ids=["page by page", "whole"])
@pytest.mark.parametrize(("template", "others", "expected"), CASES.values(), ids=CASES)
def test_whole_templates_print_what_the_others_do(
    template: str, others: dict[str, str], expected: str, *, whole: bool
) -> None:
    made = environment({"page": template, **others}, whole=whole)
    assert made.get_template("page").render() == expected
