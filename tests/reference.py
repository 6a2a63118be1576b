"""The pages of the documentation that say what the code says: the commands, the content format, the page kinds.

`make docs` (or `python -m tests.reference`) writes them anew; `test_reference.py` compares.
"""

import ast
import inspect
import json
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_type_hints

import click

from generator.cli import COMMANDS, main
from generator.pages import KINDS
from generator.schema_files import PLACES, schemas

PAGES = Path(__file__).resolve().parent.parent / "content" / "pages"


def head(title: str, description: str, order: int) -> str:
    """Return the front matter of a page that the index of the documentation leads to."""
    return f"---\ntitle: {title}\ndescription: {description}\norder: {order}\nnavigation: false\n---\n\n"


def commands() -> str:
    """Return the page about every command, from what the commands say of themselves."""
    text = head("Commands", "Every command of Almanac and every option it takes.", 140)
    text += (
        "Wrong usage is told in one line with a hint and ends with exit code 2. `almanac COMMAND --help` says what\n"
    )
    text += "stands here. In front of a command, `--log-format json` makes every problem a line of JSON.\n"
    with click.Context(main, info_name="almanac") as above:
        for name in COMMANDS:
            command = main.get_command(above, name)
            assert command
            with click.Context(command, info_name=name, parent=above) as context:
                usage = " ".join(command.get_usage(context).split()).removeprefix("Usage: ")
                rows = [row for option in command.params if (row := option.get_help_record(context))]
                text += f"\n## almanac {name}\n\n```\n{usage}\n```\n\n{inspect.cleandoc(command.help or '')}\n"
                if rows:
                    text += "\n| option | what it does |\n|---|---|\n"
                    text += "".join(f"| `{option}` | {cell(told)} |\n" for option, told in rows)
    return text


def content() -> str:
    """Return the page about the content format, from the JSON Schemas."""
    text = head("Content format", "Every kind of file of a catalog and every key it may have.", 120)
    text += (
        "A catalog is a folder of YAML and Markdown files. A file's path says what it describes; a key that is left\n"
        "out is not known, which is something else than `false` or `0`. An unknown key is a fault. Where a file is\n"
        "Markdown, its facts stand in front matter and its text below. `almanac schema` writes JSON Schemas of all\n"
        "this for editors.\n"
    )
    parts: dict[str, Any] = {}
    for output in schemas():
        kind = output.path.partition(".")[0]
        schema = json.loads(output.data)
        parts |= schema.get("$defs", {})
        text += f"\n## {kind.capitalize()}: `{PLACES[kind][0]}`\n\n{keys(schema)}"
    text += "\n## Parts\n\nWhat several kinds of files are made of.\n"
    for name, part in sorted(parts.items()):
        text += f"\n### {name}\n\n{one_line(part.get('description', ''))}\n\n"
        if "enum" in part:
            text += "One of " + ", ".join(f"`{word}`" for word in part["enum"]) + ".\n"
        else:
            text += keys(part)
    return text


def keys(schema: Mapping[str, Any]) -> str:
    """Return the keys of a schema as a table."""
    required = schema.get("required", ())
    rows = ""
    for key, value in schema.get("properties", {}).items():
        kind = kind_of(value) + (", required" if key in required else "")
        rows += f"| `{key}` | {kind} | {cell(value.get('description', ''))} |\n"
    return f"| key | value | what it says |\n|---|---|---|\n{rows}"


def kind_of(value: Mapping[str, Any]) -> str:
    """Return in words what a value has to be."""
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in value or "allOf" in value:
        kinds = [kind_of(one) for one in value.get("anyOf") or value["allOf"] if one.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if value.get("type") == "array":
        return "list of " + (kind_of(value["items"]) if value.get("items") else "values")
    if value.get("type") == "object":
        inner = value.get("additionalProperties")
        return "table of " + kind_of(inner) if isinstance(inner, dict) and inner else "table"
    if "enum" in value:
        return " or ".join(f"`{word}`" for word in value["enum"])
    words = {"string": "text", "boolean": "true or false", "integer": "whole number", "number": "number"}
    return words.get(str(value.get("type")), "value")


def kinds() -> str:
    """Return the page about every kind of page and what its templates are given, from the contexts' classes."""
    text = head("Pages and templates", "Every kind of page, its two templates and what they are given.", 150)
    text += (
        "A page is made by two templates, `KIND.html` and `KIND.md`, from one value, `page`. `site` is the same for\n"
        "all pages. Both are given functions that know where the page is: `href(stem)`, `link(ref)`, `asset(name)`,\n"
        "`file(path)`, `prose(text)`. What many pages have in common is made once for each key between\n"
        "`{% kept key %}` and `{% endkept %}`; the key names all that it depends on besides the site.\n"
    )
    for kind, shape in shapes().items():
        text += f"\n## {kind}\n\n{one_line(inspect.getdoc(shape) or '')}\n\n"
        text += f"Templates: `{kind}.html`, `{kind}.md`.\n\n"
        text += members(shape)
    return text


def shapes() -> Mapping[str, type]:
    """Return the class of the context of each kind of page."""
    found: dict[str, type] = {}
    for kind, maker in KINDS.items():
        make: Callable[..., Any] = maker
        found[kind] = get_type_hints(make)["return"]
    return found


def members(shape: type) -> str:
    """Return what a context holds as a table."""
    told = {name: words for base in reversed(shape.__mro__) for name, words in documented(base)}
    types = {name: of for base in reversed(shape.__mro__) for name, of in inspect.get_annotations(base).items()}
    rows = "".join(f"| `{name}` | `{written(of)}` | {cell(told.get(name, ''))} |\n" for name, of in types.items())
    return f"| name | type | what it is |\n|---|---|---|\n{rows}"


def written(of: object) -> str:
    """Return a type as it is written, without the names of modules."""
    text = of.__name__ if isinstance(of, type) and not getattr(of, "__args__", None) else str(of)
    return re.sub(r"\b(?:[a-z_]+\.)+(?=[A-Za-z])", "", text).replace("|", "or")


def documented(of: type) -> Iterator[tuple[str, str]]:
    """Yield the fields of a class that have a sentence below them."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(of)))
    except (OSError, TypeError):
        return
    (found,) = (node for node in tree.body if isinstance(node, ast.ClassDef))
    for one, other in zip(found.body, found.body[1:], strict=False):
        is_told = isinstance(other, ast.Expr) and isinstance(other.value, ast.Constant)
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and is_told:
            yield one.target.id, str(other.value.value)  # type: ignore[attr-defined]  # told apart above


def one_line(text: str) -> str:
    """Return text without its line breaks."""
    return " ".join(text.split())


def cell(text: str) -> str:
    """Return text for a cell of a table."""
    return one_line(text).replace("|", "\\|")


WRITTEN: Mapping[str, Callable[[], str]] = {
    "docs-commands.md": commands,
    "docs-content.md": content,
    "docs-pages.md": kinds,
}


def rewrite() -> None:
    """Write the pages anew."""
    for name, make in WRITTEN.items():
        (PAGES / name).write_text(make(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    rewrite()
