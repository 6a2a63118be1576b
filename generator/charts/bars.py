"""A part of a whole -> a bar that fills its place."""

from functools import lru_cache

from markupsafe import Markup

__all__ = ["bar", "percent"]


def percent(part: float, whole: float) -> int:
    """Return a part of a whole in whole percent, 1 at least for what is there at all."""
    return max(1, min(100, round(100 * part / whole))) if part > 0 and whole > 0 else 0


@lru_cache(maxsize=128)
def bar(share: int | None) -> Markup:
    """Draw a bar that fills so many percent of its place; nothing where there is nothing to compare."""
    if share is None:
        return Markup()
    drawn = f'<path d="M100 0h-{share}v1H100z"/>'
    return Markup(  # noqa: S704  # a number in a drawing
        f'<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">{drawn}</svg>'
    )
