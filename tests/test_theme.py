import gzip
import shutil
from pathlib import Path

import pytest

from generator.build import build
from generator.errors import TemplateFault
from generator.theme import Theme, packaged
from tests.golden import CONTENT


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def write(content: Path, name: str, text: str) -> None:
    path = content / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_site_overrides_one_block_of_one_page(content: Path, tmp_path: Path) -> None:
    write(content, "model.html", '{% extends "default:model.html" %}{% block footer %}<p>Ours</p>{% endblock %}')
    build(content, tmp_path / "site")
    model = (tmp_path / "site/authors/acme/models/sun-2.html").read_text()
    assert "<p>Ours</p>" in model
    assert "<h1" in model
    assert "<p>Ours</p>" not in (tmp_path / "site/authors/acme/index.html").read_text()


def test_a_partial_of_a_site_takes_the_place_of_the_packaged_one_in_packaged_pages(
    content: Path, tmp_path: Path
) -> None:
    build(content, tmp_path / "before")  # what is compiled for the packaged theme alone is kept
    write(content, "_partials/samples.html", "<p>Ask us.</p>")
    build(content, tmp_path / "site")
    pages = [
        (tmp_path / folder / "providers/bigcloud/models/acme/sun-2-at-002.html").read_text()
        for folder in ("before", "site")
    ]
    assert ["<p>Ask us.</p>" in page for page in pages] == [False, True]
    assert ["curl" in page for page in pages] == [True, False]


def test_a_site_overrides_one_block_of_a_markdown_page(content: Path, tmp_path: Path) -> None:
    write(
        content, "model.md", '{% extends "default:model.md" %}{% block footer %}{{ page.title }} is ours.{% endblock %}'
    )
    build(content, tmp_path / "site")
    assert (tmp_path / "site/authors/acme/models/sun-2.md").read_text().endswith("Sun 2 is ours.\n")


def test_packaged_scripts_are_published_without_comments_and_small_and_a_site_s_own_as_they_are(tmp_path: Path) -> None:
    write(tmp_path, "static/own.js", "// ours\nrun();\n")
    theme = Theme(tmp_path / "templates")
    scripts = {name: theme.published(path) for name, path in theme.static().items() if name.endswith(".js")}
    assert scripts.pop("own.js") == b"// ours\nrun();\n"
    assert scripts["chosen.js"].startswith(b'(() => {\n  "use strict";\n\n  const almanac')
    for name, script in scripts.items():
        source = (packaged() / "static" / name).read_bytes()
        kept = [line for line in source.partition(b"*/\n")[2].splitlines() if not line.lstrip().startswith(b"//")]
        assert script.splitlines() == kept, name
    assert len(gzip.compress(b"".join(scripts.values()), 9)) < 30_000


def test_a_site_replaces_a_page_and_a_static_file_and_adds_one(content: Path, tmp_path: Path) -> None:
    write(content, "families.html", "<!doctype html><title>x</title>{{ page.rows | length }} families")
    write(content, "static/almanac.css", "body { color: green }")
    write(content, "static/fonts/own.txt", "own")
    build(content, tmp_path / "site")
    assert (tmp_path / "site/families/index.html").read_text() == "<!doctype html><title>x</title>2 families"
    assert (tmp_path / "site/assets/almanac.css").read_text() == "body { color: green }"
    assert (tmp_path / "site/assets/fonts/own.txt").read_text() == "own"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "<p>\n{{ page.nothing }}",
            "model.html:2: 'generator.pages.models.ModelPage object' has no attribute 'nothing'",
        ),
        ("{{ page.title", "model.html:1: unexpected end of template, expected 'end of print statement'."),
        ('{% extends "no.html" %}', "model.html: there is no template `no.html`"),
        ("\n\n{{ 1 / 0 }}", "model.html:3: ZeroDivisionError: division by zero"),
    ],
)
def test_a_fault_in_a_template_names_template_line_and_page(
    content: Path, tmp_path: Path, text: str, message: str
) -> None:
    write(content, "model.html", text)
    with pytest.raises(TemplateFault) as caught:
        build(content, tmp_path / "site")
    assert str(caught.value) == f"{message} (while making authors/acme/models/sun-1.html)"
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n{% block fotter %}x{% endblock %}", ("model.html:2: there is no block `fotter` in the template that it "
         "extends; did you mean `footer`?")),
        ("{% block qqqqq %}x{% endblock %}", ("model.html:1: there is no block `qqqqq` in the template that it "
         "extends; its first comment names them")),
        ("{% block footer %}{% block inner %}x{% endblock %}{% endblock %}{% block title %}t{% endblock %}", ""),
    ],
)  # fmt: skip
def test_a_block_that_nothing_would_show_is_a_fault(content: Path, tmp_path: Path, text: str, message: str) -> None:
    write(content, "model.html", '{% extends "default:model.html" %}' + text)
    if message:
        with pytest.raises(TemplateFault) as caught:
            build(content, tmp_path / "site")
        assert str(caught.value) == message
    else:
        build(content, tmp_path / "site")
