"""`almanac explain`."""

import click

from generator.cli.printing import stop

__all__ = ["command"]


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Say what CODE means, why it matters and how to mend it; without CODE, list all codes."""
    from generator.errors import nearest
    from generator.rules import RULES, explain

    if code is None:
        for rule in RULES.values():
            click.echo(f"{rule.code}  {rule.level:<7}  {rule.title}")
    elif code.upper() in RULES:
        click.echo(explain(code.upper()))
    else:
        guess = nearest(code.upper(), RULES)
        stop(f"there is no rule `{code}`; {guess or '`almanac explain` lists them'}", 2)
