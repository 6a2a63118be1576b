"""Samples of every protocol run against a server on this machine: key, address, id and body arrive as they should."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.samples import Task
from tests.conftest import find_tool
from tests.samples.offers import HOSTILE_IDS, every_example, written
from tests.samples.server import KEY, SAID, SOUND, Server, serving

# Runs many samples in one process each, for starting one takes longer than the sample: standard output of each as JSON.
RUNNERS = {
    "python": """
import contextlib, io, json, runpy, sys
said = []
for name in sys.argv[1:]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        runpy.run_path(name, run_name="__main__")
    said.append(out.getvalue())
print(json.dumps(said))
""",
    "javascript": """
import { pathToFileURL } from "node:url";
const said = [], log = console.log;
for (const name of process.argv.slice(1)) {
  const lines = [];
  console.log = (text) => lines.push(typeof text === "string" ? text : JSON.stringify(text));
  await import(pathToFileURL(name));
  said.push(lines.join("\\n"));
}
log(JSON.stringify(said));
""",
    "bash": """
import json, subprocess, sys
run = lambda name: subprocess.run(["/bin/bash", name], capture_output=True, text=True, check=True).stdout
print(json.dumps([run(name) for name in sys.argv[1:]]))
""",
    # Debian has the functions of curl in a package of their own; these do the same over PHP's own streams.
    "php": r"""<?php
if (!function_exists("curl_init")) {
  define("CURLOPT_RETURNTRANSFER", 1); define("CURLOPT_HTTPHEADER", 2); define("CURLOPT_POSTFIELDS", 3);
  function curl_init($url) { return new ArrayObject([0 => $url]); }
  function curl_setopt_array($request, $options) { foreach ($options as $key => $value) $request[$key] = $value; }
  function curl_exec($request) {
    $http = ["method" => "POST", "header" => $request[2], "content" => $request[3], "ignore_errors" => true];
    return file_get_contents($request[0], false, stream_context_create(["http" => $http]));
  }
}
$said = [];
foreach (array_slice($argv, 1) as $name) { ob_start(); require $name; $said[] = ob_get_clean(); }
echo json_encode($said);
""",
}
WORST = HOSTILE_IDS[1]
SUFFIXES = {"python": ".py", "javascript": ".mjs", "bash": ".sh", "php": ".php"}


def command(language: str, folder: Path) -> list[str]:
    if language == "javascript":
        return [find_tool("node"), "--input-type=module", "-e", RUNNERS[language]]
    runner = folder / f"run{SUFFIXES[language] if language != 'bash' else '.py'}"
    runner.write_text(RUNNERS[language], encoding="utf-8")
    if language == "bash":
        find_tool("curl")
    return [find_tool("php") if language == "php" else sys.executable, str(runner)]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as about:
        yield about


@pytest.mark.parametrize("language", RUNNERS)
def test_samples_reach_the_server_and_show_what_it_answers(language: str, server: Server, tmp_path: Path) -> None:
    (tmp_path / "picture.jpg").write_bytes(b"picture")
    (tmp_path / "speech.mp3").write_bytes(SOUND)
    wanted: list[str] = []
    files: list[Path] = []
    tasks: list[Task] = []
    for name, example in every_example(HOSTILE_IDS, host=server.host):
        # Everything with the worst of the ids; each id in a body, and in an address.
        if name != WORST and (example.code.protocol, example.code.task) not in (("openai", "chat"), ("google", "chat")):
            continue
        if language in (texts := written(example)):
            if language == "php" and example.code.task is Task.TRANSCRIPTION:
                continue  # a form with a file is more than the functions above can send
            files.append(tmp_path / f"{len(files)}{SUFFIXES[language]}")
            files[-1].write_text(texts[language], encoding="utf-8")
            wanted.append(name)
            tasks.append(example.code.task)
    server.names.clear()
    server.faults.clear()
    environment = {"PATH": os.environ["PATH"], "EXAMPLE_API_KEY": KEY, "PYTHONUTF8": "1", "NO_PROXY": "127.0.0.1"}
    run = [*command(language, tmp_path), *(str(file) for file in files)]
    done = subprocess.run(run, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert server.faults == []
    assert done.returncode == 0, done.stderr[-2000:]
    assert server.names == wanted
    for task, said in zip(tasks, json.loads(done.stdout.strip().splitlines()[-1]), strict=True):
        if task in (Task.CHAT, Task.VISION, Task.REASONING, Task.TRANSCRIPTION):
            assert SAID in said, said
        elif task is Task.EMBEDDINGS and language != "bash":
            assert said.strip() == "3"
        elif task is Task.TOOLS:
            assert said.strip()
    assert (tmp_path / "speech.mp3").read_bytes() == SOUND
    assert language == "bash" or (tmp_path / "speech.pcm").read_bytes() == SOUND
