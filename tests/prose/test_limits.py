"""Prose that wants all the time there is, or all of the stack: refused with a reason, or shown soon."""

from __future__ import annotations

import signal
import time

import pytest

from generator.errors import AlmanacError
from generator.prose import Prose, ProseError
from generator.prose.convert import Converter

PROSE = Prose()

# Texts that want all the time there is. Each takes far longer, or all of Python's stack, without the limits.

SIZE = 64 * 1024


def filled(piece: str, size: int = SIZE) -> str:
    return (piece * (size // len(piece.encode()) + 1))[:size]


def paragraphs(piece: str) -> str:
    """Fill paragraphs that are just not too long for the limit of one."""
    return filled(filled(piece, 9_000) + "\n\n")


BOMBS = {
    **{
        f"a run of {piece!r}": filled(piece)
        for piece in ("[", "<a ", "![[", "<![CDATA[", "[a](", "*a **b ", "`a``b", "*a*", "<!--")
    },
    **{
        f"paragraphs of {piece!r}": paragraphs(piece)
        for piece in ("[", "[a](", "![[", "<a ", "[a](b 'x) ", "`a``b", "\\`", "<sub>", "~~a ")
    },
    **{
        f"lines of {line!r}": filled(line + "\n")
        for line in ("# a", "a\n=", "***", "> # a", "- a", "- > a", "!!! note", "[a]:", "```", "~~~a")
    },
    **{
        f"paragraphs from {piece!r}": filled(piece + "\n\n")
        for piece in ("a", "- a", "# a", "> a\n\nb", "a\n:   b", "[^a]: [^a]", "    a")
    },
    "nested quotes": "\n".join(">" * depth + " a" for depth in range(300)),
    "nested lists": "\n".join("    " * depth + "- a" for depth in range(150)),
    "nested on one line": filled("1. "),
    "nested brackets": "[" * 4_000 + "a" + "](x)" * 2_000,
    "a sparse table": "|" + "a|" * 3_500 + "\n|" + "-|" * 3_500 + "\n" + "|\n" * 3_500,
    "small tables": filled("|a|b|\n|-|-|\n|c|d|\n\n"),
    "one long row": "|a|b|\n|-|-|\n|" + filled("`a|", 60_000),
    "footnote marks": "[^1]: a\n\n" + filled("[^1] ", 60_000),
    "a reference that is often used": "[a]: https://x.example/" + "y" * 9_000 + "\n\n" + ("[a] " * 200 + "\n\n") * 60,
    "runs of backticks": " ".join("`" * length for length in range(1, 360)),
    "fences of each length": "".join("`" * length + "\n" for length in range(3, 360)),
    "spaces": (" " * 9_000 + "a\n") * 7,
    "code of brackets": "```json\n" + "[" * 19_000 + "\n```",
    "code of quotes": "```python\n" + "'''\"" * 4_000 + "\n```",
    "code of slashes": "```javascript\n" + "/" * 19_000 + "\n```",
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_no_text_takes_long(text: str) -> None:
    started = time.process_time()
    try:
        Prose(seconds=30).html(text[:SIZE])
    except ProseError as error:
        assert "seconds" not in str(error)  # noqa: PT017  refused for its shape, or shown: both are right
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a" * 65_537, 0, "the text is 65,537 bytes long; at most 65,536 (64 KiB) are rendered"),
        ("é" * 40_000, 0, "the text is 80,000 bytes long; at most 65,536 (64 KiB) are rendered"),
        ("a\n\n" + "> " * 11 + "b", 3, "lists or quotes are more than 10 deep"),
        ("a\n\n" + " " * 40 + "- b", 3, "lists or quotes are more than 10 deep"),
        ("```\nx\n```\n" + "> a\n" * 301, 4, "301 headings, rules or quotes follow each other without a blank line"),
        ("# a\n\n" * 2_001, 0, "there are 2,001 headings, rules, quotes and definitions; at most 2,000 are rendered"),
        ("*\n\n" * 4_001, 0, "there are 4,001 paragraphs; at most 4,000 are rendered"),
        ("- a\n" * 4_001, 0, "there are 4,001 lines outside of code; at most 4,000 are rendered"),
        ("|a|b|\n|-|-|\n" + "|\n" * 2_000, 0, "there are 6,006 table cells; at most 6,000 are rendered"),
        ("[a] \n\n" * 3_001, 0, "there are 3,001 square brackets; at most 3,000 are rendered"),
        ("[^a]\n\n" * 301, 0, "there are 301 footnote marks; at most 300 are rendered"),
        ("`b` " + "a" * 9_997, 0, "a paragraph is 10,001 characters long; at most 10,000 are rendered"),
        ("*a* " * 501, 0, "a paragraph holds 1,002 marks of emphasis or code; at most 1,000 are rendered"),
        (
            "[a]: b" + "c" * 5_999 + "\n\n" + "[a] " * 90,
            0,
            "the targets of the links are 540,000 characters long; at most 524,288 are rendered",
        ),
    ],
)
def test_what_is_refused_says_why(text: str, line: int, message: str) -> None:
    with pytest.raises(ProseError) as caught:
        PROSE.html(text)
    assert (str(caught.value), caught.value.line) == (message, line)
    assert isinstance(caught.value, AlmanacError)


@pytest.mark.parametrize("method", ["html", "markdown", "inline", "plain", "sentence"])
def test_every_form_is_refused(method: str) -> None:
    with pytest.raises(ProseError, match="more than 10 deep"):
        getattr(PROSE, method)(">" * 11)


def test_code_may_hold_what_text_may_not() -> None:
    text = "```\n" + "> " * 11 + "\n" + "[^a]" * 400 + "\n" + "x" * 11_000 + "\n```"
    assert PROSE.html(text).startswith("<pre><code>&gt; &gt;")


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there is no clock that rings on this system")
def test_the_clock_is_the_last_resort() -> None:
    slow = ("*a*b " * 200 + "\n\n") * 60
    before = signal.getsignal(signal.SIGVTALRM)
    prose = Prose(seconds=0.01)
    with pytest.raises(ProseError, match=r"^the text takes more than 0\.01 seconds to render$"):
        prose.html(slow)
    assert signal.getsignal(signal.SIGVTALRM) is before
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)
    assert prose.html("*next*") == "<p><em>next</em></p>"


def test_what_python_cannot_nest_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_deep(_self: Converter, _text: str) -> str:
        raise RecursionError

    monkeypatch.setattr(Converter, "html", too_deep)
    with pytest.raises(ProseError, match=r"^the text is nested too deeply$"):
        Prose().html("*a*")
