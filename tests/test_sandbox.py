"""Templates of strangers: what is wrong with them is told with template, line and page; nothing of them gets out."""

import json
import resource
import subprocess
import sys
from pathlib import Path
from time import process_time

import pytest
from click.testing import CliRunner

from generator.build import build
from generator.cli import main
from tests.golden import CONTENT, pages
from tests.hostile.trees import BASES, files

PAGE = "(while making authors/acme/models/sun.html)"
BOMBS = [
    ("an endless include", "\n{% include 'model.html' %}", "model.html:2: includes or calls itself without end"),
    ("an endless macro", "{% macro m() %}\n{{ m() }}{% endmacro %}{{ m() }}", "model.html:"),
    (
        "a text of a gigabyte",
        "\n{{ 'a' * 1000000000 }}",
        "model.html:2: what is repeated may be 1,000,000 long at most",
    ),
    ("a list of a billion", "\n{{ [1] * 1000000000 }}", "model.html:2: what is repeated may be"),
    ("a power of a power", "\n{{ 10 ** 10 ** 8 }}", "model.html:2: a number may not be raised to more than 4,096"),
    ("a wide field", "\n{{ '%999999999d' % 1 }}", "model.html:2: text is not formatted with `%` here"),
    ("a wide middle", "\n{{ 'a'|center(1000000000) }}", "model.html:2: takes more than 128 MiB of memory"),
    ("a long range", "\n{% for i in range(1000000000) %}{% endfor %}", "model.html:2: OverflowError: Range too big."),
    (
        "loops in loops",
        "\n{% for a in range(9999) %}{% for b in range(9999) %}{{ b }}{% endfor %}{% endfor %}",
        "model.html:2: takes more",
    ),
    (
        "a text that doubles",
        "{% set n = namespace(s='a') %}\n{% for i in range(60) %}{% set n.s = n.s ~ n.s %}{% endfor %}{{ n.s }}",
        "model.html:2: takes more than 128 MiB of memory",
    ),
    (
        "a number that squares",
        "{% set n = namespace(x=9) %}\n{% for i in range(60) %}{% set n.x = n.x * n.x %}{% endfor %}",
        "model.html:2: a number may have 4,096 bits at most",
    ),
    ("five million words", "\n{% for i in range(60) %}{{ 'a' * 99999 }}{% endfor %}", "model.html:"),
]
ESCAPES = [
    (
        "the class of a text",
        "\n{{ ''.__class__.__mro__ }}",
        "model.html:2: access to attribute '__class__' of 'str'",
    ),
    ("the globals of a call", "\n{{ link.__globals__ }}", "model.html:2: "),
    ("a method of a record", "\n{{ page.model.model_dump() }}", "model.html:2: "),
    ("a change of a list", "\n{{ [1].append(2) }}", "model.html:2: "),
    ("the format of a text", "\n{{ '{0.__class__}'.format(1) }}", "model.html:2: access to attribute '__class__'"),
    ("a file above", "\n{% include '../site.yaml' %}", "model.html: there is no template `../site.yaml`"),
    ("a file of the machine", "\n{% include '/etc/passwd' %}", "model.html: there is no template `/etc/passwd`"),
    ("a module of Python", "\n{% import 'os' as os %}", "model.html: there is no template `os`"),
]
MISTAKES = [
    ("a tag left open", "\n{% if page %}", "model.html:2: Unexpected end of template."),
    ("a bracket left open", "\n\n{{ page.title", "model.html:3: unexpected end of template"),
    ("a name that means nothing", "\n{{ nothing }}", "model.html:2: 'nothing' is undefined"),
    ("a fact that there is not", "\n\n{{ page.nothing }}", "model.html:3: "),
    ("a filter that there is not", "\n{{ page.title|nothing }}", "model.html:2: No filter named 'nothing'."),
    ("a tag that there is not", "\n{% nothing %}", "model.html:2: Encountered unknown tag 'nothing'."),
    ("a filter of a wrong value", "\n{{ page.title|price }}", "model.html:2: "),
    ("a template that there is not", "{% extends 'nothing.html' %}", "model.html: there is no template `nothing.html`"),
    ("a division by zero", "\n{{ 1 / 0 }}", "model.html:2: ZeroDivisionError: division by zero"),
    ("an endless include", "\n{% include 'model.html' %}", "model.html:2: includes or calls itself without end"),
]


def run(folder: Path, text: str, *options: str) -> tuple[int, str]:
    files({**BASES["native"], "templates/model.html": text})(folder / "content")
    done = CliRunner().invoke(main, ["build", str(folder / "content"), "-o", str(folder / "site"), "-q", *options])
    return done.exit_code, done.stderr


def in_bounds(folder: str) -> None:
    """Build with every dangerous template, in a process whose memory is bounded, and say what came of each."""
    resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))
    found = {}
    for name, text, _ in (*BOMBS, *ESCAPES):
        began = process_time()
        code, told = run(Path(folder), text, "--untrusted-templates")
        found[name] = (code, told, process_time() - began)
    sys.stdout.write(json.dumps(found))


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str, float]]:
    call = "import sys; from tests.test_sandbox import in_bounds; in_bounds(sys.argv[1])"
    command = [sys.executable, "-c", call, str(tmp_path_factory.mktemp("bounds"))]
    done = subprocess.run(command, cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, tuple[int, str, float]] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is bounded on Linux")
@pytest.mark.parametrize(("name", "told"), [(name, told) for name, _, told in (*BOMBS, *ESCAPES)])
def test_dangerous_templates_end_with_template_line_and_page(
    results: dict[str, tuple[int, str, float]], name: str, told: str
) -> None:
    code, lines, seconds = results[name]
    assert code == 1
    assert lines.startswith(f"almanac: {told}"), lines
    assert PAGE in lines
    assert lines.count("\n") == 1
    assert seconds < 10


@pytest.mark.parametrize(
    ("text", "told"), [(text, told) for _, text, told in MISTAKES], ids=[name for name, *_ in MISTAKES]
)
@pytest.mark.parametrize("options", [(), ("--untrusted-templates",)], ids=["trusted", "not trusted"])
def test_a_mistake_is_told_with_template_line_and_page(
    tmp_path: Path, text: str, told: str, options: tuple[str, ...]
) -> None:
    code, lines = run(tmp_path, text, *options)
    assert (code, lines.count("\n")) == (1, 1)
    assert lines.startswith(f"almanac: {told}"), lines
    assert PAGE in lines
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("name", ["model.html", "static/x.css"])
def test_links_out_of_the_folder_are_not_followed(tmp_path: Path, name: str) -> None:
    secret, place = tmp_path / "secret", tmp_path / "content/templates" / name
    secret.write_text("secret")
    files(BASES["native"])(tmp_path / "content")
    place.parent.mkdir(parents=True)
    place.symlink_to(secret)
    done = CliRunner().invoke(
        main, ["build", str(tmp_path / "content"), "-o", str(tmp_path / "site"), "--untrusted-templates"]
    )
    assert done.exit_code == 1
    assert "out of the folder of the templates" in done.stderr


def test_the_theme_makes_the_same_pages_in_the_sandbox(tmp_path: Path) -> None:
    build(CONTENT, tmp_path / "one")
    build(CONTENT, tmp_path / "two", trusted=False)
    assert pages(tmp_path / "one") == pages(tmp_path / "two")
