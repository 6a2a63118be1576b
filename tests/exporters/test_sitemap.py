from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from generator.exporters import sitemap
from generator.schema import Model
from tests.exporters.sites import files, golden, offering, site

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(data: bytes, item: str) -> list[str]:
    root = ET.fromstring(data.decode())  # noqa: S314  # our own text
    return [found.findtext(f"{SPACE}loc") or "" for found in root.iterfind(f"{SPACE}{item}")]


def test_a_site_that_does_not_know_its_address_has_no_sitemap() -> None:
    assert files(sitemap.outputs(site(offering()))) == {"robots.txt": b"User-agent: *\nAllow: /\n"}


@pytest.mark.parametrize(("editions", "suffix"), [(["html"], ".html"), (["html", "md"], ".html"), (["md"], ".md")])
def test_the_sitemap_has_each_page_once(editions: list[str], suffix: str) -> None:
    made = golden(editions=tuple(editions))
    found = files(sitemap.outputs(made))
    base = "https://catalog.example.org/models/"
    assert found["robots.txt"].decode() == f"User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n"
    listed = addresses(found["sitemap.xml"], "url")
    expected = {file for file in made.files if file.endswith(suffix) and file != "404.html"}
    assert {unquote(address.removeprefix(base)) for address in listed} == expected
    assert len(listed) == len(expected)


def test_a_large_sitemap_has_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MAX_ADDRESSES", 3)
    made = site(*(Model(id=f"a/m{number}") for number in range(2)), base_url="https://x.example")
    found = files(sitemap.outputs(made))
    names = [name for name in found if name.startswith("sitemap-")]
    assert addresses(found["sitemap.xml"], "sitemap") == [f"https://x.example/{name}" for name in names]
    parts = [addresses(found[name], "url") for name in names]
    assert [len(part) for part in parts[:-1]] == [3] * (len(parts) - 1)
    assert 0 < len(parts[-1]) <= 3
    monkeypatch.undo()
    whole = addresses(files(sitemap.outputs(made))["sitemap.xml"], "url")
    assert [address for part in parts for address in part] == whole


def faults(data: bytes) -> list[str]:
    """Return what the schema of sitemaps 0.9 does not allow: other elements or attributes, another order, addresses
    that are not absolute or too long, too many or too large."""
    root = ET.fromstring(data.decode())  # noqa: S314  # our own text
    kind = {f"{SPACE}urlset": f"{SPACE}url", f"{SPACE}sitemapindex": f"{SPACE}sitemap"}.get(root.tag)
    order = [f"{SPACE}{name}" for name in ("loc", "lastmod", "changefreq", "priority")]
    found = [] if kind else ["another root"]
    found += ["attributes"] if any(element.attrib for element in root.iter()) else []
    found += ["too many"] if not 1 <= len(root) <= 50_000 else []
    found += ["too large"] if len(data) > 50 * 1024 * 1024 else []
    for item in root:
        places = [order.index(child.tag) if child.tag in order else -1 for child in item]
        address = item.findtext(f"{SPACE}loc") or ""
        if item.tag != kind or places[:1] != [0] or places != sorted(set(places)):
            found.append(f"{item.tag} holds {places}")
        if not address.startswith(("https://", "http://")) or not 12 <= len(address) <= 2048 or " " in address:
            found.append(f"no address: {address}")
    return found


@pytest.mark.parametrize("most", [3, 50_000])
def test_the_sitemap_keeps_to_its_schema(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MAX_ADDRESSES", most)
    made = [data for name, data in files(sitemap.outputs(golden())).items() if name.endswith(".xml")]
    assert len(made) == (1 if most > 3 else len(addresses(made[0], "sitemap")) + 1)
    assert [fault for data in made for fault in faults(data)] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f"<urlset xmlns='{SPACE[1:-1]}'/>", "too many"),
        ("<urlset><url><loc>https://a.example/</loc></url></urlset>", "another root"),
        (f"<urlset xmlns='{SPACE[1:-1]}'><url><loc>a/b</loc></url></urlset>", "no address: a/b"),
    ],
)
def test_the_schema_is_asked_for_good(text: str, fault: str) -> None:
    assert fault in faults(text.encode())
