"""`almanac list`."""

import csv
import io
import json
import re
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli import options
from generator.cli.printing import failures, table

if TYPE_CHECKING:
    from generator.listing import Row
    from generator.sources.layouts import Source

__all__ = ["command"]


class _Tokens(click.ParamType[int]):
    """A number of tokens: `200000`, `200k`, `1m`."""

    name = "tokens"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        found = re.fullmatch(r"(\d+(?:\.\d+)?)([km]?)", str(value).casefold().replace("_", ""))
        if not found:
            self.fail(f"`{value}` is no number of tokens; write 200000, 200k or 1m", param, ctx)
        return int(Decimal(found[1]) * {"": 1, "k": 1_000, "m": 1_000_000}[found[2]])


class _Amount(click.ParamType[Decimal]):
    """An amount of money, exact."""

    name = "amount"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        try:
            found = Decimal(str(value))
        except InvalidOperation:
            found = Decimal(-1)
        if not found.is_finite() or found < 0:
            self.fail(f"`{value}` is no amount; write 1 or 0.25", param, ctx)
        return found


@click.command("list")
@click.argument("each", metavar="WHAT", type=click.Choice(("models", "offerings", "providers", "authors")))
@options.origin
@options.overlays
@click.option("--provider", "providers", metavar="ID", multiple=True, help="Offered by this provider, or by another.")
@click.option("--author", "authors", metavar="ID", multiple=True, help="Made by this author, or by another.")
@click.option("--family", "families", metavar="NAME", multiple=True, help="Of this family, or of another.")
@click.option("--capability", "capabilities", metavar="NAME", multiple=True, help="Does this, and this: vision, tools.")
@click.option("--max-input-price", "max_input", type=_Amount(), help="At most this for a million tokens read.")
@click.option("--max-output-price", "max_output", type=_Amount(), help="At most this for a million tokens written.")
@click.option("--min-context", type=_Tokens(), help="At least this context window: 200000, 200k, 1m.")
@click.option("--open-weights", is_flag=True, help="With weights for everyone.")
@click.option("--free", is_flag=True, help="Offered for nothing.")
@click.option("--active", is_flag=True, help="Neither deprecated nor retired.")
@click.option(
    "--sort",
    type=click.Choice(("name", "price", "output-price", "context", "released")),
    default="name",
    show_default=True,
    help="Order; what is not known comes last.",
)
@click.option("-n", "--limit", type=click.IntRange(min=1), help="No more than so many.")
@click.option("--format", "form", type=click.Choice(("table", "json", "csv")), default="table", show_default=True)
def command(  # noqa: PLR0913, PLR0917  # one parameter for each option, passed by name
    each: str, source: "Source", overlays: tuple[Path, ...], sort: str, limit: int | None, form: str, **wishes: Any
) -> None:
    """List the models, offerings, providers or authors of SOURCE (default: content), chosen as on its pages.

    Wishes that are given together all have to be met; what is not known meets none.

    Exit code 0: done; 1: problems in the content; 2: wrong usage.
    """
    from generator.listing import Wishes, owners, rows
    from generator.reading import catalog_of

    with failures():
        catalog = catalog_of(source, overlays=overlays)
        if each in ("providers", "authors"):
            counted = "offerings" if each == "providers" else "models"
            head: tuple[str, ...] = ("id", "name", counted)
            lines = [list(row) for row in owners(catalog, each=each)]
        else:
            found = rows(catalog, Wishes(**wishes), each=each, sort=sort)
            head = ("id", "name", "provider", "offers", "input", "output", "currency", "context", "released")
            lines = [_cells(row) for row in found]
    lines = lines[:limit]
    if form == "json":
        click.echo(json.dumps([dict(zip(head, line, strict=True)) for line in lines], ensure_ascii=False, indent=1))
    elif form == "csv":
        click.echo(_csv(head, lines), nl=False)
    else:
        click.echo(table(head, [["" if cell is None else str(cell) for cell in line] for line in lines]), nl=False)


def _cells(row: "Row") -> list[Any]:
    price = row.offering.price if row.offering else None
    given = [_number(price.input), _number(price.output), price.currency] if price else [None, None, None]
    return [row.id, row.name, row.provider or None, row.offers, *given, row.context, row.released]


def _number(value: Decimal | None) -> str | None:
    """Return an amount with all its digits, as text: a float would not keep them."""
    return None if value is None else f"{value:f}"


def _csv(head: tuple[str, ...], lines: list[list[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([[_inert(cell) for cell in line] for line in lines])
    return text.getvalue()


def _inert(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t")) else cell
