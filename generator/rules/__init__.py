"""The rules of `almanac check`: codes, each with what it means, why it matters and how to mend it.

A code never changes its meaning and is never used again. `A0..` are faults of a run and always errors; the others judge
facts, and `severities:` in `site.yaml` says how much each of them weighs. The functions that look for them are in
`generator.lint`; this is below it, so that settings, reports and pages can name a rule without running any.
"""

from generator.rules.manual import explain, page
from generator.rules.rule import Finding, Level, Rule
from generator.rules.table import RULES

__all__ = ["RULES", "Finding", "Level", "Rule", "explain", "page"]
