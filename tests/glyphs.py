"""The letters of the pictures that stand for pages elsewhere, drawn by the browser from Liberation Sans (OFL 1.1).

`python -m tests.glyphs` writes `generator/exporters/glyphs.json.z` anew; a build has no use for a font then. A letter
is its width and its rows, two bits for each point: how much of it is covered.
"""

import json
import zlib
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.conftest import CHROMIUM_OPTIONS, find_tool

TARGET = Path(__file__).parent.parent / "generator" / "exporters" / "glyphs.json.z"
LETTERS = [chr(code) for code in (*range(0x20, 0x7F), *range(0xC0, 0x180))] + list("\u00b7\u2013\u2014\u2019\u2026")
SIZES = {"large": (84, "bold"), "small": (36, "normal")}
DRAW = """([letters, size, weight]) => {
  const canvas = document.createElement("canvas"), pen = canvas.getContext("2d", {willReadFrequently: true});
  const height = Math.ceil(size * 1.3), font = `${weight} ${size}px "Liberation Sans"`;
  pen.font = font;
  return letters.map((letter) => {
    const width = Math.max(1, Math.round(pen.measureText(letter).width));
    canvas.width = width; canvas.height = height;
    pen.font = font; pen.fillStyle = "#fff"; pen.textBaseline = "alphabetic";
    pen.fillText(letter, 0, size);
    const points = pen.getImageData(0, 0, width, height).data;
    return [width, Array.from({length: width * height}, (_, at) => Math.round(points[at * 4 + 3] / 85))];
  });
}"""


def rows(width: int, points: list[int]) -> str:
    """Write the rows of a letter in hexadecimal, each filled up to whole bytes on the left."""
    size = (width * 2 + 7) // 8
    lines = [points[at : at + width] for at in range(0, len(points), width)]
    return b"".join(int("".join(map(str, line)), 4).to_bytes(size) for line in lines).hex()


def rewrite() -> None:
    """Write the letters anew."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_tool("chromium"), args=list(CHROMIUM_OPTIONS))
        page = browser.new_page()
        made = {}
        for name, (size, weight) in SIZES.items():
            drawn = page.evaluate(DRAW, [LETTERS, size, weight])
            made[name] = {
                letter: [width, rows(width, points)] for letter, (width, points) in zip(LETTERS, drawn, strict=True)
            }
        browser.close()
    TARGET.write_bytes(zlib.compress(json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode(), 9))


if __name__ == "__main__":
    rewrite()
