"""A site behind an address: the bytes of a folder, only what differs is sent, and nothing of others is touched."""

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import fsspec
import pytest
from click.testing import CliRunner
from fsspec.implementations.asyn_wrapper import AsyncFileSystemWrapper

from generator.build import build
from generator.cli import main
from generator.errors import AlmanacError, ContentError, PublishError, UsageError
from generator.output import Output, digest, parse_manifest
from generator.publish import Published
from generator.remote import Remote, is_remote

GOLDEN = Path(__file__).parent / "golden" / "content"

Files = Mapping[str, bytes]

OLD: Files = {
    "assets/site.css": b"style",
    "authors/x/models/y.html": b"y",
    "authors/x/index.html": b"x",
    "authors/x/README.md": b"x",
    "feed.xml": b"old feed",
    "gone.html": b"gone",
    "index.html": b"old",
    "models/index.html": b"old models",
}
NEW: Files = {
    "assets/site.css": b"style",
    "authors/x/models/y.html": b"y, changed",
    "authors/x/index.html": b"x, changed",
    "authors/x/README.md": b"x",
    "authors/x/models/z.html": b"z",
    "data.js": b"data",
    "feed.xml": b"new feed",
    "index.html": b"new",
    "models/index.html": b"new models",
}
STEPS = [
    ("pipe_file", [".almanac.json"]),
    ("put", ["data.js"]),
    ("put", ["authors/x/models/z.html"]),
    ("put", ["feed.xml"]),
    ("put", ["authors/x/models/y.html"]),
    ("put", ["authors/x/index.html"]),
    ("put", ["models/index.html"]),
    ("put", ["index.html"]),
    ("rm", ["gone.html"]),
    ("pipe_file", [".almanac.json"]),
]


@pytest.fixture(params=["memory", "file"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    yield "memory://almanac/site" if request.param == "memory" else f"file://{tmp_path}/published/site"
    fsspec.filesystem("memory").store.clear()


def tree(url: str) -> dict[str, bytes]:
    files, root = fsspec.url_to_fs(url)
    return {
        name.removeprefix(f"{root}/"): files.cat_file(name) for name in (files.find(root) if files.exists(root) else ())
    }


def folder(path: Path) -> dict[str, bytes]:
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in path.rglob("*") if file.is_file()}


def put(url: str, files: Files) -> None:
    for name, data in files.items():
        store, root = fsspec.url_to_fs(f"{url}/{name}", **({"auto_mkdir": True} if url.startswith("file") else {}))
        store.pipe_file(root, data)


class Watched:
    """A store that tells what is asked of it, and may refuse."""

    def __init__(self, place: Remote, refuses: Callable[[str, list[str]], bool] = lambda _how, _what: False) -> None:
        self.files, self.root, self.refuses = place.files, place.root, refuses
        self.asked: list[tuple[str, list[str]]] = []
        place.__dict__["_opened"] = (self, self.root)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.files, name)

    def _do(self, how: str, *given: Any) -> None:
        last = given[1] if how == "put" else given[0]
        what = [name.removeprefix(f"{self.root}/") for name in ([last] if isinstance(last, str) else last)]
        self.asked.append((how, what))
        if self.refuses(how, what):
            raise TimeoutError("the store\ndoes not answer")
        getattr(self.files, how)(*given)

    def put(self, *given: Any) -> None:
        self._do("put", *given)

    def rm(self, *given: Any) -> None:
        self._do("rm", *given)

    def pipe_file(self, *given: Any) -> None:
        self._do("pipe_file", *given)


def send(place: Remote, files: Files) -> Published:
    with place.staging(shared=False) as staging:
        for path, data in files.items():
            staging.write(Output(path, data))
        return staging.publish({path: digest(data) for path, data in files.items()})


def sent(url: str) -> Files:
    return {name: data for name, data in tree(url).items() if name != ".almanac.json"}


@pytest.mark.parametrize("target", ["github", "mkdocs"])
def test_the_bytes_are_those_of_a_folder(url: str, target: str, tmp_path: Path) -> None:
    changes: dict[str, object] = {"target": target} | ({"editions": ("md",)} if target == "mkdocs" else {})
    there = build(GOLDEN, Remote(url), changes=changes).published
    here = build(GOLDEN, tmp_path / "site", changes=changes).published
    assert tree(url) == folder(tmp_path / "site")
    assert there == here
    assert there.written > 100


@pytest.mark.parametrize("afresh", [False, True])
def test_what_has_not_changed_is_not_sent_again(url: str, *, afresh: bool) -> None:
    files = build(GOLDEN, Remote(url)).files
    put(url, {"notes.txt": b"not ours"})
    place = Remote(url)
    watched = Watched(place)
    assert build(GOLDEN, place, afresh=afresh).published == Published(written=0, unchanged=files, removed=0, kept=1)
    assert watched.asked == []


def test_only_what_differs_is_sent_and_what_pages_lead_to_comes_first(url: str) -> None:
    send(Remote(url), OLD)
    put(url, {"notes.txt": b"not ours", "models/logo.png": b"not ours either"})
    place = Remote(url)
    watched = Watched(place)
    assert send(place, NEW) == Published(written=7, unchanged=2, removed=1, kept=2)
    assert watched.asked == STEPS
    assert sent(url) == {**NEW, "notes.txt": b"not ours", "models/logo.png": b"not ours either"}
    assert parse_manifest(tree(url)[".almanac.json"], url) == {path: digest(data) for path, data in NEW.items()}


@pytest.mark.parametrize("step", range(len(STEPS)))
def test_a_store_that_refuses_is_told_and_the_next_build_mends_what_is_there(step: int) -> None:
    url = "memory://almanac/site"
    send(Remote(url), OLD)
    put(url, {"notes.txt": b"not ours"})
    place = Remote(url)
    watched = Watched(place, lambda how, what: len(watched.asked) == step + 1)
    with pytest.raises(PublishError) as caught:
        send(place, NEW)
    assert str(caught.value) == (
        "cannot publish `memory://almanac/site`: the store does not answer; "
        "old and new files may stand side by side there until the next build"
    )
    after = {**OLD, **NEW}
    assert all(data in (OLD.get(path), after.get(path), b"not ours") for path, data in sent(url).items())
    assert send(Remote(url), NEW).kept == 1
    assert sent(url) == {**NEW, "notes.txt": b"not ours"}
    fsspec.filesystem("memory").store.clear()


def test_a_fault_in_a_page_leaves_what_is_there_as_it_was(url: str, tmp_path: Path) -> None:
    content = shutil.copytree(GOLDEN, tmp_path / "content")
    build(content, Remote(url))
    before = tree(url)
    (content / "pages/more.md").write_text("---\ntitle: More\n---\n\n[gone](nowhere.html)\n")
    place = Remote(url)
    watched = Watched(place)
    with pytest.raises(ContentError, match=r"pages/more\.md:5:1: error: broken link nowhere\.html"):
        build(content, place)
    assert watched.asked == []
    assert tree(url) == before


def test_what_is_gone_from_the_store_is_sent_again(url: str) -> None:
    send(Remote(url), OLD)
    files, root = fsspec.url_to_fs(url)
    files.rm(f"{root}/index.html")
    assert Remote(url).still_holds() is None
    assert send(Remote(url), OLD) == Published(written=1, unchanged=7, removed=0, kept=0)
    assert sent(url) == OLD


def test_what_killed_builds_left_is_no_file_of_others_and_goes(url: str) -> None:
    put(url, {".almanac-new-12ab/models/index.html": b"half"})
    assert send(Remote(url), OLD).kept == 0
    assert sent(url) == OLD


def test_of_two_builds_at_a_time_the_later_one_publishes_nothing(url: str) -> None:
    send(Remote(url), OLD)
    with Remote(url).staging(shared=False) as staging:
        staging.write(Output("index.html", b"late"))
        send(Remote(url), NEW)
        with pytest.raises(PublishError, match=r"another build has published .* meanwhile, and this one did not"):
            staging.publish({"index.html": digest(b"late")})
    assert sent(url) == NEW


@pytest.mark.parametrize(
    ("there", "message"),
    [
        ({"index.html": b"theirs"}, r"is not empty and was not made by Almanac \(it holds `index.html`\); choose a "),
        ({".almanac.json": b"{"}, r"\.almanac\.json` is damaged, so Almanac cannot tell its own files in "),
        ({".almanac.json": b'{"schema": 9, "files": {}}'}, "was written by a later Almanac; use that one, or another "),
        (
            {".almanac.json": b'{"schema": 1, "files": {}}', "index.html": b"x"},
            "not written by Almanac, and in the pla",
        ),
    ],
)
def test_a_place_of_others_is_refused(url: str, there: Files, message: str) -> None:
    put(url, there)
    with pytest.raises(UsageError, match=message):
        build(GOLDEN, Remote(url))
    assert tree(url) == there


def test_hidden_files_do_not_make_a_place_that_of_others(url: str) -> None:
    put(url, {".nojekyll": b""})
    assert build(GOLDEN, Remote(url)).published.kept == 1


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("s3://bucket/models", "to write to `s3://bucket/models` needs one more package (Install s3fs to access S3)"),
        ("nowhere://bucket/", "`nowhere://bucket` is not an address that fsspec knows"),
        (
            "https://u:secret@a.example/x",
            "nothing can be written to `https://***@a.example/x`: name a folder or the address of a store",
        ),
        ("memory://", "the address `memory://` names no place for a site: add a folder to it"),
        (f"file://{GOLDEN.parent}", None),
    ],
)
def test_addresses_that_cannot_be_written_to_are_told(
    address: str, message: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    done = CliRunner().invoke(main, ["build", str(GOLDEN), "-o", address])
    told = message or f"the output folder `{GOLDEN.parent}` holds the source `{GOLDEN}`; choose a folder of its own, "
    assert done.exit_code == 2
    assert done.stderr.startswith(f"almanac: {told}")


def test_a_missing_fsspec_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(UsageError) as caught:
        build(GOLDEN, Remote("s3://bucket/x"))
    assert (
        str(caught.value) == "to write to `s3://bucket/x` needs one more package: pip install 'almanac-catalog[remote]'"
    )


@pytest.mark.parametrize("method", ["cat_file", "find"])
def test_a_store_that_does_not_answer_is_told(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError("no credentials")

    place = Remote("memory://u:p@almanac/site")
    monkeypatch.setattr(type(place.files), method, refuse)
    with pytest.raises(
        AlmanacError, match=r"cannot (read|list) `memory://\*\*\*@almanac/site`: no credentials; the pub"
    ):
        build(GOLDEN, place)


@pytest.mark.parametrize(
    ("target", "told"),
    [("s3://b/x", True), ("memory://x", True), ("site", False), ("C:\\site", False), ("a/b://c", False)],
)
def test_an_address_has_a_protocol(target: str, *, told: bool) -> None:
    assert is_remote(target) is told


def test_the_command_says_what_it_sent() -> None:
    done = CliRunner().invoke(main, ["build", str(GOLDEN), "-o", "memory://almanac/told"])
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1].endswith(" written, 0 unchanged, 0 removed")
    fsspec.filesystem("memory").store.clear()


def test_a_store_that_takes_many_requests_at_a_time_is_one_like_any_other() -> None:
    def place() -> Remote:
        made = Remote("memory://almanac/site")
        made.__dict__["_opened"] = (AsyncFileSystemWrapper(made.files, asynchronous=False), made.root)
        return made

    assert place().files.async_impl
    send(place(), OLD)
    put("memory://almanac/site", {"notes.txt": b"not ours", ".almanac-new-1/x": b"left by a build"})
    assert send(place(), NEW) == Published(written=7, unchanged=2, removed=1, kept=1)
    assert sent("memory://almanac/site") == {**NEW, "notes.txt": b"not ours"}
    fsspec.filesystem("memory").store.clear()
