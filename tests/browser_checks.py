"""What is asked of a page that is open in the browser, whatever state it is in: axe's rules, the width, the console.

faults = listen(page)
page.goto(address)
for look in looks(page):
    assert accessibility_faults(page) == [], look
assert faults == []
"""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

from generator.paths import file_of
from generator.site import Site
from tests.conftest import find_package

__all__ = ["accessibility_faults", "listen", "looks", "one_of_each_kind"]

WIDE, NARROW = 1400, 390
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

_RUN = """async (rules) => {
  const options = rules.length ? {runOnly: {type: "rule", values: rules}} : {};
  const {violations} = await axe.run(document, {...options, resultTypes: ["violations"], preload: false});
  return violations.map(({id, nodes}) => [id, nodes.map(({target, any, all, none}) =>
    `${target.join(" ")}: ${[...any, ...all, ...none].map(({message}) => message)[0] ?? ""}`)]);
}"""


@cache
def axe() -> str:
    """Return axe's source, that is put into a page."""
    return find_package("axe-core/axe.min.js").read_text(encoding="utf-8")


def accessibility_faults(page: Page, rules: Iterable[str] = ()) -> list[str]:
    """Return what axe finds on the page as it is now, by up to three places a rule; all rules unless some are named."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe())
    found: list[tuple[str, list[str]]] = page.evaluate(_RUN, list(rules))
    return [f"{rule}: {place}" for rule, places in found for place in places[:3]]


def looks(page: Page) -> Iterator[str]:
    """Show the page wide and narrow, light and dark, and yield the name of each look."""
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            yield f"{width} {scheme}"


def listen(page: Page) -> list[str]:
    """Return a list that grows by what goes wrong on the page: errors, warnings, requests beyond the disk."""
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith("file://") else faults.append(request.url))
    # Going on to the next page ends what is still on its way; that is no fault.
    page.on("requestfailed", lambda it: faults.append(it.url) if it.failure != "net::ERR_ABORTED" else None)
    return faults


def one_of_each_kind(site: Site, folder: Path) -> dict[str, Path]:
    """Return one page of each kind, the one with the most to show."""
    sizes: dict[str, tuple[int, Path]] = {}
    for page in site.pages:
        path = folder / file_of(page.stem, "html")
        size = path.stat().st_size
        sizes[page.kind] = max(sizes.get(page.kind, (0, path)), (size, path))
    return {kind: path for kind, (_, path) in sorted(sizes.items())}
