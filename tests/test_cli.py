import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import COMMANDS, main
from generator.cli.printing import table
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
    assert lines[0].startswith("2 authors, 4 models, 2 providers, 5 offerings: ")
    assert re.search(r": \d+ pages in \d+ files, \d+\.\d s$", lines[0])
    assert lines[1] == "3 facts without a place of their own are kept under `extensions`"
    assert lines[2].endswith(" written, 0 unchanged, 0 removed")
    assert lines[3:] == [
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
        (["explain", "a3o7"], "there is no rule `a3o7`; did you mean `A307`?"),
        (["explain", "x"], "there is no rule `x`; `almanac explain` lists them"),
        (
            ["serve", "https://a.example/x.json"],
            "what is behind an address cannot be edited; `almanac import` makes files of it",
        ),
        (["list"], "Missing argument 'WHAT'. Choose from: models, offerings, providers, authors"),
        (
            ["list", "model"],
            (
                "Invalid value for 'WHAT': 'model' is not one of 'models', 'offerings', 'providers', 'authors'. "
                "Did you mean `models`?"
            ),
        ),
    ],
)
def test_wrong_usage_is_exit_code_2_and_one_line(arguments: list[str], message: str) -> None:
    done = run(*arguments)
    told, hint = done.stderr.splitlines()
    assert (done.exit_code, told) == (2, f"almanac: {message}")
    command = f"almanac {arguments[0]}" if arguments[0] in COMMANDS else "almanac"
    assert hint == f"    hint: `{command} --help` says what can be given"


@pytest.mark.parametrize("command", ["build", "import"])
def test_a_second_folder_is_told_how_it_is_given(command: str) -> None:
    done = run(command, CONTENT, "somewhere")
    assert done.exit_code == 2
    assert done.stderr.splitlines() == [
        "almanac: Got unexpected extra argument (somewhere)",
        "    hint: the folder to write is given with -o",
    ]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_of_each_what_it_says_of_itself(name: str) -> None:
    told = " ".join(run(name, "--help").stdout.split())
    assert COMMANDS[name] in told


def test_the_list_of_commands_loads_none_of_them() -> None:
    look = "import sys, generator.cli; print(*(m for m in sys.modules if m.startswith(('generator', 'pydantic'))))"
    loaded = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True).stdout
    assert loaded.split() == ["generator", "generator.cli"]


def test_nothing_given_shows_the_commands_and_is_wrong_usage() -> None:
    done = run()
    assert done.exit_code == 2
    assert done.stderr.startswith("Usage: almanac [OPTIONS] COMMAND [ARGS]...")


def test_a_reader_that_leaves_early_is_no_fault() -> None:
    command = [sys.executable, "-m", "generator", "explain"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == ""


def test_a_source_that_is_not_there(tmp_path: Path) -> None:
    done = run("build", tmp_path / "none", "-o", tmp_path / "site")
    assert done.exit_code == 1
    assert done.stderr.splitlines()[0] == f"{tmp_path / 'none'}: error: there is no such file or folder"


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
    assert "pages/more.md:5:1: error: broken link nowhere.html" in done.stderr


def test_removed_pages_go_and_foreign_files_stay(tmp_path: Path) -> None:
    content = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    site = tmp_path / "site"
    assert run("build", content, "-o", site).exit_code == 0
    (site / "CNAME").write_text("catalog.example.org")
    (content / "pages/more.md").unlink()
    about = content / "pages/about.md"
    about.write_text(about.read_text().replace("- [More](more.md)\n", ""))
    done = run("build", content, "-o", site)
    assert done.exit_code == 0
    assert " 2 removed; 1 file of others kept\n" in done.stdout
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


def test_an_import_says_what_it_took_over_and_what_to_do_next(tmp_path: Path) -> None:
    done = run("import", CONTENT, "-o", tmp_path / "content", "--provider", "tiny")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].startswith("2 authors in the source = ")
    assert lines[2:4] == [
        "2 providers in the source = 1 kept + 0 dropped + 1 not asked for",
        "5 offerings in the source = 4 kept + 0 dropped + 1 not asked for",
    ]
    assert lines[4].endswith(" written, 0 unchanged, 0 removed")
    assert lines[5:] == [f"Build it: almanac build {(tmp_path / 'content').as_posix()}"]
    assert run("build", tmp_path / "content", "-o", tmp_path / "site", "--quiet").output == ""


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--provider", "tinny"], 2, "almanac: there is no provider `tinny` in the source; did you mean `tiny`?"),
        (["--limit-to", "prices"], 2, "'prices' is not one of 'authors', 'models', 'providers', 'offerings'"),
        (["-o", CONTENT], 2, "lie in one another; choose a folder of its own"),
    ],
)
def test_an_import_that_cannot_be_is_told(arguments: list[str | Path], code: int, message: str, tmp_path: Path) -> None:
    done = run("import", CONTENT, "-o", tmp_path / "content", *arguments)
    assert done.exit_code == code
    assert message in done.output
    assert not (tmp_path / "content").exists()


def test_an_import_tells_what_both_changed(tmp_path: Path) -> None:
    source = shutil.copytree(CONTENT, tmp_path / "source")
    content, place = tmp_path / "content", "providers/tiny/models/homemade.yaml"
    assert run("import", source, "-o", content).exit_code == 0
    for folder, name in ((source, "Theirs"), (content, "Ours")):
        (folder / place).write_text(f"name: {name}\n")
    done = run("import", source, "-o", content, "--verbose")
    assert done.exit_code == 0
    assert f"{(content / place).as_posix()}: warning: name: was changed by hand and in the source" in done.stderr
    assert ", 1 with changes by hand" in done.stdout


def test_an_import_of_faults_writes_nothing(tmp_path: Path) -> None:
    source = shutil.copytree(CONTENT, tmp_path / "source")
    (source / "providers/tiny/models/bad.yaml").write_text("nam: x\n")
    done = run("import", source, "-o", tmp_path / "content")
    assert done.exit_code == 1
    assert "bad.yaml:1:1: error: nam: unknown key" in done.stderr
    assert done.stderr.endswith("almanac: 1 error; nothing was written\n")
    assert not (tmp_path / "content").exists()


def test_overlays_are_laid_in_the_order_in_which_they_are_given(tmp_path: Path) -> None:
    place = "providers/tiny/models/homemade.yaml"
    for name in ("one", "two"):
        (tmp_path / name / place).parent.mkdir(parents=True)
        (tmp_path / name / place).write_text(f"name: From {name}\n")
    site = tmp_path / "site"
    overlays: list[str | Path] = ["--overlay", tmp_path / "one", "--overlay", tmp_path / "two"]
    assert run("build", CONTENT, "-o", site, *overlays).exit_code == 0
    assert "# From two\n" in (site / "providers/tiny/models/homemade.md").read_text()
    (tmp_path / "two" / place).write_text("nam: x\n")
    done = run("build", CONTENT, "-o", site, *overlays)
    assert done.exit_code == 1
    assert "two/providers/tiny/models/homemade.yaml:1:1: error: nam: unknown key" in done.stderr


def test_a_row_fits_on_a_line_of_a_terminal_and_is_whole_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [["some/long-id-that-stays", "A name that goes on and on", "12"], ["x", "y", "3"]]
    assert table(("id", "name", "n"), rows).splitlines()[2] == "some/long-id-that-stays  A name that goes on and on  12"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "42")
    assert table(("id", "name", "n"), rows).splitlines() == [
        "id                       name            n",
        "-----------------------  -------------  --",
        "some/long-id-that-stays  A name that …  12",
        "x                        y               3",
    ]
    monkeypatch.setenv("COLUMNS", "10")
    assert table(("id", "name", "n"), rows).splitlines()[2] == "some/long-id-that-stays  A name th…  12"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--version"], 0, "almanac, version "),
        (["explain", "A307"], 0, "A307"),
        (["check", "nowhere"], 1, ""),
        (["nope"], 2, ""),
    ],
)
def test_the_program_ends_with_the_code_of_its_command_and_all_that_was_said(
    arguments: list[str], code: int, said: str
) -> None:
    command = [sys.executable, "-c", "from generator.cli import run; run()", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.startswith(said)) == (code, True)
    assert bool(done.stderr) is (code > 0)
    assert "Traceback" not in done.stderr


def test_the_program_ends_in_peace_when_nobody_reads_on() -> None:
    command = f"{sys.executable} -c 'from generator.cli import run; run()' list models {CONTENT} | head -c 1"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""
