from posixpath import dirname, normpath

import pytest

from generator.errors import ContentError
from generator.exporters import aliases
from generator.schema import Author, Model, Provider, Record
from tests.exporters.sites import files, golden, offering, parsed, site


def made(*values: Record) -> dict[str, bytes]:
    return files(aliases.outputs(site(*values)))


def test_the_map_says_what_each_name_stands_for() -> None:
    author = Author(id="a", name="A", aliases=("b", "aa"))
    model = Model(id="a/m", aliases=("a/old", "z/m"))
    provider = Provider(id="p", name="P", aliases=("pp",))
    assert parsed(made(author, model, provider)["api/v1/aliases.json"]) == {
        "authors": {"aa": "a", "b": "a"},
        "models": {"a/old": "a/m", "z/m": "a/m"},
        "providers": {"pp": "p"},
    }


@pytest.mark.parametrize(
    ("values", "pages"),
    [
        ([Author(id="a", name="A", aliases=("Old Name",))], {"authors/old-name/index.html": "../a/index.html"}),
        ([Provider(id="p", name="P", aliases=("pp",))], {"providers/pp/index.html": "../p/index.html"}),
        ([Model(id="a/m", aliases=("a/old:x",))], {"authors/a/models/old-x.html": "m.html"}),
        ([Model(id="a/m", aliases=("z/m",))], {"authors/z/models/m.html": "../../a/models/m.html"}),
        ([Author(id="a", name="A", aliases=("z",)), Model(id="a/m", aliases=("z/n",))],
         {"authors/z/index.html": "../a/index.html", "authors/z/models/n.html": "../../a/models/m.html"}),
        ([Model(id="a/M", aliases=("a/m",))], {}),
        ([Model(id="a/m"), Model(id="a/n", aliases=("a/M",))], {}),
        ([Model(id="a/m", aliases=("a/index",))], {}),
    ],
)  # fmt: skip
def test_a_name_has_a_page_that_leads_on_unless_another_stands_there(
    values: list[Record], pages: dict[str, str]
) -> None:
    found = made(*values)
    del found["api/v1/aliases.json"]
    if pages or not found:
        assert sorted(found) == sorted(pages)
    for path, address in pages.items():
        text = found[path].decode()
        assert f'<meta http-equiv="refresh" content="0; url={address}">' in text
        assert f'<link rel="canonical" href="{address}">' in text
        assert f'<a href="{address}">' in text


def test_the_pages_are_harmless_and_lead_to_pages() -> None:
    odd = Author(id="a", name='"><script>alert(1)</script>', aliases=("b",))
    text = made(odd)["authors/b/index.html"].decode()
    assert "<script" not in text
    assert "&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in text
    whole = golden()
    found = {path for path in files(aliases.outputs(whole)) if path.endswith(".html")}
    names = {"authors/acme-labs/index.html", "providers/bc/index.html", "authors/acme/models/sun-two.html"}
    assert found == {*names, "old/overview.html"}
    assert not found & whole.files.keys()


def test_the_canonical_address_is_whole_where_the_site_knows_its_own() -> None:
    values = (Model(id="a/m", aliases=("a/n",)), offering())
    found = files(aliases.outputs(site(*values, base_url="https://x.example/c")))["authors/a/models/n.html"].decode()
    assert '<link rel="canonical" href="https://x.example/c/authors/a/models/m.html">' in found
    assert normpath(f"{dirname('authors/a/models/n.html')}/m.html") == "authors/a/models/m.html"


def test_a_site_in_markdown_alone_has_no_such_pages() -> None:
    assert list(files(aliases.outputs(golden(editions=("md",))))) == ["api/v1/aliases.json"]


@pytest.mark.parametrize(
    ("old", "new", "file", "target"),
    [
        ("old/page.html", "models/", "old/page.html", "../models/index.html"),
        ("old/index.html", "models/index.html", "old/index.html", "../models/index.html"),
        ("/gone/", "/authors/a/models/m.html", "gone/index.html", "../authors/a/models/m.html"),
        ("away", "https://b.example/x?y=1&z", "away.html", "https://b.example/x?y=1&amp;z"),
        ("home", "index.html", "home.html", "index.html"),
    ],
)
def test_old_paths_of_the_settings_lead_on(old: str, new: str, file: str, target: str) -> None:
    pages = files(aliases.outputs(site(Model(id="a/m"), redirects={old: new})))
    text = pages[file].decode()
    assert f'content="0; url={target}"' in text
    assert f'<a href="{target}">' in text
    assert "script" not in text


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("old", "models/nothing", "redirects.old: there is no page `models/nothing`"),
        ("../old", "models/", "redirects.../old: is no path of a page"),
        ("Old Page", "models/", "redirects.Old Page: is no path of a page"),
        ("index.html", "models/", "redirects.index.html: is no path of a page"),
        ("old", "javascript:alert(1)", "redirects.old: there is no page `javascript:alert(1)`"),
    ],
)
def test_an_old_path_that_cannot_lead_on_is_told(old: str, new: str, fault: str) -> None:
    with pytest.raises(ContentError) as caught:
        files(aliases.outputs(site(Model(id="a/m"), redirects={old: new})))
    (problem,) = caught.value.problems
    assert f"{problem.field}: {problem.message}" == fault
    assert problem.path == "./site.yaml"


def test_no_page_is_hidden_by_an_old_path() -> None:
    assert "models/index.html" not in files(aliases.outputs(site(Model(id="a/m"), redirects={"models/": "authors/"})))
