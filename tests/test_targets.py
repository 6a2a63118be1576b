"""The Markdown edition at its hosts: what stands beside the pages, and what MkDocs and Hugo themselves say of it."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from generator.build import build
from generator.cli import main
from generator.config import Edition, Settings, Target
from generator.errors import UsageError
from generator.paths import public
from generator.targets import check
from tests.golden import CONTENT

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "content"
STARMAP = "starmap-2025-09-catalog.tar.gz"


def made(source: Path, folder: Path, target: str, **changes: object) -> Path:
    build(source, folder, changes={"editions": ("md",), "target": target, **changes})
    return folder


def files(folder: Path, kind: str = "*") -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob(kind) if path.is_file()}


def run(folder: Path, *command: str) -> str:
    """Run a module of this Python in a folder and return what it said."""
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONWARNINGS", "PYTHONPATH"}}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


# The golden catalog has every kind of page; the large ones take a minute each and are for `make qa`.
CATALOGS = ["golden", *(["shipped", "starmap"] if os.environ.get("ALMANAC_QA") else [])]


@pytest.fixture(scope="module", params=CATALOGS)
def catalog(request: pytest.FixtureRequest) -> Path:
    if request.param != "starmap":
        return {"golden": CONTENT, "shipped": SHIPPED}[request.param]
    archive = Path(os.environ.get("ALMANAC_DATA", "")) / STARMAP
    if not archive.is_file():
        pytest.skip(f"ALMANAC_DATA names no folder with {STARMAP}")
    return archive


@pytest.fixture(scope="module")
def mkdocs(catalog: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = made(catalog, tmp_path_factory.mktemp("mkdocs") / "site", "mkdocs", base_url="https://docs.example/x/")
    return folder, run(folder, "mkdocs", "build", "--strict")


@pytest.fixture(scope="module")
def hugo(catalog: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = made(catalog, tmp_path_factory.mktemp("hugo") / "site", "hugo", base_url="https://docs.example/x/")
    return folder, run(folder, "hugo", "--printPathWarnings")


def reached(site: Path, start: str) -> tuple[set[str], set[str]]:
    """Return the pages that links lead to from the first one, and the links that lead to no file."""
    everything = files(site)
    found, waiting, dead = {start}, [start], set[str]()
    while waiting:
        file = waiting.pop()
        tree = HTMLParser((site / file).read_text(encoding="utf-8"))
        addresses = [node.attributes["href"] or "" for node in tree.css("a[href]")]
        addresses += [node.attributes["src"] or "" for node in tree.css("img[src]")]
        for address in addresses:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            path = unquote(parts.path)
            target = normpath(f"{dirname(file)}/{path}").lstrip("/") if not path.startswith("/") else path[1:]
            if path.endswith("/") or path in (".", ".."):
                target = normpath(f"{target}/index.html")
            if target not in everything:
                dead.add(f"{file}: {address}")
            elif target.endswith(".html") and target not in found:
                found.add(target)
                waiting.append(target)
    return found, dead


def test_mkdocs_builds_it_without_a_warning(mkdocs: tuple[Path, str]) -> None:
    assert "WARNING" not in mkdocs[1]
    assert files(mkdocs[0] / "docs", "*.md") == {
        name.removesuffix("index.html") + "README.md"
        if name.endswith("index.html")
        else name.removesuffix(".html") + ".md"
        for name in files(mkdocs[0] / "site", "*.html") - {"404.html"}
    }


def test_links_lead_from_the_first_page_that_mkdocs_made_to_every_other(mkdocs: tuple[Path, str]) -> None:
    site = mkdocs[0] / "site"
    found, dead = reached(site, "index.html")
    assert dead == set()
    assert files(site, "*.html") - found == {"404.html"}


def test_what_mkdocs_made_loads_nothing_from_another_host(mkdocs: tuple[Path, str]) -> None:
    for name in ("index.html", "models/index.html"):
        tree = HTMLParser((mkdocs[0] / "site" / name).read_text(encoding="utf-8"))
        loaded = [node.attributes["src"] or "" for node in tree.css("script[src]")]
        loaded += [node.attributes["href"] or "" for node in tree.css('link[rel="stylesheet"]')]
        assert loaded
        assert [address for address in loaded if urlsplit(address).netloc] == []


def test_hugo_builds_it_without_an_error_or_a_warning(hugo: tuple[Path, str]) -> None:
    assert "ERROR" not in hugo[1]
    assert "WARN" not in hugo[1]
    assert {name.removesuffix("README.md").removesuffix(".md") for name in files(hugo[0] / "content", "*.md")} == {
        name.removesuffix("index.html").rstrip("/") + ("/" if is_folder(hugo[0], name) else "")
        for name in files(hugo[0] / "public", "*.html")
    }


def is_folder(folder: Path, name: str) -> bool:
    parent = dirname(name)
    return bool(parent) and (folder / "content" / parent / "README.md").is_file()


def test_links_lead_from_the_first_page_that_hugo_made_to_every_other(hugo: tuple[Path, str]) -> None:
    site = hugo[0] / "public"
    found, dead = reached(site, "index.html")
    assert dead == set()
    assert files(site, "*.html") - found == set()


def test_hugo_refuses_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    folder = made(CONTENT, tmp_path / "site", "hugo", badges="local")
    page = folder / "content/authors/acme/README.md"
    run(folder, "hugo")
    page.unlink()
    page.write_text("[x](models/nothing.md)\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "hugo"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert 'REF_NOT_FOUND: Ref "models/nothing.md"' in done.stdout + done.stderr


@pytest.mark.parametrize(("target", "built"), [("mkdocs", "site"), ("hugo", "public")])
def test_images_of_the_site_are_found_at_each_host(tmp_path: Path, target: str, built: str) -> None:
    folder = made(CONTENT, tmp_path / "site", target, badges="local")
    run(folder, *{"mkdocs": ("mkdocs", "build", "--strict"), "hugo": ("hugo",)}[target])
    found, dead = reached(folder / built, "index.html")
    assert dead == set()
    assert len(found) > 10
    assert any(name.endswith("/logo.svg") for name in files(folder / built))


@pytest.mark.parametrize(
    ("target", "folder", "beside"),
    [
        ("github", "", set[str]()),
        ("mkdocs", "docs/", {"mkdocs.yml"}),
        (
            "hugo",
            "content/",
            {"hugo.toml", "layouts/all.html", "layouts/_markup/render-link.html", "layouts/_markup/render-image.html"},
        ),
    ],
)
def test_the_same_files_stand_in_the_folder_of_each_host(
    tmp_path: Path, target: str, folder: str, beside: set[str]
) -> None:
    plain = made(CONTENT, tmp_path / "plain", "github", base_url=None)
    site = made(CONTENT, tmp_path / "site", target, base_url=None)
    pages = {name for name in files(plain) if not name.startswith(".")}
    assert {name for name in files(site) if not name.startswith(".")} == {folder + name for name in pages} | beside
    assert [name for name in pages if (plain / name).read_bytes() != (site / (folder + name)).read_bytes()] == []


def test_a_second_build_for_a_host_changes_nothing(tmp_path: Path) -> None:
    site = made(CONTENT, tmp_path / "site", "mkdocs")
    times = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    made(CONTENT, tmp_path / "site", "mkdocs")
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()} == times


HOSTILE = 'A "B": \\ #c\u2028{{ d }}: - é'


@pytest.mark.parametrize("target", ["mkdocs", "hugo"])
def test_a_title_of_any_text_is_a_title_to_the_host(tmp_path: Path, target: str) -> None:
    folder = made(CONTENT, tmp_path / "site", target, title=HOSTILE, base_url="https://docs.example/x/")
    if target == "mkdocs":
        config = yaml.safe_load((folder / "mkdocs.yml").read_text(encoding="utf-8"))
        assert (config["site_name"], config["site_url"]) == (HOSTILE, "https://docs.example/x/")
    else:
        config = tomllib.loads((folder / "hugo.toml").read_text(encoding="utf-8"))
        assert (config["title"], config["baseURL"]) == (HOSTILE, "https://docs.example/x/")


@pytest.mark.parametrize("target", [Target.MKDOCS, Target.HUGO])
@pytest.mark.parametrize("editions", [(Edition.HTML,), (Edition.HTML, Edition.MD)])
def test_a_host_that_makes_html_itself_is_given_markdown_alone(target: Target, editions: tuple[Edition, ...]) -> None:
    with pytest.raises(UsageError) as caught:
        check(Settings(target=target, editions=editions))
    message = f"the target {target} is built from the Markdown edition alone: set the editions to md"
    assert str(caught.value) == message


@pytest.mark.parametrize("editions", [(Edition.HTML,), (Edition.MD,), (Edition.HTML, Edition.MD)])
def test_github_takes_any_edition(editions: tuple[Edition, ...]) -> None:
    check(Settings(editions=editions))


@pytest.mark.parametrize(
    ("stem", "edition", "target", "address"),
    [
        ("", "md", "github", "README.md"),
        ("authors/", "html", "github", "authors/index.html"),
        ("authors/x", "md", "github", "authors/x.md"),
        ("", "md", "mkdocs", "index.html"),
        ("authors/", "md", "mkdocs", "authors/index.html"),
        ("authors/x", "md", "mkdocs", "authors/x.html"),
        ("", "md", "hugo", ""),
        ("authors/", "md", "hugo", "authors/"),
        ("authors/x", "md", "hugo", "authors/x/"),
    ],
)
def test_the_canonical_address_is_where_the_host_publishes(stem: str, edition: str, target: str, address: str) -> None:
    assert public(stem, edition, target) == address


HINT = "    hint: `almanac build --help` says what can be given\n"


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--target", "mkdocs"], 0, ""),
        (["--target", "hugo", "--editions", "md"], 0, ""),
        (["--target", "github"], 0, ""),
        (
            ["--target", "hugo", "--editions", "html,md"],
            2,
            "almanac: the target hugo is built from the Markdown edition alone: set the editions to md\n" + HINT,
        ),
    ],
)
def test_the_command_takes_the_markdown_edition_where_the_host_needs_it(
    tmp_path: Path, options: list[str], code: int, said: str
) -> None:
    done = CliRunner().invoke(main, ["build", str(CONTENT), "-o", str(tmp_path / "site"), "--quiet", *options])
    assert (done.exit_code, done.stderr) == (code, said)
    assert (tmp_path / "site").exists() is (code == 0)
