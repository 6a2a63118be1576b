"""The archives and the locks: what is shipped, and whether it works where only that is installed."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from importlib.metadata import distribution
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from installer import install
from installer.destinations import SchemeDictionaryDestination
from installer.sources import WheelFile
from installer.utils import get_launcher_kind
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from generator import __version__

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "requirements"

TINY = {
    "site.yaml": "title: Tiny\n",
    "authors/acme/author.md": "---\nname: Acme\n---\nMakes anvils.\n",
    "authors/acme/models/anvil-1.md": "---\nname: Anvil One\n---\nHeavy.\n",
    "providers/forge/provider.md": "---\nname: Forge\n---\n",
    "providers/forge/models/anvil.yaml": "model: acme/anvil-1\nprice: {input: 0.25, output: 7.125}\n",
}


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command as a user would who has nothing set, and return what it printed."""
    environment = {"PATH": os.defpath, "HOME": str(cwd), "PYTHONWARNINGS": "default"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist from the checkout and the wheel from that sdist, with the locked backend."""
    folder = tmp_path_factory.mktemp("archives")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(archives: Path) -> Path:
    (found,) = archives.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def in_wheel(wheel: Path) -> frozenset[str]:
    with zipfile.ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


@pytest.fixture(scope="module")
def in_sdist(archives: Path) -> frozenset[str]:
    (sdist,) = archives.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        return frozenset(str(PurePosixPath(*PurePosixPath(name).parts[1:])) for name in archive.getnames())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the commands' folder of an environment with the wheel, its locked dependencies and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, symlinks=os.name != "nt")
    paths = sysconfig.get_paths("venv", vars={"base": str(folder), "platbase": str(folder)})
    for requirement in pins("runtime.txt").values():
        for origin in parts(requirement.name):
            (Path(paths["purelib"]) / origin.name).symlink_to(origin)
    interpreter = str(Path(paths["scripts"]) / "python")
    destination = SchemeDictionaryDestination(paths, interpreter=interpreter, script_kind=get_launcher_kind())
    with WheelFile.open(wheel) as source:
        install(source, destination, additional_metadata={})
    return Path(paths["scripts"])


def parts(name: str) -> Iterator[Path]:
    """Yield the files and folders at the top of an installed distribution."""
    installed = distribution(name)
    tops = {file.parts[0] for file in installed.files or ()} - {"..", "__pycache__"}
    assert tops, f"{name} does not say which files it has"
    for top in tops:
        yield Path(str(installed.locate_file(top)))


def pins(lock: str) -> dict[str, Requirement]:
    """Return the pins of a lock that hold on this machine, by name."""
    lines = (LOCKS / lock).read_text(encoding="utf-8").splitlines()
    found = (Requirement(line.rstrip(" \\")) for line in lines if line and not line.startswith((" ", "#")))
    return {canonicalize_name(pin.name): pin for pin in found if pin.marker is None or pin.marker.evaluate()}


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def requested(group: str) -> list[Requirement]:
    """Return what the project asks for in order to run, and what a group adds."""
    tables = project()
    groups = tables["dependency-groups"]
    rows = [*tables["project"]["dependencies"]]
    for row in groups[group]:
        rows += groups[row["include-group"]] if isinstance(row, dict) else [row]
    return [Requirement(row) for row in rows]


def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(archive.read(name))


def test_wheel_holds_every_template(in_wheel: frozenset[str]) -> None:
    theme = ROOT / "templates"
    wanted = {file.relative_to(theme).as_posix() for file in theme.rglob("*") if file.is_file()}
    assert wanted
    prefix = "generator/_templates/"
    assert {name.removeprefix(prefix) for name in in_wheel if name.startswith(prefix)} == wanted


def test_wheel_holds_the_package_and_nothing_beside_it(in_wheel: frozenset[str]) -> None:
    assert {name.partition("/")[0] for name in in_wheel} == {"generator", f"almanac_catalog-{__version__}.dist-info"}


@pytest.mark.parametrize("name", ["content", "site"])
def test_sdist_leaves_the_shipped_catalog_out(name: str, in_sdist: frozenset[str]) -> None:
    assert not [path for path in in_sdist if path.partition("/")[0] == name]


@pytest.mark.parametrize("name", ["LICENSE", "Makefile", "README.md", "requirements/dev.txt", ".ci/tools"])
def test_sdist_holds_what_the_tests_need(name: str, in_sdist: frozenset[str]) -> None:
    assert name in in_sdist


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("Name", "almanac-catalog"),
        ("Version", __version__),
        ("Requires-Python", ">=3.11"),
        ("License-Expression", "MIT"),
    ],
)
def test_metadata(field: str, value: str, wheel: Path) -> None:
    assert metadata(wheel)[field] == value


def test_installed_package_is_the_one_of_the_wheel(installed: Path, tmp_path: Path) -> None:
    where = run(installed / "python", "-c", "import generator; print(generator.__file__)", cwd=tmp_path).strip()
    assert Path(where).is_relative_to(installed.parent)


def test_installed_wheel_builds_a_site(installed: Path, tmp_path: Path) -> None:
    for name, text in TINY.items():
        file = tmp_path / "catalog" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    run(installed / "almanac", "build", "catalog", "-o", "built", cwd=tmp_path)

    site = tmp_path / "built"
    assert "Tiny" in (site / "index.html").read_text(encoding="utf-8")
    assert "Tiny" in (site / "README.md").read_text(encoding="utf-8")
    for edition in ("html", "md"):
        assert "Anvil One" in (site / f"authors/acme/models/anvil-1.{edition}").read_text(encoding="utf-8")
        assert "7.125" in (site / f"providers/forge/models/anvil.{edition}").read_text(encoding="utf-8")
    assert list((site / "assets").glob("*.css"))


@pytest.mark.parametrize(("lock", "group"), [("runtime.txt", "install"), ("dev.txt", "dev")])
def test_lock_answers_what_the_project_asks_for(lock: str, group: str) -> None:
    found = pins(lock)
    for wanted in requested(group):
        (pin,) = found[canonicalize_name(wanted.name)].specifier
        assert wanted.specifier.contains(pin.version), f"{lock} pins {pin.version} for {wanted}: make lock"


def test_locks_agree() -> None:
    dev = pins("dev.txt")
    assert {name: str(pin) for name, pin in pins("runtime.txt").items() if str(dev.get(name)) != str(pin)} == {}


@pytest.mark.parametrize("lock", ["runtime.txt", "dev.txt"])
def test_lock_pins_by_hash_and_names_no_index(lock: str) -> None:
    text = (LOCKS / lock).read_text(encoding="utf-8")
    blocks = text.replace("\\\n", "").splitlines()
    rows = [row for row in blocks if row and not row.startswith((" ", "#"))]
    assert rows
    assert [row for row in rows if "==" not in row or "--hash=sha256:" not in row] == []
    assert "://" not in text
