"""The rules for people to read: one in the terminal, all of them on a page of the site."""

from generator.rules.rule import Rule
from generator.rules.table import RULES

__all__ = ["explain", "page"]


def explain(code: str) -> str:
    """Return what a rule means, why it matters and how to mend it, as plain text."""
    rule = RULES[code]
    example = "\n".join(f"    {line}" for line in rule.example.split("\n"))
    return "\n".join(
        (
            f"{rule.code}: {rule.title} ({_weight(rule)})",
            "",
            rule.meaning,
            "",
            f"Why it matters: {rule.why}",
            f"How to mend it: {rule.mend}.",
            "",
            "Example:",
            example,
        )
    )


def page() -> str:
    """Return the free page that documents every rule."""
    parts = [_PAGE_HEAD, "| code | what | weight |\n|---|---|---|"]
    parts[-1] += "".join(
        f"\n| [{rule.code}](#{_anchor(rule)}) | {rule.title} | {_weight(rule)} |" for rule in RULES.values()
    )
    for rule in RULES.values():
        parts.append(f"### {rule.code}: {rule.title}")
        parts.append(f"{rule.meaning}\n{rule.why}")
        parts.append(f"To mend it: {rule.mend}.")
        parts.append(f"```yaml\n{rule.example}\n```")
    return "\n\n".join(parts) + "\n"


_PAGE_HEAD = """---
title: Checks
description: Every rule of almanac check, what it means and how to mend what it finds.
order: 40
navigation: false
---

`almanac check` reads the whole catalog, makes every page without publishing any, and looks at the facts. What it
finds carries a code; `almanac explain CODE` says in the terminal what stands below.

A fault of the codes `A0..` stops a build. The others judge facts. How much each weighs is set in `site.yaml`:

```yaml
severities:
  A101: error      # stops the build
  A401: off        # is not looked for
checks:
  stale_days: 180  # days after which facts are stale
  price_factor: 10 # how many times a price may differ from the other providers'
  limit_factor: 8  # how many times a limit may differ from the definition
  page: true       # whether the site shows what was found
```

The day the facts are from is the one that `data_date` sets, or else the newest day on which any were checked: the
same catalog gives the same findings on any day.

## Rules"""


def _anchor(rule: Rule) -> str:
    return f"{rule.code} {rule.title}".lower().replace(" ", "-")


def _weight(rule: Rule) -> str:
    return f"always {rule.level}" if rule.is_fixed else f"{rule.level} unless set otherwise"
