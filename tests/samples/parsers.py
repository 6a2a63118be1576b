"""Pieces of code -> those that do not parse, by each language's own parser, many at a time."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping, Sequence

from tests.conftest import find_tool

_MODULES = """
const vm = require("node:vm"), fs = require("node:fs");
const faults = JSON.parse(fs.readFileSync(0)).map((text) => {
  try { new vm.SourceTextModule(text); return ""; } catch (error) { return String(error); }
});
console.log(JSON.stringify(faults));
"""
_TOKENS = """
$faults = [];
foreach (json_decode(stream_get_contents(STDIN)) as $text) {
  try { token_get_all($text, TOKEN_PARSE); $faults[] = ""; }
  catch (ParseError $error) { $faults[] = $error->getMessage(); }
}
echo json_encode($faults);
"""


def python(texts: Sequence[str]) -> list[str]:
    """Return what is wrong with each piece of Python."""
    return [_compiled(text) for text in texts]


def _compiled(text: str) -> str:
    try:
        compile(text, "sample.py", "exec", dont_inherit=True)
    except SyntaxError as error:
        return str(error)
    return ""


def javascript(texts: Sequence[str]) -> list[str]:
    """Return what is wrong with each JavaScript module."""
    return _asked([find_tool("node"), "--no-warnings", "--experimental-vm-modules", "-e", _MODULES], texts)


def php(texts: Sequence[str]) -> list[str]:
    """Return what is wrong with each piece of PHP."""
    return _asked([find_tool("php"), "-r", _TOKENS], texts)


def _asked(command: list[str], texts: Sequence[str]) -> list[str]:
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: list[str] = json.loads(done.stdout[done.stdout.index("[") :])
    return found


def bash(texts: Sequence[str]) -> list[str]:
    """Return what is wrong with each piece of shell.

    They are read together, as the bodies of functions, which runs none of them: one that does not end where it should
    takes others into itself. Only when not all functions are there, each is read by itself.
    """
    script = "".join(f"sample_{i}() {{\n{text}}}\n" for i, text in enumerate(texts)) + "declare -F\n"
    done = subprocess.run(["/bin/bash"], input=script, capture_output=True, text=True, check=False)
    if done.stdout.count("declare -f sample_") == len(texts) and not done.stderr:
        return [""] * len(texts)
    read = [
        subprocess.run(["/bin/bash", "-n"], input=text, capture_output=True, text=True, check=False) for text in texts
    ]
    return [one.stderr for one in read]


PARSERS: Mapping[str, Callable[[Sequence[str]], list[str]]] = {
    "python": python,
    "javascript": javascript,
    "bash": bash,
    "php": php,
}
"""By the names that samples give their languages."""
