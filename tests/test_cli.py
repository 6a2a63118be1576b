import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from tests.golden import CONTENT


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_a_build_says_what_it_made_and_where(tmp_path: Path) -> None:
    done = run("build", CONTENT, "-o", tmp_path / "site")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].startswith("2 authors, 4 models, 2 providers, 5 offerings: 23 pages in ")
    assert lines[1].endswith(" written, 0 unchanged, 0 removed, 0 not ours kept")
    assert lines[2:] == [
        f"Open {(tmp_path / 'site/index.html').as_posix()} in a browser.",
        f"Open {(tmp_path / 'site/README.md').as_posix()} as Markdown.",
    ]


def test_quiet_prints_nothing(tmp_path: Path) -> None:
    done = run("build", CONTENT, "-o", tmp_path / "site", "--quiet")
    assert (done.exit_code, done.output) == (0, "")


@pytest.mark.parametrize(
    ("editions", "there", "not_there"), [("html", "index.html", "README.md"), ("md", "README.md", "index.html")]
)
def test_one_edition_alone(tmp_path: Path, editions: str, there: str, not_there: str) -> None:
    assert run("build", CONTENT, "-o", tmp_path / "site", "--editions", editions).exit_code == 0
    assert (tmp_path / "site" / there).exists()
    assert not (tmp_path / "site" / not_there).exists()


def test_the_base_url_makes_canonical_links(tmp_path: Path) -> None:
    assert run("build", CONTENT, "-o", tmp_path / "site", "--base-url", "https://x.example/y").exit_code == 0
    page = (tmp_path / "site/authors/index.html").read_text()
    assert '<link rel="canonical" href="https://x.example/y/authors/index.html">' in page
    assert 'href="/y/models/index.html"' in (tmp_path / "site/404.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build", "--edition", "md"], "No such option '--edition'. Did you mean '--editions'?"),
        (["build", "--editions", "pdf"], "Invalid value for --editions: write html, md or html,md"),
        (["build", "--editions", ""], "Invalid value for --editions: write html, md or html,md"),
        (["build", "--base-url", "x.example"], "Invalid value for --base-url: write the whole address, with https://"),
        (["build", "--jobs", "-1"], "Invalid value for '-j' / '--jobs': -1 is not in the range x>=0."),
        (["biuld"], "No such command 'biuld'. Did you mean 'build'?"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_one_line(arguments: list[str], message: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert done.stderr.splitlines()[-1] == f"Error: {message}"


def test_a_source_that_is_not_there(tmp_path: Path) -> None:
    done = run("build", tmp_path / "none", "-o", tmp_path / "site")
    assert done.exit_code == 1
    assert done.stderr.splitlines()[0] == f"{tmp_path / 'none'}: error: is not a folder"


def test_the_content_folder_is_refused_as_output(tmp_path: Path) -> None:
    content = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    before = files(content)
    done = run("build", content, "-o", content)
    assert done.exit_code == 2
    assert files(content) == before


def test_a_fault_in_the_content_leaves_the_published_site_alone(tmp_path: Path) -> None:
    content = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    assert run("build", content, "-o", tmp_path / "site").exit_code == 0
    before = files(tmp_path / "site")
    model = content / "authors/acme/models/sun-1.yaml"
    model.write_text(model.read_text().replace("family: sun", "famly: sun\nlicence: 4.10"))
    done = run("build", content, "-o", tmp_path / "site")
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        f"{model}:2:1: error: famly: unknown key",
        "    hint: did you mean `family`?",
        f"{model}:3:1: error: licence: unknown key",
        "    hint: did you mean `license`?",
        "almanac: 2 errors; the published site is as it was",
    ]
    assert files(tmp_path / "site") == before


def test_a_link_to_nowhere_in_prose_is_told(tmp_path: Path) -> None:
    content = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    (content / "pages/more.md").write_text("---\ntitle: More\n---\n\n[gone](nowhere.html)\n")
    done = run("build", content, "-o", tmp_path / "site")
    assert done.exit_code == 1
    assert "pages/more.html: error: broken link nowhere.html" in done.stderr


def test_removed_pages_go_and_foreign_files_stay(tmp_path: Path) -> None:
    content = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    site = tmp_path / "site"
    assert run("build", content, "-o", site).exit_code == 0
    (site / "CNAME").write_text("catalog.example.org")
    (content / "pages/more.md").unlink()
    done = run("build", content, "-o", site)
    assert done.exit_code == 0
    assert " 2 removed, 1 not ours kept" in done.stdout
    assert not (site / "pages/more.html").exists()
    assert (site / "CNAME").read_text() == "catalog.example.org"


def test_local_badges_are_files_of_the_site(tmp_path: Path) -> None:
    content = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    settings = content / "site.yaml"
    settings.write_text(settings.read_text().replace("badges: shields", "badges: local"))
    assert run("build", content, "-o", tmp_path / "site").exit_code == 0
    model = (tmp_path / "site/authors/acme/models/sun-2.md").read_text()
    assert "(../../../assets/badges/text-yes-blue.svg)" in model
    assert "shields.io" not in model
    assert (tmp_path / "site/assets/badges/text-yes-blue.svg").read_text().startswith("<svg")


def test_warnings_and_json_stay_out_of_a_clean_build(tmp_path: Path) -> None:
    done = run("build", CONTENT, "-o", tmp_path / "site", "--verbose")
    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads((tmp_path / "site/.almanac.json").read_text())
