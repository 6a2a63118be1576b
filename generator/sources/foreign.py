"""The layouts other than the native one: their names, and the readers that know and read them.

A module of its own because these readers take a tenth of a second to import, which native content need not wait for.
"""

from collections.abc import Callable

from msgspec import Struct

from generator.sources import built, litellm, modelsdev, modelsdev_json, openrouter, starmap2025, starmap2026
from generator.sources.content import Content
from generator.sources.tree import Tree

__all__ = ["LAYOUTS", "Layout"]


class Layout(Struct, frozen=True):
    """A layout that is read from a tree of files: its name, how it is recognised and how it is read."""

    name: str
    recognises: Callable[[Tree], bool]
    load: Callable[[Tree], Content]


LAYOUTS = (
    Layout("built site", built.recognises, built.load),
    Layout("Starmap catalog (2026 form)", starmap2026.recognises, starmap2026.load),
    Layout("Starmap catalog (2025 form)", starmap2025.recognises, starmap2025.load),
    Layout("models.dev checkout", modelsdev.recognises, modelsdev.load),
    Layout("models.dev api.json or catalog.json", modelsdev_json.recognises, modelsdev_json.load),
    Layout("OpenRouter answer of /api/v1/models", openrouter.recognises, openrouter.load),
    Layout("LiteLLM price map", litellm.recognises, litellm.load),
)
"""The layouts other than the native one, which is asked for first."""
