"""A catalog of any size with the shape of the real ones, the same one for the same seed.

    python -m benchmarks.catalog DIR --offerings 105000 --seed 1

Shape: 36 offerings to a provider on average with a long tail (a few have hundreds), one in twenty-three offerings
leads to a definition that several providers share, prices, limits, dates and flags as often as models.dev has them.
Names are made up; nothing of a real catalog is in it.
"""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

__all__ = ["write"]

_SYLLABLES = (
    "an",
    "ber",
    "cor",
    "dal",
    "el",
    "fir",
    "gan",
    "hel",
    "ix",
    "jun",
    "kal",
    "lum",
    "mir",
    "nor",
    "or",
    "pel",
)
_SIZES = (8_192, 32_768, 65_536, 128_000, 131_072, 200_000, 262_144, 1_000_000)
_PER_PROVIDER, _PER_DEFINITION, _PER_AUTHOR = 36, 23, 12


def write(folder: Path, *, offerings: int, seed: int = 1) -> None:
    """Write a native catalog into a new folder."""
    chance = random.Random(seed)  # noqa: S311  # a catalog, not a secret
    definitions = max(1, offerings // _PER_DEFINITION)
    authors = [f"{_name(chance)}-{i}" for i in range(max(1, definitions // _PER_AUTHOR))]
    models = [(chance.choice(authors), f"{_name(chance)}-{i}") for i in range(definitions)]
    for author in authors:
        _put(folder / "authors" / author / "author.yaml", [f"name: {author.title()}"])
    for author, slug in models:
        _put(folder / "authors" / author / "models" / f"{slug}.yaml", _model(chance, slug))
    for provider, number in _providers(chance, offerings):
        base = folder / "providers" / provider
        _put(base / "provider.yaml", _provider(provider))
        known = chance.sample(models, min(len(models), number // 3))
        for i in range(number):
            lines = _offering(chance, known[i] if i < len(known) else None)
            _put(base / "models" / f"{_name(chance)}-{i}.yaml", lines)


def _providers(chance: random.Random, offerings: int) -> Iterator[tuple[str, int]]:
    """Yield the name of each provider and how many offerings it has."""
    i, left = 0, offerings
    while left:
        number = min(left, 1 + int(chance.expovariate(1 / _PER_PROVIDER)))
        yield f"{_name(chance)}-{i}", number
        i, left = i + 1, left - number


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=3))


def _model(chance: random.Random, slug: str) -> list[str]:
    return [
        f"name: {slug.title()}",
        f"family: {slug.partition('-')[0]}",
        f"released: {_day(chance)}",
        f"open_weights: {_flag(chance)}",
        *_facts(chance),
    ]


def _provider(name: str) -> list[str]:
    return [
        f"name: {name.title()}",
        f"base_url: https://api.{name}.example/v1",
        "credentials:",
        f"  - env: {name.replace('-', '_').upper()}_API_KEY",
        "endpoints:",
        "  - operation: chat",
        "    protocol: openai",
        "    path: /chat/completions",
    ]


def _offering(chance: random.Random, definition: tuple[str, str] | None) -> list[str]:
    lines = ["price:", f"  input: {_price(chance)}", f"  output: {_price(chance)}"]
    if chance.random() < 0.4:
        lines.append(f"  cache_read: {_price(chance)}")
    if definition:
        return [f"model: {definition[0]}/{definition[1]}", *lines]
    return [
        f"name: {_name(chance).title()} {chance.randint(1, 9)}",
        f"released: {_day(chance)}",
        *_facts(chance),
        *lines,
    ]


def _facts(chance: random.Random) -> list[str]:
    given = ["text", *(["image"] if chance.random() < 0.5 else []), *(["audio"] if chance.random() < 0.1 else [])]
    context = chance.choice(_SIZES)
    return [
        "modalities:",
        f"  input: [{', '.join(given)}]",
        "  output: [text]",
        "capabilities:",
        f"  tool_calls: {_flag(chance)}",
        f"  reasoning: {_flag(chance)}",
        f"  temperature: {_flag(chance)}",
        "limits:",
        f"  context: {context}",
        f"  output: {context // 8}",
    ]


def _price(chance: random.Random) -> str:
    return f"{chance.randint(1, 2000) / 100:.2f}"


def _day(chance: random.Random) -> str:
    return f"{chance.randint(2023, 2026)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


def _flag(chance: random.Random) -> str:
    return "true" if chance.random() < 0.6 else "false"


def _put(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _main() -> None:
    asked = argparse.ArgumentParser(description="Write a made-up catalog.")
    asked.add_argument("folder", type=Path)
    asked.add_argument("--offerings", type=int, default=5_276)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    write(given.folder, offerings=given.offerings, seed=given.seed)


if __name__ == "__main__":
    _main()
