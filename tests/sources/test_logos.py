import pytest

from generator.sources.logos import check_logo

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


@pytest.mark.parametrize(
    "inside",
    [
        "<path d='M0 0h24v24'/>",
        "<style>.a{fill:#111} .b{fill:url(#g)}</style><path class='a' d='M0 0'/>",
        "<linearGradient id='g'><stop offset='0'/></linearGradient><rect fill='url(#g)'/>",
        "<use href='#a'/>",
        "<use xlink:href='#a'/>",
        "<image href='data:image/png;base64,iVBORw0KGgo='/>",
        "<title>A name &amp; more</title>",
        "<!-- a comment -->",
    ],
)
def test_shapes_are_fine(inside: str) -> None:
    assert check_logo(f"{HEAD}{inside}</svg>".encode(), "logo.svg") is None


@pytest.mark.parametrize(
    "prolog",
    [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">',
    ],
)
def test_prologs_of_drawing_programs_are_fine(prolog: str) -> None:
    assert check_logo(f"{prolog}\n{HEAD}</svg>".encode(), "logo.svg") is None


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<script>alert(1)</script>", "holds a `script` element"),
        ("<SCRIPT>alert(1)</SCRIPT>", "holds a `SCRIPT` element"),
        ("<foreignObject/>", "holds a `foreignObject` element"),
        ("<a href='#x'/>", "holds a `a` element"),
        ("<animate attributeName='href'/>", "holds a `animate` element"),
        ("<set attributeName='onload'/>", "holds a `set` element"),
        ("<rect onload='alert(1)'/>", "holds the event handler `onload`"),
        ("<rect ONCLICK='alert(1)'/>", "holds the event handler `onclick`"),
        (
            "<image href='https://evil.example/x.png'/>",
            "refers to something outside of the file: `https://evil.example/x.png`",
        ),
        ("<image xlink:href='//evil.example/x'/>", "refers to something outside of the file: `//evil.example/x`"),
        ("<use href='other.svg#a'/>", "refers to something outside of the file: `other.svg#a`"),
        (
            "<image href='data:image/svg+xml;base64,AA=='/>",
            "refers to something outside of the file: `data:image/svg+xml;base64,AA==`",
        ),
        ("<image href='java&#9;script:alert(1)'/>", "refers to something outside of the file: `java\tscript:alert(1)`"),
        ("<rect fill='url(https://evil.example/#a)'/>", "refers to something outside of the file in `fill`"),
        ("<rect style='background:url(\"//evil.example\")'/>", "refers to something outside of the file in `style`"),
        (
            "<style>@import 'https://evil.example/x.css';</style>",
            "has a style that refers to something outside of the file",
        ),
        ("<style>a{b:u\\72l(x)}</style>", "has a style that refers to something outside of the file"),
        ("<h:script xmlns:h='http://www.w3.org/1999/xhtml'/>", "holds an element of another language: `script`"),
        ("<?xml-stylesheet href='x'?>", "holds a processing instruction: `xml-stylesheet`"),
    ],
)
def test_active_and_remote_content_is_refused(inside: str, message: str) -> None:
    problem = check_logo(f"{HEAD}\n{inside}</svg>".encode(), "logo.svg")
    assert problem is not None
    assert (problem.path, problem.line, problem.message) == ("logo.svg", 2, message)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is not a well-formed SVG file"),
        (b"GIF89a", "is not a well-formed SVG file"),
        (b"<svg", "is not a well-formed SVG file"),
        (b"\xff\xfe<\x00", "is not a well-formed SVG file"),
        (b"<html></html>", "is not an SVG file"),
        (b"<svg></svg>", "is not an SVG file"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>', "declares an entity"),
        (HEAD.encode() + b"<g>" * 70, "is nested more than 64 levels deep"),
        (b" " * (256 * 1024 + 1), "is larger than 256 KiB"),
    ],
)
def test_files_that_are_no_logo(data: bytes, message: str) -> None:
    problem = check_logo(data, "logo.svg")
    assert problem is not None
    assert problem.message == message
