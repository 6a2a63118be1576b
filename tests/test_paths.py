"""Paths: where each id's page is, that no two meet on any file system, and that every link leads where it says."""

import re
from hashlib import sha256
from posixpath import dirname, join, normpath
from random import Random
from unicodedata import normalize
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.paths import assign, file_of, href, slug
from generator.schema import check_id

PORTS = (f"{name}{number}" for name in ("com", "lpt") for number in "0123456789¹²³")
DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$", *PORTS}


@pytest.mark.parametrize(
    ("name", "path"),
    [
        # Starmap's rule.
        ("gpt-4o", "gpt-4o"),
        ("foo@001", "foo-at-001"),
        ("Gemini 2.5 Pro", "gemini-2.5-pro"),
        ("openai/gpt-oss-120b", "openai/gpt-oss-120b"),
        ("anthropic.claude-3-5-sonnet-20241022-v2:0", "anthropic.claude-3-5-sonnet-20241022-v2-0"),
        ("deepseek/deepseek-r1:free", "deepseek/deepseek-r1-free"),
        ("@cf/meta/llama-3.1-8b-instruct", "-at-cf/meta/llama-3.1-8b-instruct"),
        ("meta-llama/Llama-3.3-70B-Instruct-Turbo", "meta-llama/llama-3.3-70b-instruct-turbo"),
        ("01.ai", "01.ai"),
        ("~author/x", "~author/x"),
        ("c4ai_aya+8b", "c4ai_aya+8b"),
        # What some file system, host or shell cannot hold.
        ('a"b<c>d|e?f*g', "a-b-c-d-e-f-g"),
        ("a%b#c&d=e;f'g`h$i(j)", "a-b-c-d-e-f-g-h-i-j-"),
        ("a.", "a"),
        (".hidden", "hidden"),
        ("...a...", "a"),
        # Letters of every script stay; equal ones are one.
        ("日本/モデル", "日本/モデル"),
        ("Größe", "grösse"),
        ("\uff21\uff22", "\uff41\uff42"),
        ("e\u0301te\u0301", "\u00e9t\u00e9"),
        ("\u212bngstro\u0308m", "\u00e5ngstr\u00f6m"),
        ("\u03a3\u0391\u03a3", "\u03c3\u03b1\u03c3"),
        # Names like those of pages: a folder may not be called as a file beside it.
        ("a.md", "a-md"),
        ("index.html", "index-html"),
        ("x.json/y", "x-json/y"),
        ("gpt.4", "gpt.4"),
        ("nul.txt", "nul-txt"),
    ],
)
def test_an_id_asks_for_a_path_that_reads_like_it(name: str, path: str) -> None:
    assert slug(name) == path


def hashed(path: str, name: str) -> str:
    return path.replace("#", sha256(name.encode()).hexdigest()[:8])


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("con", "con-#"),
        ("CON", "con-#"),
        ("aux.tar.gz", "aux.tar.gz-#"),
        ("com1", "com1-#"),
        ("com¹", "com¹-#"),
        ("LPT9/x", "lpt9-#/x"),
        ("index", "index-#"),
        ("README", "readme-#"),
        ("_index", "_index-#"),
        ("404", "404-#"),
        ("a/index", "a/index-#"),
        ("😀", "#"),
        ("...", "#"),
        ("-", "#"),
        ("a/☃", "a/#"),
        ("x" * 120, "x" * 120),
        ("x" * 121, "x" * 111 + "-#"),
        ("ü" * 80, "ü" * 55 + "-#"),
    ],
)
def test_a_name_that_is_taken_too_long_or_says_nothing_carries_a_hash(name: str, path: str) -> None:
    assert slug(name) == hashed(path, name)


@pytest.mark.parametrize(
    "paths",
    [
        {},
        {"a": "a", "b": "b"},
        # The one that equals its path keeps it, whatever comes first.
        {"A": "a-#", "a": "a"},
        {"a:b": "a-b-#", "a-b": "a-b", "a b": "a-b-#"},
        {"x/A": "x/a-#", "X/a": "x/a-#", "x/a": "x/a"},
        {"a.b.": "a.b-#", "a.b": "a.b"},
        {"e\u0301": "\u00e9-#", "\u00e9": "\u00e9"},
        # None does: all carry a hash, so that none depends on another.
        {"A:b": "a-b-#", "a:B": "a-b-#"},
    ],
)
def test_ids_that_meet_are_told_apart(paths: dict[str, str]) -> None:
    expected = {name: hashed(path, name) for name, path in paths.items()}
    assert assign(paths) == assign(reversed(paths)) == assign([*paths, *paths]) == expected


def test_an_id_that_looks_like_the_hash_of_another_is_no_trap() -> None:
    taken = assign(["A", "a"])["A"]
    found = assign(["A", "a", taken])
    assert found["a"] == "a"
    assert found[taken] == taken
    assert found["A"] == hashed("a-#", "A") + sha256(b"A").hexdigest()[8:16]
    assert len(set(found.values())) == 3


def test_flat_paths_have_one_part_and_still_differ() -> None:
    found = assign(["a/b", "a-b", "c/d"], nested=False)
    assert found == {"a-b": "a-b", "a/b": hashed("a-b-#", "a/b"), "c/d": "c-d"}


ALPHABET = st.one_of(
    st.sampled_from("aAbBéÉß\u017fK\u0131İ:@. -_~+/日ﬁ\u03a3ς"),
    st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"]),
)
WORDS = st.sampled_from(
    ["con", "Nul.txt", "index", "INDEX", "readme", "a.md", "a.html", "x" * 130, "..a", "e\u0301", "é"]
)


def valid(name: str) -> bool:
    try:
        return bool(check_id(name))
    except ValueError:
        return False


IDS = st.one_of(WORDS, st.text(ALPHABET, min_size=1, max_size=12)).filter(valid)


def folded(path: str) -> str:
    return normalize("NFC", normalize("NFC", path).casefold())


def files(names: list[str]) -> list[str]:
    return [file_of(f"models/{path}", edition) for path in assign(names).values() for edition in ("html", "md")]


@given(st.lists(IDS, max_size=20))
def test_no_two_ids_share_a_file_on_any_file_system(names: list[str]) -> None:
    assert set(assign(names)) == set(names)
    written = [folded(file) for file in files(names)]
    assert len(set(written)) == len(written)
    folders = {parent for file in written for parent in parents(file)}
    assert not folders & set(written)
    assert not folders & {"models/index.html", "models/readme.md"}


def parents(file: str) -> list[str]:
    parts = file.split("/")
    return ["/".join(parts[:i]) for i in range(1, len(parts))]


@given(st.lists(IDS, max_size=10), st.randoms())
def test_paths_do_not_depend_on_the_order_of_ids(names: list[str], random: Random) -> None:
    assert assign(random.sample(names, len(names))) == assign(names)


@given(st.lists(IDS, max_size=10), IDS)
def test_a_path_stays_when_an_id_is_added_that_does_not_meet_it(names: list[str], other: str) -> None:
    before, after = assign(names), assign([*names, other])
    for name, path in before.items():
        if name != other and slug(name) != slug(other) and path != slug(other):
            assert after[name] == path


@given(IDS)
def test_every_part_is_safe_on_windows_macos_and_linux(name: str) -> None:
    path = assign([name])[name]
    assert folded(path) == path
    for part in path.split("/"):
        assert part
        assert part == part.strip(". ")
        assert not set(part) & set("<>:\"\\|?*#%&;='`$()[]{}!@^, ")
        assert part.isprintable()
        assert part.partition(".")[0] not in DEVICES
        assert part not in {"index", "readme", "_index", "404"}
        assert len(part.encode()) + len("-00000000.html") <= 255


@pytest.mark.parametrize(
    ("stem", "edition", "file"),
    [
        ("", "html", "index.html"),
        ("", "md", "README.md"),
        ("authors/", "html", "authors/index.html"),
        ("authors/acme/", "md", "authors/acme/README.md"),
        ("authors/acme/models/sun-2.5", "html", "authors/acme/models/sun-2.5.html"),
        ("authors/acme/models/a/b", "md", "authors/acme/models/a/b.md"),
        ("404", "html", "404.html"),
    ],
)
def test_a_stem_has_a_file_in_each_edition(stem: str, edition: str, file: str) -> None:
    assert file_of(stem, edition) == file


@pytest.mark.parametrize(
    ("here", "there", "anchor", "address"),
    [
        ("index.html", "index.html", "", "index.html"),
        ("index.html", "index.html", "top", "#top"),
        ("index.html", "authors/index.html", "", "authors/index.html"),
        ("authors/index.html", "index.html", "", "../index.html"),
        ("authors/a/index.html", "authors/index.html", "", "../index.html"),
        ("authors/a/models/x.html", "authors/a/models/y.html", "", "y.html"),
        ("authors/a/models/x.html", "authors/a/index.html", "models", "../index.html#models"),
        ("authors/a/models/p/q.html", "providers/b/models/r.html", "", "../../../../providers/b/models/r.html"),
        ("a/b/c.html", "a/x/c.html", "", "../x/c.html"),
        ("a/a.html", "a/a/a.html", "", "a/a.html"),
        ("index.html", "日本/ü.html", "", "%E6%97%A5%E6%9C%AC/%C3%BC.html"),
        ("x.html", "a b%/c?d#e:f.html", "g h", "a%20b%25/c%3Fd%23e%3Af.html#g%20h"),
        ("ü.md", "ü.md", "", "%C3%BC.md"),
        ("index.html", "~a/b+c_d-e.f.html", "", "~a/b+c_d-e.f.html"),
    ],
)
def test_an_address_is_short_relative_and_percent_encoded(here: str, there: str, anchor: str, address: str) -> None:
    assert href(here, there, anchor) == address


NAMES = st.one_of(
    IDS, st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).filter(lambda n: "//" not in n)
)
SITE_FILES = NAMES.map(lambda name: "/".join(part for part in name.split("/") if part not in ("", ".", "..")) or "x")


@given(SITE_FILES, SITE_FILES)
def test_every_address_leads_to_its_file(here: str, there: str) -> None:
    address = href(here, there)
    assert address.isascii()
    assert not re.match(r"[^/]*:|/|#|\?", address)
    assert normpath(join(dirname(here), unquote(address))) == there
