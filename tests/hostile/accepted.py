"""Catalogs that look dangerous and are built: every thing has a page of its own, and nothing of it acts."""

from tests.hostile.case import Case, built
from tests.hostile.trees import files, link, raw

__all__ = ["ACCEPTED"]

M, P = "authors/acme/models", "providers/p/models"
X, Y = "name: X\n", "name: Y\n"
PAGE = "---\ntitle: X\n---\n"
SCRIPT = "---\nname: S\n---\n<script>alert(1)</script>\n\n[x](javascript:alert(1))\n"
TEMPLATE = "---\nname: T\n---\n{{ 7 * 7 }} {% include '/etc/passwd' %}\n"
U = 'name = "U"\n[cost]\ninput = 1\noutput = 1\ncached_input = 1\n'
D = 'name = "D"\nrelease_date = "2025-02-31"\n'
Q = 'name = "Q"\nenv = ["K"]\nnpm = "x"\ndoc = "javascript:alert(1)"\n'

NATIVE = built(
    "native",
    (
        "a country that is false",
        files({"providers/no/provider.yaml": "name: no\nheadquarters: NO\n"}),
        "",
        ("providers/no/index.html",),
    ),
    ("a clock as name", files({f"{P}/clock.yaml": "name: 1:30\n"}), "", (f"{P}/clock.html",)),
    (
        "an id with markup",
        files({f"{P}/m.yaml": "id: '<script>alert(1)</script>x'\n"}),
        "",
        (f"{P}/-script-alert-1--/script-x.html",),
    ),
    (
        "ids that are other files of the site",
        files({f"{P}/index.yaml": X, f"{P}/README.yaml": X}),
        "",
        (f"{P}/index-1bc04b52.html", f"{P}/readme-2b7814d3.html"),
    ),
    (
        "reserved names",
        files({f"{P}/con.yaml": X, f"{P}/aux.x.yaml": X}),
        "",
        (f"{P}/con-1143da2b.html", f"{P}/aux.x-e111be43.html"),
    ),
    (
        "ids that end in dots",
        files({f"{P}/a....yaml": X, f"{P}/a.yaml": Y}),
        "",
        (f"{P}/a.html", f"{P}/a-03453d6d.html"),
    ),
    (
        "ids that differ in case",
        files({f"{P}/MOON.yaml": X, f"{P}/moon.yaml": Y}),
        "",
        (f"{P}/moon.html", f"{P}/moon-addf9430.html"),
    ),
    (
        "ids that differ in composition",
        files({f"{P}/c.yaml": "id: \u00e9\n", f"{P}/d.yaml": "id: e\u0301\n"}),
        "",
        (f"{P}/\u00e9.html", f"{P}/\u00e9-bf12767b.html"),
    ),
    (
        "providers that are folders of the site",
        files({"providers/index/provider.yaml": X, "providers/assets/provider.yaml": Y}),
        "",
        ("providers/assets/index.html", "providers/index-1bc04b52/index.html"),
    ),
    (
        "pages with the names of others",
        files({"pages/index.md": PAGE, "pages/readme.md": PAGE}),
        "",
        ("pages/index-1bc04b52.html", "pages/readme-711a6108.html"),
    ),
    ("prose with a script", files({f"{M}/s.md": SCRIPT}), "", (f"{M}/s.html",)),
    ("prose with templates", files({f"{M}/t.md": TEMPLATE}), "", (f"{M}/t.html",)),
)

STARMAP = [
    case
    for layout in ("starmap-2025", "starmap-2026")
    for case in built(
        layout,
        ("a name that is not UTF-8", raw({f"{P}/\udcff.yaml": b"id: x\nname: X\n"}), "", (f"{P}/x.html",)),
        (
            "ids that differ in case",
            files({f"{P}/b.yaml": "id: SUN\nname: X\n"}),
            "",
            (f"{P}/sun.html", f"{P}/sun-d44fa953.html"),
        ),
    )
]

MODELSDEV = built(
    "modelsdev",
    ("a link to nothing", link(f"{P}/x.toml", "nothing.toml"), f"{P}/x.toml: warning: is a link to nothing", ()),
    (
        "an unknown price",
        files({f"{P}/u.toml": U}),
        f"{P}/u.toml:5:1: warning: cost.cached_input: unknown key; its value is kept and not shown",
        (f"{P}/u.html",),
    ),
    (
        "an impossible date",
        files({f"{P}/d.toml": D}),
        f"{P}/d.toml:2:16: warning: release_date: there is no such date: `2025-02-31`; it is taken as not known",
        (f"{P}/d.html",),
    ),
    (
        "an address that runs",
        files({"providers/q/provider.toml": Q}),
        "providers/q/provider.toml:4:7: warning: doc: has to be an address that starts with https:// or http://, not",
        ("providers/q/index.html",),
    ),
    (
        "reserved names",
        files({f"{P}/con.toml": 'name = "X"\n', f"{P}/a:b.toml": 'name = "Y"\n'}),
        "",
        (f"{P}/a-b.html", f"{P}/con-1143da2b.html"),
    ),
    (
        "ids that differ in case",
        files({f"{P}/SUN.toml": 'name = "X"\n'}),
        "",
        (f"{P}/sun.html", f"{P}/sun-d44fa953.html"),
    ),
)

ACCEPTED: tuple[Case, ...] = (*NATIVE, *STARMAP, *MODELSDEV)
