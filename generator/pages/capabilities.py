"""The pages about what models can do: all abilities, and each one with who has it, cheapest first."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from generator.abilities import MAKES, TAKES, Able, name_of
from generator.badges import feature_badges
from generator.formats import plural, words
from generator.pages.choices import Choice, Listing, chosen, listing, loose_choices, model_choice
from generator.pages.page import Context
from generator.pages.routes import CAPABILITIES, HOME
from generator.pages.rows import Group, Ref
from generator.pages.world import World
from generator.schema import Capabilities, Modalities, Modality

__all__ = ["Ability", "AllCapabilities", "CapabilityPage", "best_of", "capabilities", "capability", "label", "stems_of"]

_NOUNS = {
    Modality.IMAGE: "Images",
    Modality.AUDIO: "Audio",
    Modality.VIDEO: "Video",
    Modality.PDF: "PDF files",
    Modality.EMBEDDING: "Embeddings",
}
_LABELS = (
    {TAKES[word]: f"{noun} in" for word, noun in _NOUNS.items()}
    | {MAKES[word]: f"{noun} out" for word, noun in _NOUNS.items()}
    | {
        "tool-calls": "Tool calling",
        "tools": "Tool definitions",
        "structured-outputs": "Structured output",
        "include-reasoning": "Reasoning shown",
        "format-response": "Response formats",
        "verbosity": "Length of answers",
        "top-p": "Top-p",
        "top-k": "Top-k",
        "top-a": "Top-a",
        "min-p": "Min-p",
        "typical-p": "Typical-p",
        "tfs": "Tail-free sampling",
        "n": "Several answers",
        "best-of": "Best of several",
        "num-beams": "Beam search",
    }
)
_FEATURES = (
    "tool-calls", "structured-outputs", "reasoning", "web-search", "attachments", "open-weights", "streaming", "tools",
    "tool-choice", "reasoning-effort", "reasoning-tokens", "include-reasoning", "verbosity", "format-response",
)  # fmt: skip


class Ability(Struct, frozen=True, kw_only=True):
    """Something that can be asked for, in a list."""

    ref: Ref
    meaning: str
    models: int
    loose: int
    best: Choice | None
    """The cheapest that has it and has a price."""


class AllCapabilities(Context, frozen=True, kw_only=True):
    """All abilities."""

    groups: tuple[Group[Ability], ...]


class CapabilityPage(Context, frozen=True, kw_only=True):
    """One ability, or two at once, and what has it."""

    label: str
    meaning: str
    query: str
    """What the table of all offerings is asked for, in its address, to show the same."""
    listing: Listing
    related: tuple[Ref, ...]
    """The pairs that it is a half of; of a pair, its halves."""


def capabilities(world: World) -> AllCapabilities:
    """Make the page of all abilities."""
    takes, makes = tuple(TAKES.values()), tuple(MAKES.values())
    rest = [name for name in map(name_of, Capabilities.model_fields) if name not in _FEATURES]
    known, pairs = world.catalog.able, world.catalog.pairs
    groups = (
        Group("What goes in", _abilities(world, takes)),
        Group("What comes out", _abilities(world, makes)),
        Group("Features", _abilities(world, _FEATURES)),
        Group("Two at once", tuple(_ability(world, name, able) for name, (_, _, able) in pairs.items())),
        Group("Generation controls", _abilities(world, rest)),
    )
    return AllCapabilities(
        stem=CAPABILITIES,
        kind="capabilities",
        title="Capabilities",
        description=f"{plural(len(known), 'thing')} that models can be asked for, with who can and what it costs.",
        crumbs=(Ref("Catalog", HOME),),
        groups=tuple(group for group in groups if group.rows),
    )


def capability(world: World, name: str, part: str) -> CapabilityPage:
    """Make a part of the page of one ability or pair."""
    able = _able(world, name)
    label_ = label(world, name)
    stems = stems_of(world.routes.capabilities, name)
    found = listing(world, able, stems, int(part))
    title = f"{label_}: models by price" if part == "1" else f"{label_}: models by price, part {part}"
    return CapabilityPage(
        stem=world.routes.capabilities[name, int(part)],
        kind="capability",
        title=title,
        description=f"{plural(found.models, 'model')} and {plural(found.loose_total, 'further offering')}: "
        f"{label_[:1].lower()}{label_[1:]}, cheapest first.",
        crumbs=(Ref("Catalog", HOME), Ref("Capabilities", CAPABILITIES)),
        label=label_,
        meaning=_meaning(world, name),
        query=_query(world.catalog.pairs[name][:2] if name in world.catalog.pairs else (name,)),
        listing=found,
        related=tuple(Ref(label(world, other), world.routes.capabilities[other, 1]) for other in _related(world, name)),
    )


def label(world: World, name: str) -> str:
    """Return what an ability or a pair is called: `Tool calling and images in`."""
    if name in world.catalog.pairs:
        first, second, _ = world.catalog.pairs[name]
        after = label(world, second)
        return f"{label(world, first)} and {after if after[:2].isupper() else after[:1].lower() + after[1:]}"
    return _LABELS.get(name) or words(name.replace("-", "_"))


def best_of(world: World, able: Able) -> Choice | None:
    """Return the cheapest of what an index holds: a model, or an offering without a definition, with a known price."""
    models = chosen(world, able)
    found = [model_choice(world, *model) for model in models[:1]]
    found += loose_choices(world, able, 1)
    return min(
        (choice for choice in found if choice.best and choice.best.price),
        key=lambda choice: world.by_price[choice.best.key] if choice.best else 0,
        default=None,
    )


def stems_of(stems: Mapping[tuple[str, int], str], name: str) -> tuple[str, ...]:
    """Return the stems of all parts of a list, in their order."""
    found = list[str]()
    while (name, len(found) + 1) in stems:
        found.append(stems[name, len(found) + 1])
    return tuple(found)


def _query(names: Iterable[str]) -> str:
    wanted: dict[str, list[str]] = {"in": [], "out": [], "can": [], "open": []}
    for name in names:
        if name in TAKES.values():
            wanted["in"].append(name.removesuffix("-input"))
        elif name in MAKES.values():
            wanted["out"].append(name.removesuffix("-output"))
        elif name == "open-weights":
            wanted["open"].append("yes")
        else:
            wanted["can"].append(name.replace("-", "_"))
    facets = [f"{facet}={','.join(values)}" for facet, values in wanted.items() if values]
    return "&".join(("show=offerings", *facets, "sort=price_in"))


def _able(world: World, name: str) -> Able:
    return world.catalog.able[name] if name in world.catalog.able else world.catalog.pairs[name][2]


def _abilities(world: World, names: Iterable[str]) -> tuple[Ability, ...]:
    able = world.catalog.able
    return tuple(_ability(world, name, able[name]) for name in names if name in able)


def _ability(world: World, name: str, able: Able) -> Ability:
    return Ability(
        ref=Ref(label(world, name), world.routes.capabilities[name, 1]),
        meaning=_meaning(world, name),
        models=len(able.models),
        loose=len(able.loose),
        best=best_of(world, able),
    )


def _related(world: World, name: str) -> list[str]:
    if name in world.catalog.pairs:
        return list(world.catalog.pairs[name][:2])
    return [pair for pair, (first, second, _) in world.catalog.pairs.items() if name in (first, second)]


def _meaning(world: World, name: str) -> str:
    """Return what a name means as a sentence: that of its badge."""
    if name in world.catalog.pairs:
        first, second = (_meaning(world, half) for half in world.catalog.pairs[name][:2])
        return f"{first}; {second[:1].lower()}{second[1:]}"
    if name == "open-weights":
        return "The weights can be downloaded"
    for word in Modality:
        if TAKES.get(word) == name:
            return feature_badges(Modalities(input=(word,)), Capabilities())[0].title
        if MAKES.get(word) == name:
            return feature_badges(Modalities(output=(word,)), Capabilities())[0].title
    return feature_badges(Modalities(), Capabilities.model_validate({name.replace("-", "_"): True}))[0].title
