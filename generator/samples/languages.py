"""A request -> the text of a sample in Python, JavaScript, shell and PHP."""

import re
from collections.abc import Callable

from msgspec import Struct

from generator.samples.access import Access
from generator.samples.literals import (
    JAVASCRIPT,
    JSON,
    PHP,
    PYTHON,
    Syntax,
    inner,
    joined,
    joined_in_shell,
    pretty,
    shell,
    shell_inner,
)
from generator.samples.shapes import MODEL, Answer, Shape

__all__ = ["LANGUAGES", "RAW", "Language", "raw"]

RAW = "ALMANAC-RAW"
"""Stands for the exact id where a shell takes it as it is, in single quotes, and not inside of JSON."""


class Language(Struct, frozen=True, kw_only=True, eq=False):
    """A language that samples are written in. There is one of each, and none is the same as another."""

    name: str
    """What the highlighter calls it."""
    label: str
    """What people call it."""
    write: Callable[[Shape, Access], str | None]
    """Return the text of a sample; nothing where the language has no short way to say it."""
    fill: Callable[[str], str]
    """Return what stands for a text between the quotes of a string."""


def _python(shape: Shape, access: Access) -> str | None:
    if shape.sdk and (base := _base(shape, access)) is not None:
        return _python_package(shape, access, base)
    return None if shape.is_form else _python_plain(shape, access)


def _base(shape: Shape, access: Access) -> str | None:
    """Return the base URL for the package, where the package can send the request."""
    fits = access.is_bearer or (shape.sdk and shape.sdk.package == "anthropic" and access.header.lower() == "x-api-key")
    return access.url.removesuffix(shape.suffix) if fits and access.url.endswith(shape.suffix) else None


def _python_package(shape: Shape, access: Access, base: str) -> str:
    if shape.sdk is None:
        raise AssertionError("asked for with a package only")
    package, maker = shape.sdk.package, shape.sdk.maker
    word = "auth_token" if package == "anthropic" and access.is_bearer else "api_key"
    given = {"base_url": _in_python(base), word: _in_python(f"${{{access.key}}}") if access.key else '"none"'}
    if more := {name: value for name, value in access.headers if name.lower() != "anthropic-version"}:
        given["default_headers"] = pretty(more, PYTHON, 1)
    made = "".join(f"    {name}={value},\n" for name, value in given.items())
    values = {name: pretty(value, PYTHON, 1) for name, value in shape.body.items()}
    asked = "".join(f"    {name}={value},\n" for name, value in values.items())
    uses = "import os\n\n" if "os.environ" in made else ""
    head = f"# pip install {package}\n{uses}from {package} import {maker}\n\nclient = {maker}(\n{made})\n\n"
    if shape.is_form:
        opened = f'with open({PYTHON.string(shape.file)}, "rb") as file:\n    response = client.{shape.call}(\n'
        deeper = asked.replace("    ", "        ", 1)
        return f"{head}{opened}{deeper}        file=file,\n    )\n\nprint(response{_dotted(shape.answer)})\n"
    body = f"{head}response = client.{shape.call}(\n{asked})\n\n"
    if shape.kind is Answer.FILE:
        return f"{body}response.write_to_file({PYTHON.string(shape.file)})\n"
    place = ".output_text" if shape.call == "responses.create" and "tools" not in shape.body else _dotted(shape.answer)
    wanted = f"response{place}"
    return f"{body}print({f'len({wanted})' if shape.kind is Answer.COUNT else wanted})\n"


def _python_plain(shape: Shape, access: Access) -> str:
    url = _in_python(access.url)
    headers = "".join(f"        {PYTHON.string(name)}: {_in_python(value)},\n" for name, value in access.lines)
    body = pretty(shape.body, PYTHON, 1)
    place = f"answer{_bracketed(shape.answer, PYTHON)}"
    take = {
        Answer.TEXT: f"    answer = json.load(response)\n\nprint({place})\n",
        Answer.DATA: f"    answer = json.load(response)\n\nprint(json.dumps({place}, indent=2))\n",
        Answer.COUNT: f"    answer = json.load(response)\n\nprint(len({place}))\n",
        Answer.FILE: f"    Path({PYTHON.string(shape.file)}).write_bytes(response.read())\n",
        Answer.ENCODED: "    answer = json.load(response)\n\n"
        f"Path({PYTHON.string(shape.file)}).write_bytes(base64.b64decode({place}))\n",
    }[shape.kind]
    text = (
        f"request = urllib.request.Request(\n    {url},\n"
        f'    headers={{\n        "Content-Type": "application/json",\n{headers}    }},\n'
        f"    data=json.dumps({body}).encode(),\n)\n"
        f"with urllib.request.urlopen(request) as response:\n{take}"
    )
    wanted = [name for name in ("base64", "json", "os") if f"{name}." in text]
    imports = [f"import {name}" for name in (*wanted, "urllib.request")]
    if "Path(" in text:
        imports.append("from pathlib import Path")
    return "\n".join(imports) + f"\n\n{text}"


def _javascript(shape: Shape, access: Access) -> str:
    url = joined(access.url, JAVASCRIPT.string, "process.env.{}".format, " + ")
    lines = [(name, joined(value, JAVASCRIPT.string, "process.env.{}".format, " + ")) for name, value in access.lines]
    if not shape.is_form:
        lines.insert(0, ("Content-Type", '"application/json"'))
    headers = "".join(f"    {JAVASCRIPT.key(name)}: {value},\n" for name, value in lines)
    shown = f"  headers: {{\n{headers}  }},\n" if lines else ""
    place = f"answer{_dotted(shape.answer)}"
    file = JAVASCRIPT.string(shape.file)
    take = {
        Answer.TEXT: f"const answer = await response.json();\nconsole.log({place});\n",
        Answer.DATA: f"const answer = await response.json();\nconsole.log({place});\n",
        Answer.COUNT: f"const answer = await response.json();\nconsole.log({place}.length);\n",
        Answer.FILE: f"writeFileSync({file}, Buffer.from(await response.arrayBuffer()));\n",
        Answer.ENCODED: "const answer = await response.json();\n"
        f'writeFileSync({file}, Buffer.from({place}, "base64"));\n',
    }[shape.kind]
    if shape.is_form:
        made = "".join(
            f"form.append({JAVASCRIPT.string(name)}, {JAVASCRIPT.string(value)});\n"
            for name, value in shape.body.items()
        )
        before = (
            f'const form = new FormData();\n{made}form.append("file", new Blob([readFileSync({file})]), {file});\n\n'
        )
        body = "form"
    else:
        before, body = "", f"JSON.stringify({pretty(shape.body, JAVASCRIPT, 1)})"
    text = (
        f'{before}const response = await fetch({url}, {{\n  method: "POST",\n{shown}  body: {body},\n}});\n'
        f"if (!response.ok) throw new Error(await response.text());\n{take}"
    )
    used = [name for name in ("readFileSync", "writeFileSync") if f"{name}(" in text]
    return f'import {{ {", ".join(used)} }} from "node:fs";\n\n{text}' if used else text


def _shell(shape: Shape, access: Access) -> str:
    lines = [f"curl {joined_in_shell(access.url)}"]
    if not shape.is_form:
        lines.append("-H 'Content-Type: application/json'")
    lines += [f"-H {joined_in_shell(f'{name}: {value}')}" for name, value in access.lines]
    if shape.is_form:
        # Not `-F`, to which a value that starts with `@` is a file.
        lines += [f"--form-string {shell(f'{name}={value}')}".replace(MODEL, RAW) for name, value in shape.body.items()]
        lines.append(f"-F {shell(f'file=@{shape.file}')}")
    else:
        body = shell_inner(pretty(shape.body, JSON, 1))
        lines.append("-d '" + re.sub("\0(.*?)\0", _read_in_shell, body) + "'")
    if shape.kind is Answer.FILE:
        lines.append(f"-o {shell(shape.file)}")
    return " \\\n  ".join(lines) + "\n"


def raw(text: str) -> str:
    """Return what stands for a text where it is `RAW`."""
    return shell_inner(text).replace("{", "'\"{\"'")


def _read_in_shell(match: re.Match[str]) -> str:
    return f"'\"$(base64 < {match[1]} | tr -d '\\n')\"'"


def _php(shape: Shape, access: Access) -> str:
    url = joined(access.url, PHP.string, _php_variable, " . ")
    lines = [joined(f"{name}: {value}", PHP.string, _php_variable, " . ") for name, value in access.lines]
    if not shape.is_form:
        lines.insert(0, '"Content-Type: application/json"')
    headers = "".join(f"        {line},\n" for line in lines)
    shown = f"    CURLOPT_HTTPHEADER => [\n{headers}    ],\n" if lines else ""
    if shape.is_form:
        fields = "".join(f"        {PHP.string(name)} => {PHP.string(value)},\n" for name, value in shape.body.items())
        body = f'[\n{fields}        "file" => new CURLFile({PHP.string(shape.file)}),\n    ]'
    else:
        body = f"json_encode({pretty(shape.body, PHP, 1)})"
    place = f"$answer{_bracketed(shape.answer, PHP)}"
    decode, file = "$answer = json_decode(curl_exec($request), true);\n", PHP.string(shape.file)
    take = {
        Answer.TEXT: f"{decode}echo {place}, PHP_EOL;\n",
        Answer.DATA: f"{decode}print_r({place});\n",
        Answer.COUNT: f"{decode}echo count({place}), PHP_EOL;\n",
        Answer.FILE: f"file_put_contents({file}, curl_exec($request));\n",
        Answer.ENCODED: f"{decode}file_put_contents({file}, base64_decode({place}));\n",
    }[shape.kind]
    return (
        f"<?php\n$request = curl_init({url});\ncurl_setopt_array($request, [\n    CURLOPT_RETURNTRANSFER => true,\n"
        f"{shown}    CURLOPT_POSTFIELDS => {body},\n]);\n{take}"
    )


def _in_python(text: str) -> str:
    return joined(text, PYTHON.string, 'os.environ["{}"]'.format, " + ")


def _php_variable(name: str) -> str:
    return f'getenv("{name}")'


def _bracketed(path: tuple[str | int, ...], syntax: Syntax) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f"[{syntax.string(step)}]" for step in path)


def _dotted(path: tuple[str | int, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)


LANGUAGES = (
    Language(name="python", label="Python", write=_python, fill=lambda text: inner(text, PYTHON.string)),
    Language(
        name="javascript", label="JavaScript", write=_javascript, fill=lambda text: inner(text, JAVASCRIPT.string)
    ),
    Language(name="bash", label="cURL", write=_shell, fill=lambda text: shell_inner(inner(text, JSON.string))),
    Language(name="php", label="PHP", write=_php, fill=lambda text: inner(text, PHP.string)),
)
"""In the order of the tabs."""
