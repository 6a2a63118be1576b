"""Reports of what changed: the same changes as text, as Markdown and as JSON."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.diff import Form, diff, report
from generator.errors import ContentError
from generator.history import Change, Kind, Thing, compare
from tests.exporters.sites import offering, site

FILES = {
    "authors/acme/author.yaml": "name: Acme\n",
    "authors/acme/models/sun.yaml": "name: Sun\n",
    "providers/p/provider.yaml": "name: P|Q\n",
    "providers/p/models/x.yaml": "price: {input: 2}\n",
}


def write(folder: Path, changes: dict[str, str | None]) -> Path:
    for name, text in {**FILES, **changes}.items():
        if text is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
    return folder


def made(tmp_path: Path) -> tuple[Change, ...]:
    old = write(tmp_path / "old", {"authors/acme/models/moon.yaml": "successor: acme/sun\n"})
    new = write(tmp_path / "new", {"providers/p/models/x.yaml": "price: {input: 1.5}\nlimits: {context: 8}\n"})
    (new / "providers/p/models/a|b.yaml").write_text("{}\n")
    return diff(old, new)[0]


def test_as_text(tmp_path: Path) -> None:
    assert report(made(tmp_path), Form.TEXT) == (
        "Added (1)\n  offering p/a|b\n\n"
        "Removed (1)\n  model acme/moon; now: acme/sun\n\n"
        "Prices (1)\n  offering p/x: Input: $2.00 → $1.50 (-25%)\n\n"
        "Limits (1)\n  offering p/x: Context: — → 8\n\n"
        "4 changes: 1 added, 1 removed, 1 prices, 1 limits\n"
    )
    assert report((), Form.TEXT) == "no changes\n"


def test_as_markdown_with_cells_that_stay_cells(tmp_path: Path) -> None:
    assert report(made(tmp_path), Form.MARKDOWN) == (
        "## Changes in the catalog\n\n1 added, 1 removed, 1 prices, 1 limits.\n\n"
        "### Added (1)\n\n| What | Id |\n|---|---|\n| Offering | <code>p/a\\|b</code> |\n\n"
        "### Removed (1)\n\n| What | Id | Use instead |\n|---|---|---|\n| Model | `acme/moon` | `acme/sun` |\n\n"
        "### Prices (1)\n\n| What | Id | Fact | Before | Now | Move |\n|---|---|---|---|---|---|\n"
        "| Offering | `p/x` | Input | $2.00 | $1.50 | -25% |\n\n"
        "### Limits (1)\n\n| What | Id | Fact | Before | Now |\n|---|---|---|---|---|\n"
        "| Offering | `p/x` | Context | — | 8 |\n"
    )
    assert report((), Form.MARKDOWN) == "## Changes in the catalog\n\nNo changes.\n"


def test_as_json_with_exact_amounts(tmp_path: Path) -> None:
    told = json.loads(report(made(tmp_path), Form.JSON))
    assert told["counts"] == {"added": 1, "removed": 1, "price": 1, "limit": 1}
    assert told["changes"][2] == {
        "kind": "price", "thing": "offering", "key": ["p", "x"], "name": "x", "fact": "price.input",
        "old": 2, "new": 1.5, "percent": -25,
    }  # fmt: skip


def test_a_long_list_in_markdown_is_cut_and_counted() -> None:
    many = tuple(
        Change(kind=Kind.ADDED, thing=Thing.OFFERING, key=("p", str(number)), name="x") for number in range(1203)
    )
    told = report(many, Form.MARKDOWN)
    assert told.count("\n| Offering") == 200
    assert told.endswith("\nAnd 1,003 more.\n")


def test_a_catalog_with_errors_is_not_compared(tmp_path: Path) -> None:
    old = write(tmp_path / "old", {})
    new = write(tmp_path / "new", {"providers/p/models/x.yaml": "model: acme/none\n"})
    with pytest.raises(ContentError, match="there is no model"):
        diff(old, new)


def test_the_order_does_not_depend_on_the_catalogs() -> None:
    one, other = site(offering(id="b"), offering(id="a")), site(offering(id="c"))
    ids = [change.key[1] for change in compare(one.world.catalog, other.world.catalog)]
    assert ids == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("arguments", "code", "out"),
    [
        (["old", "new"], 0, "1 prices"),
        (["old", "new", "--exit-code"], 1, "1 prices"),
        (["old", "old", "--exit-code"], 0, "no changes\n"),
        (["old", "new", "--format", "markdown"], 0, "### Prices (1)"),
        (["old", "new", "--format", "json"], 0, '"percent":-25'),
        (["old", "none"], 1, ""),
        (["old"], 2, ""),
    ],
)
def test_the_command(
    arguments: list[str], code: int, out: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["diff", *arguments])
    assert result.exit_code == code
    assert out in result.stdout
    assert bool(result.stderr) is (not out)


class _Answers(BaseHTTPRequestHandler):
    """Gives the JSON of a price map, and says nothing about it."""

    def do_GET(self) -> None:
        body = b'{"x": {"litellm_provider": "p", "input_cost_per_token": 1e-06}}'
        self.send_response(200 if self.path == "/prices.json" else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Say nothing."""


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("no_proxy", "*")
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_source_may_be_an_address(address: str, tmp_path: Path) -> None:
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, [*arguments])

    url, site, content = f"{address}/prices.json", str(tmp_path / "site"), str(tmp_path / "content")
    assert run("build", url, "-o", site, "-j", "1").exit_code == 0
    assert run("check", url).exit_code == 0
    assert run("import", url, "-o", content).exit_code == 0
    assert run("diff", url, content, "--exit-code").stdout == "no changes\n"
    assert run("diff", url, site, "--exit-code").stdout == "no changes\n"
    assert run("build", url, "-o", site, "-j", "1", "--previous", url).exit_code == 0
    assert (tmp_path / "site/changes.html").exists()
    lost = run("build", f"{address}/other", "-o", site)
    assert lost.exit_code == 1
    assert lost.stderr.startswith(f"{address}/other: error: cannot be fetched: the server answers 404 Not Found\n")
    refused = run("build", "http://a.example/x.json", "-o", site)
    assert refused.stderr.startswith("http://a.example/x.json: error: does not start with https://\n")
