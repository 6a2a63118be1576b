"""The page that reckons what use costs: presets for the script that does it, and what some come to without one."""

from collections.abc import Iterable
from decimal import Decimal, localcontext

from msgspec import Struct

from generator.formats import amount, count
from generator.pages.costs import Use, bill
from generator.pages.page import Context
from generator.pages.routes import CALCULATOR, HOME
from generator.pages.rows import ModelRow, Ref, writes
from generator.pages.world import World

__all__ = ["Calculator", "Field", "Preset", "Ranked", "Table", "calculator"]

SHOWN = 10
"""Models in the table of a preset."""
_WEIGHED = 60
"""Models whose costs are worked out exactly, after a look at their prices."""


class Field(Struct, frozen=True, kw_only=True):
    """A number that a reader enters."""

    name: str
    label: str
    unit: str
    value: int
    step: str = "1"


class Preset(Struct, frozen=True, kw_only=True):
    """A typical use."""

    name: str
    use: Use
    requests: int
    """How many requests a month."""

    @property
    def told(self) -> str:
        """What one request holds."""
        parts = [f"{count(self.use.input)} tokens in"]
        if self.use.cached:
            parts.append(f"{count(self.use.cached)} of them cached")
        if self.use.images:
            parts.append(f"{count(self.use.images)} image")
        return ", ".join([*parts, f"{count(self.use.output + self.use.reasoning)} out"])


class Ranked(Struct, frozen=True, kw_only=True):
    """What a preset costs at one model."""

    ref: Ref
    offering: Ref
    """Whose price it is."""
    one: str
    total: str


class Table(Struct, frozen=True, kw_only=True):
    """The cheapest models for a preset."""

    preset: Preset
    anchor: str
    requests: str
    rows: tuple[Ranked, ...]


class Calculator(Context, frozen=True, kw_only=True):
    """The calculator."""

    main: tuple[Field, ...]
    more: tuple[Field, ...]
    presets: tuple[Preset, ...]
    tables: tuple[Table, ...]


PRESETS = (
    Preset(name="Short chat", use=Use(input=1_000, output=500), requests=10_000),
    Preset(name="Document summary", use=Use(input=10_000, output=1_000), requests=1_000),
    Preset(name="Questions over documents", use=Use(input=50_000, cached=40_000, output=2_000), requests=1_000),
    Preset(name="Code generation", use=Use(input=5_000, output=10_000), requests=1_000),
    Preset(
        name="Coding agent",
        use=Use(input=100_000, cached=80_000, written=10_000, output=2_000, reasoning=1_000),
        requests=1_000,
    ),
    Preset(name="Captions of images", use=Use(input=200, images=1, output=100), requests=10_000),
)
"""What people do with models, by and large."""
_TABLES = PRESETS[:3]
_FIRST = PRESETS[1]

_MAIN = (
    ("input", "Tokens in", "in all, with the cached"),
    ("cached", "Read from cache", "of those in"),
    ("written", "Written to cache", "of those in"),
    ("output", "Tokens out", "of the answer"),
    ("reasoning", "Reasoning", "tokens before it"),
)
_MORE = (
    ("images", "Images in", "", "1"),
    ("audio", "Audio in", "minutes", "any"),
    ("images_made", "Images made", "", "1"),
    ("audio_made", "Audio made", "minutes", "any"),
    ("searches", "Web searches", "", "1"),
    ("image_tokens", "Tokens of an image", "where it has no price of its own", "1"),
    ("audio_tokens", "Tokens of a minute", "of audio, likewise", "1"),
)


def calculator(world: World) -> Calculator:
    """Make the calculator."""
    main = [Field(name=name, label=label, unit=unit, value=getattr(_FIRST.use, name)) for name, label, unit in _MAIN]
    main.append(Field(name="requests", label="Requests", unit="a month", value=_FIRST.requests))
    candidates = [row for row in world.models.values() if row.best and row.best.price and writes(row.model.modalities)]
    tables = [_table(world, preset, candidates) for preset in _TABLES]
    return Calculator(
        stem=CALCULATOR,
        kind="calculator",
        title="Costs",
        description="What requests cost at every offering, cheapest first: tokens, caches, tiers, modes and media.",
        crumbs=(Ref("Catalog", HOME),),
        main=tuple(main),
        more=tuple(
            Field(name=name, label=label, unit=unit, value=getattr(_FIRST.use, name), step=step)
            for name, label, unit, step in _MORE
        ),
        presets=PRESETS,
        tables=tuple(table for table in tables if table.rows),
    )


def _table(world: World, preset: Preset, candidates: Iterable[ModelRow]) -> Table:
    near = sorted(candidates, key=lambda row: (_roughly(row, preset.use), row.model.id))[:_WEIGHED]
    found = []
    for row in near:
        if row.best is None or row.best.price is None or row.best.price.currency != world.settings.currency:
            continue
        cost = bill(row.best.price, preset.use).total
        if cost:
            found.append((cost, row.model.id, row))
    found.sort(key=lambda item: item[:2])
    return Table(
        preset=preset,
        anchor=preset.name.lower().replace(" ", "-"),
        requests=count(preset.requests),
        rows=tuple(_ranked(world, row, cost, preset.requests) for cost, _, row in found[:SHOWN]),
    )


def _roughly(row: ModelRow, use: Use) -> float:
    """Return about what a request costs: enough to leave most models out, and no more."""
    price = row.best.price if row.best else None
    if price is None or price.input is None or price.output is None:
        return float("inf")
    cached = price.input if price.cache_read is None else price.cache_read
    out = float(price.output) * (use.output + use.reasoning)
    return float(price.input) * (use.input - use.cached) + float(cached) * use.cached + out


def _ranked(world: World, row: ModelRow, cost: Decimal, requests: int) -> Ranked:
    if row.best is None or row.best.price is None:
        raise AssertionError("a model without a price has no cost")
    currency, by = row.best.price.currency, world.offerings[row.best.key]
    with localcontext(prec=200):
        total = cost * requests
    return Ranked(
        ref=row.ref,
        offering=Ref(by.provider.label, by.ref.to),
        one=amount(cost, currency),
        total=amount(total, currency),
    )
