"""Catalogs that are refused: files, YAML, TOML, ids, logos and prose that could do harm."""

import os

from tests.hostile.case import Case, bombs, refused
from tests.hostile.trees import Make, fifo, files, folder, link, raw, to_a_folder_beside, unix_socket, unreadable

__all__ = ["REFUSED"]

S = "providers/p/models/sun.yaml"
MD = "authors/acme/models/sun.md"
PROVIDER = "providers/p/provider.yaml"
LOGO = "providers/p/logo.svg"
TOML = "providers/p/models/sun.toml"
P = "providers/p/models"


def svg(text: str) -> Make:
    return files({LOGO: text})


XMLNS = 'xmlns="http://www.w3.org/2000/svg"'
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))

NATIVE_FILES = refused(
    "native",
    ("a pipe as settings", fifo("site.yaml"), "site.yaml: error: is not a regular file"),
    ("a pipe as provider", fifo(PROVIDER), f"{PROVIDER}: error: is not a regular file"),
    ("a pipe as page", fifo("pages/x.md"), "pages/x.md: error: is not a regular file"),
    ("a pipe as logo", fifo(LOGO), f"{LOGO}: error: is not a regular file"),
    ("a socket as offering", unix_socket(S), f"{S}: error: is not a regular file"),
    ("a folder as settings", folder("site.yaml"), "site.yaml: error: is not a regular file"),
    (
        "a folder with the name of a model",
        folder(f"{P}/x.yaml"),
        f"{P}/x.yaml: error: is a folder, and is called like a file",
    ),
    ("a folder as provider", folder(PROVIDER), f"{PROVIDER}: error: is not a regular file"),
    ("a device behind a link", link(S, "/dev/zero"), f"{S}: error: is a link out of the catalog's folder"),
    (
        "the secrets of the machine behind a link",
        link(LOGO, "/etc/passwd"),
        f"{LOGO}: error: is a link out of the catalog's folder",
    ),
    (
        "a link to the folder of the catalog",
        link("providers/p/models/all", "../../.."),
        "providers/p/models/all: error: is a link to a folder that holds it",
    ),
    (
        "the environment behind a link",
        link("providers/p/models/x.yaml", "/proc/self/environ"),
        "providers/p/models/x.yaml: error: is a link out of the catalog's folder",
    ),
    (
        "a name that is not UTF-8",
        raw({"providers/p/models/\udcff.yaml": b"name: X\n"}),
        "providers/p/models/\\udcff.yaml:1:1: error: id: an id may not hold a backslash nor a character",
    ),
    (
        "a link to a folder beside whose name begins alike",
        to_a_folder_beside(f"{P}/x.yaml"),
        f"{P}/x.yaml: error: is a link out of the catalog's folder",
    ),
    ("a large file", files({MD: "---\nname: Sun\n---\n" + "x" * (1 << 20)}), f"{MD}: error: is larger than 1 MiB"),
    ("a large logo", files({LOGO: f"<svg {XMLNS}>{' ' * (1 << 18)}</svg>"}), f"{LOGO}: error: is larger than 256 KiB"),
    (
        "front matter of JavaScript",
        files({MD: "---js\nmodule.exports = process.exit(3)\n---\n"}),
        f"{MD}:1:1: error: has no front matter",
    ),
    ("front matter of TOML", files({MD: "+++\nname = 'Sun'\n+++\n"}), f"{MD}:1:1: error: has no front matter"),
)

NATIVE_YAML = refused(
    "native",
    ("60,000 open lists", files({S: "x: " + "[" * 60_000}), f"{S}:1:67: error: is nested more than 64 levels deep"),
    ("60,000 open mappings", files({S: "{a: " * 60_000}), f"{S}:1:257: error: is nested more than 64 levels deep"),
    (
        "60,000 lists on a line",
        files({S: "x:\n  " + "- " * 60_000}),
        f"{S}:2:129: error: is nested more than 64 levels deep",
    ),
    ("20,000 complex keys", files({S: "? " * 20_000}), f"{S}:1:3: error: a key has to be plain text"),
    (
        "20,000 keys",
        files({S: "".join(f"k{n}: 1\n" for n in range(20_000))}),
        f"{S}: error: has 20,000 faults; the first 100 are told",
    ),
    (
        "a laugh of aliases",
        files({S: "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(20))}),
        f"{S}:1:4: error: the anchor `&a` is not allowed",
    ),
    (
        "an object of Python",
        files({S: "!!python/object/apply:os.system ['touch x']\n"}),
        f"{S}:1:1: error: the tag `!!python/object/apply:os.system` is not allowed",
    ),
    (
        "a directive",
        files({S: "%YAML 9.9\n---\nmodel: acme/sun\n"}),
        f"{S}:1:1: error: is not YAML: found incompatible YAML document",
    ),
    ("a key of a megabyte", files({S: "k" * 1_000_000 + ": 1\n"}), f"{S}:1:1000001: error: a `: ` cannot stand here"),
    (
        "a number of 5,000 digits",
        files({S: "limits: {context: " + "9" * 5_000 + "}\n"}),
        f"{S}:1:19: error: a number may have 30 digits at most",
    ),
    (
        "a price that is no number",
        files({S: "price: {input: 1e400}\n"}),
        f"{S}:1:16: error: a number may have 30 digits at most",
    ),
    ("a price of infinity", files({S: "price: {input: .inf}\n"}), f"{S}:1:16: error: `.inf` is not a finite number"),
    (
        "a count below zero",
        files({S: "limits: {context: -1}\n"}),
        f"{S}:1:19: error: limits.context: has to be 0 or more, not `-1`",
    ),
    (
        "a version as a number",
        files({PROVIDER: "name: 4.10\n"}),
        f"{PROVIDER}:1:7: error: name: has to be text, not `4.10`",
    ),
    ("escaped surrogates", files({S: 'name: "\\ud800"\n'}), f"{S}:1:10: error: this is not an escape"),
    (
        "an escaped override",
        files({S: 'name: "\\u202egpj.exe"\n'}),
        f"{S}:1:7: error: the character U+202E is not allowed",
    ),
    ("prototype keys", files({S: "__proto__: {x: 1}\nconstructor: 1\n"}), f"{S}:1:1: error: __proto__: unknown key"),
)

NATIVE_IDS = refused(
    "native",
    (
        "an id that climbs",
        files({S: "id: ../../../../etc/cron.d/x\n"}),
        f"{S}:1:5: error: id: an id may not start or end with `/` nor have an empty part, `.` or `..`",
    ),
    (
        "an id from the root",
        files({S: "id: /etc/passwd\n"}),
        f"{S}:1:5: error: id: an id may not start or end with `/` nor have an empty part, `.` or `..`",
    ),
    (
        "an id with a drive",
        files({S: "id: 'C:\\Windows\\x'\n"}),
        f"{S}:1:5: error: id: an id may not hold a backslash nor a character that cannot be seen",
    ),
    (
        "an id of 300 bytes",
        files({S: f"id: {'é' * 150}\n"}),
        f"{S}:1:5: error: id: an id may be 200 bytes long at most",
    ),
    (
        "a name that nobody sees",
        files({S: "name: \u200b\u2060\n"}),
        f"{S}:1:7: error: name: has to hold some text",
    ),
)

NATIVE_LOGOS = refused(
    "native",
    ("a script", svg(f"<svg {XMLNS}><script>alert(1)</script></svg>"), f"{LOGO}:1:49: error: holds a `script` element"),
    ("a handler", svg(f'<svg {XMLNS} onload="alert(1)"/>'), f"{LOGO}:1:60: error: holds the event handler `onload`"),
    (
        "HTML inside",
        svg(f"<svg {XMLNS}><foreignObject><p>x</p></foreignObject></svg>"),
        f"{LOGO}:1:56: error: holds a `foreignObject` element",
    ),
    (
        "a link that runs",
        svg(f'<svg {XMLNS}><a href="javascript:alert(1)"/></svg>'),
        f"{LOGO}:1:72: error: holds a `a` element",
    ),
    (
        "a picture from elsewhere",
        svg(f'<svg {XMLNS}><image href="https://evil.example/x.png"/></svg>'),
        f"{LOGO}:1:83: error: refers to something outside of the file: `https://evil.example/x.png`",
    ),
    (
        "a page as data",
        svg(f'<svg {XMLNS}><image href="data:text/html,x"/></svg>'),
        f"{LOGO}:1:73: error: refers to something outside of the file: `data:text/html,x`",
    ),
    (
        "an import in its style",
        svg(f"<svg {XMLNS}><style>@import 'https://evil.example/x.css';</style></svg>"),
        f"{LOGO}:1:93: error: has a style that refers to something outside of the file",
    ),
    (
        "an address in a style",
        svg(f'<svg {XMLNS}><rect style="fill:url(https://evil.example/x)"/></svg>'),
        f"{LOGO}:1:89: error: refers to something outside of the file in `style`",
    ),
    (
        "a laugh of entities",
        svg(f'<!DOCTYPE svg [<!ENTITY e0 "x">{ENTITIES}]><svg {XMLNS}>&e9;</svg>'),
        f"{LOGO}:1:28: error: declares an entity",
    ),
    (
        "a file as entity",
        svg(f'<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]><svg {XMLNS}>&e;</svg>'),
        f"{LOGO}:1:54: error: declares an entity",
    ),
    (
        "a style sheet from elsewhere",
        svg(f'<?xml-stylesheet href="https://evil.example/x.css"?><svg {XMLNS}/>'),
        f"{LOGO}:1:1: error: holds a processing instruction: `xml-stylesheet`",
    ),
    (
        "10,000 groups deep",
        svg(f"<svg {XMLNS}>" + "<g>" * 10_000),
        f"{LOGO}:1:233: error: is nested more than 64 levels deep",
    ),
    ("no SVG", svg("GIF89a<script>alert(1)</script>"), f"{LOGO}:1:7: error: is not a well-formed SVG file"),
    (
        "another name space",
        svg('<svg xmlns="http://www.w3.org/1999/xhtml"><script/></svg>'),
        f"{LOGO}:1:43: error: is not an SVG file",
    ),
)

PROSE = bombs(
    ("20,000 open tags", "<a " * 20_000, "a paragraph is 59,999 characters long; at most 10,000 are rendered"),
    ("50,000 open brackets", "[" * 50_000, "there are 50,000 square brackets; at most 3,000 are rendered"),
    ("5,000 open sections", "<![CDATA[" * 5_000, "there are 10,000 square brackets; at most 3,000 are rendered"),
    (
        "a sparse table",
        "|a" * 500 + "|\n" + "|-" * 500 + "|\n" + "|x|\n" * 2_000,
        "there are 1,003,002 table cells; at most 6,000 are rendered",
    ),
    ("5,000 quotes deep", ">" * 5_000 + " x", "lists or quotes are more than 10 deep"),
    ("50,000 stars", "*a **b " * 7_000, "a paragraph is 48,999 characters long; at most 10,000 are rendered"),
    ("30,000 ticks", "`a``b" * 6_000, "a paragraph is 30,000 characters long; at most 10,000 are rendered"),
    ("500 lists deep", "\n".join("  " * n + "- x" for n in range(170)), "lists or quotes are more than 10 deep"),
    (
        "3,000 references",
        "\n".join(f"[a{n}]: https://x.example/{n}" for n in range(2_000)) + "\n\n[a1]" * 900,
        "the text is 67,179 bytes long; at most 65,536 (64 KiB) are rendered",
    ),
    ("100 KB of text", "word " * 20_000, "the text is 99,999 bytes long; at most 65,536 (64 KiB) are rendered"),
)

STARMAP = [
    case
    for layout in ("starmap-2025", "starmap-2026")
    for case in refused(
        layout,
        ("a pipe as offering", fifo(S), f"{S}: error: is not a regular file"),
        (
            "a folder with the name of a model",
            folder(f"{P}/x.yaml"),
            f"{P}/x.yaml: error: is a folder, and is called like",
        ),
        ("a folder as offering", folder(S), f"{S}: error: is a folder, and is called like a file"),
        ("a socket as offering", unix_socket(S), f"{S}: error: is not a regular file"),
        ("a file without text", files({S: ""}), f"{S}: error: is empty"),
        ("UTF-16", raw({S: "id: sun\n".encode("utf-16")}), f"{S}:1:1: error: is UTF-16"),
        ("a zero byte", raw({S: b"id: sun\nname: S\0n\n"}), f"{S}:2:8: error: the character U+0000 is not allowed"),
        ("a key twice", files({S: "id: sun\nid: sun\n"}), f"{S}:2:1: error: the key `id` stands here a second time"),
        ("a list as offering", files({S: "- id: sun\n"}), f"{S}:1:1: error: holds a list at its top level"),
        ("an offering of a hidden number", files({S: "id: 4.10\nname: X\n"}), f"{S}:1:5: error: id: has to be text"),
        ("a large file", files({S: "#" + "x" * (1 << 20)}), f"{S}: error: is larger than"),
        ("an object of Python", files({S: "!!python/name:os.system\n"}), f"{S}:1:1: error: the tag"),
        ("an escaped override", files({S: 'id: sun\nname: "\\u202egpj"\n'}), f"{S}:2:7: error: the character U+202E"),
        (
            "a number that no one can hold",
            files({S: f"id: sun\nname: X\nlimits: {{context_window: 1e{'3' * 30}}}\n"}),
            f"{S}:3:",
        ),
        ("an author as pipe", fifo("authors.yaml"), "authors.yaml: error: is not a regular file"),
        ("a device behind a link", link(S, "/dev/zero"), f"{S}: error: is a link out of the tree"),
        (
            "a link to a folder beside whose name begins alike",
            to_a_folder_beside(f"{P}/x.yaml"),
            f"{P}/x.yaml: error: is a link out of the tree",
        ),
        (
            "a link in a circle",
            link("providers/p/models/all", ".."),
            "providers/p/models/all: error: is a link in a circle",
        ),
        (
            "a link to nothing",
            link("providers/p/models/x.yaml", "nothing.yaml"),
            "providers/p/models/x.yaml: error: is a link to nothing",
        ),
        ("bytes that are not UTF-8", raw({S: b"id: sun\nname: S\xfcn\n"}), f"{S}:2:8: error: byte 0xfc is not UTF-8"),
        (
            "a laugh of aliases",
            files({S: "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(20))}),
            f"{S}:1:4: error: the anchor `&a` is not allowed",
        ),
        (
            "merge keys",
            files({S: "a: &a {x: 1}\nid: sun\n<<: *a\n"}),
            f"{S}:1:4: error: the anchor `&a` is not allowed",
        ),
        ("60,000 open lists", files({S: "x: " + "[" * 60_000}), f"{S}:1:67: error: is nested more than 64 levels deep"),
        (
            "an id that climbs",
            files({S: "id: ../../x\nname: X\n"}),
            f"{S}:1:5: error: id: an id may not start or end with `/` nor have an empty part, `.` or `..`",
        ),
        (
            "a list of providers that is none",
            files({"providers.yaml": "p: {name: P}\n"}),
            "providers.yaml:1:1: error: holds a mapping at its top level",
        ),
        (
            "an author twice",
            files({"authors.yaml": "- id: acme\n  name: A\n- id: acme\n  name: B\n"}),
            "authors.yaml:3:7: error: id: author `acme` is defined a second time",
        ),
        (
            "a price below zero",
            files({S: "id: sun\nname: Sun\npricing: {tokens: {input: {per_1m: -1}}}\n"}),
            f"{S}:3:36: error: pricing.tokens.input.per_1m: has to be 0 or more, not `-1`",
        ),
        (
            "a logo with a script",
            files({LOGO: f"<svg {XMLNS}><script/></svg>"}),
            f"{LOGO}:1:50: error: holds a `script` element",
        ),
        (
            "an address that runs",
            files({"providers.yaml": "- id: p\n  name: P\n  status_page_url: javascript:alert(1)\n"}),
            "providers.yaml:3:20: error: status_page_url: has to be an address that starts with https://",
        ),
    )
]

MODELSDEV = refused(
    "modelsdev",
    ("a pipe as offering", fifo(TOML), f"{TOML}: error: is not a regular file"),
    ("a folder as offering", folder(TOML), f"{TOML}: error: is a folder, and is called like a file"),
    ("a socket as offering", unix_socket(TOML), f"{TOML}: error: is not a regular file"),
    ("a zero byte", raw({TOML: b'name = "S\0n"\n'}), f"{TOML}:1:10: error: the character U+0000 is not allowed"),
    (
        "a truth as limit",
        files({TOML: 'name = "Sun"\n[limit]\ncontext = true\n'}),
        f"{TOML}:3:11: error: limit.context",
    ),
    ("a table twice", files({TOML: 'name = "Sun"\n[cost]\n[cost]\n'}), f"{TOML}:3:6: error: is not TOML"),
    (
        "an unknown number that is none",
        files({TOML: 'name = "Sun"\n[cost]\nx = nan\n'}),
        f"{TOML}:3:5: error: `nan` is not a finite number",
    ),
    (
        "tables 100 deep",
        files({TOML: "[" + ".".join("a" * 1 for _ in range(100)) + "]\n"}),
        f"{TOML}:1:1: error: a key has more",
    ),
    ("a device behind a link", link(TOML, "/dev/zero"), f"{TOML}: error: is a link out of the tree"),
    (
        "a link to a folder beside whose name begins alike",
        to_a_folder_beside(f"{P}/x.toml"),
        f"{P}/x.toml: error: is a link out of the tree",
    ),
    (
        "a link in a circle",
        link("providers/p/models/all", ".."),
        "providers/p/models/all: error: is a link in a circle",
    ),
    ("bytes that are not UTF-8", raw({TOML: b'name = "S\xfcn"\n'}), f"{TOML}:1:10: error: byte 0xfc is not UTF-8"),
    ("UTF-16", raw({TOML: 'name = "Sun"\n'.encode("utf-16")}), f"{TOML}:1:1: error: is UTF-16"),
    (
        "a key of 20,000 parts",
        files({TOML: "a." * 20_000 + "b = 1\n"}),
        f"{TOML}:1:1: error: a key has more than 64 parts",
    ),
    (
        "60,000 open lists",
        files({TOML: "x = " + "[" * 60_000}),
        f"{TOML}:1:69: error: is nested more than 64 levels deep",
    ),
    (
        "a number of 5,000 digits",
        files({TOML: 'name = "Sun"\n[limit]\ncontext = ' + "9" * 5_000 + "\n"}),
        f"{TOML}:3:11: error: a number may have 30 digits at most",
    ),
    (
        "a price that is no number",
        files({TOML: 'name = "Sun"\n[cost]\ninput = nan\noutput = inf\n'}),
        f"{TOML}:3:9: error: `nan` is not a finite number",
    ),
    (
        "a price below zero",
        files({TOML: 'name = "Sun"\n[cost]\ninput = -1\noutput = 1\n'}),
        f"{TOML}:3:9: error: cost.input: has to be 0 or more, not `-1`",
    ),
    (
        "a key twice",
        files({TOML: 'name = "Sun"\nname = "Moon"\n'}),
        f"{TOML}:2:14: error: is not TOML: cannot overwrite a value",
    ),
    (
        "a base that is not there",
        files({TOML: 'base_model = "acme/moon"\n'}),
        f"{TOML}:1:14: error: base_model: there is no model `acme/moon`",
    ),
    (
        "a base that climbs",
        files({TOML: 'base_model = "../../etc/passwd"\n'}),
        f"{TOML}:1:14: error: base_model: there is no model `../../etc/passwd`",
    ),
    (
        "a name with escapes",
        files({TOML: 'name = "\\u001b[31mSun\\u202e"\n'}),
        f"{TOML}:1:9: error: the character U+001B is not allowed",
    ),
    (
        "a logo with a script",
        files({LOGO: f"<svg {XMLNS}><script/></svg>"}),
        f"{LOGO}:1:50: error: holds a `script` element",
    ),
    ("a file without a word", files({TOML: "# \n"}), f"{TOML}: error: is empty"),
    ("a large file", files({TOML: "#" + "x" * (1 << 20)}), f"{TOML}: error: is larger than 1,024 KiB"),
)

# Nothing is unreadable to root.
UNREADABLE = refused(
    "native", ("a file that may not be read", unreadable(S), f"{S}: error: cannot be read: Permission denied")
)

REFUSED: tuple[Case, ...] = (
    *NATIVE_FILES,
    *NATIVE_YAML,
    *NATIVE_IDS,
    *NATIVE_LOGOS,
    *PROSE,
    *STARMAP,
    *MODELSDEV,
    *(UNREADABLE if os.geteuid() else ()),
)
