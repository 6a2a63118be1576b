"""Facts -> what a model can be asked for, by name, and which models and offerings can be asked for each.

A name is that of a capability (`tool-calls`) or of what goes in or comes out (`image-input`); `a-and-b` is two of them
at once. Pairs are chosen by rule: two of the names that people choose by, of which neither says nearly the same as the
other, the largest first, and none a half of too many. Given up: three at once, and text, which goes into and comes out
of nearly everything.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations, compress

from msgspec import Struct

from generator.schema import Capabilities, Facts, Modality, Model, Offering

__all__ = ["MAKES", "TAKES", "Able", "abilities", "index", "name_of", "pairs"]

PAIRS = 16
"""The most pairs."""
_OFTEN = 5
"""The most pairs of which one thing is a half."""
_FEWEST = 3
"""A pair that fewer things have is not worth a page."""
_NEARLY = 0.9
"""A pair that more of the rarer half has than this says nothing new."""

TAKES: Mapping[Modality, str] = {word: f"{word}-input" for word in Modality if word is not Modality.TEXT}
"""The name for what goes in."""
MAKES: Mapping[Modality, str] = {word: f"{word}-output" for word in Modality if word is not Modality.TEXT}
"""The name for what comes out."""

_CHOSEN_BY = (
    "tool-calls", "structured-outputs", "reasoning", "web-search", "image-input", "pdf-input", "audio-input",
    "video-input", "image-output", "open-weights",
)  # fmt: skip


def name_of(flag: str) -> str:
    """Return the name of a capability: `tool_calls` is `tool-calls`."""
    return flag.replace("_", "-")


# A record keeps its facts in the order of its fields: they are read in one go, without looking up 45 names.
_IN_FIELD_ORDER = tuple(name_of(flag) for flag in Capabilities.model_fields)


class Able(Struct, frozen=True):
    """What can be asked for one thing: models, each with those of its offerings that can, and offerings of no model."""

    models: Mapping[str, tuple[tuple[str, str], ...]]
    loose: tuple[tuple[str, str], ...]

    def __len__(self) -> int:
        return len(self.models) + len(self.loose)


def abilities(of: Facts) -> list[str]:
    """Return the names of what facts say can be asked for."""
    found = [TAKES[word] for word in of.modalities.input if word in TAKES]
    found += [MAKES[word] for word in of.modalities.output if word in MAKES]
    if of.open_weights:
        found.append("open-weights")
    found += compress(_IN_FIELD_ORDER, vars(of.capabilities).values())
    return found


def index(
    models: Iterable[Model], offerings: Iterable[Offering], names: Callable[[Facts], Iterable[str]] = abilities
) -> dict[str, Able]:
    """Return for each name what has it. A model has what its definition says, and what an offering of it says."""
    defined: defaultdict[str, dict[str, list[tuple[str, str]]]] = defaultdict(dict)
    loose: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for model in models:
        for name in names(model):
            defined[name][model.id] = []
    for offering in offerings:
        of, key = offering.model, offering.key
        for name in names(offering):
            if of:
                defined[name].setdefault(of, []).append(key)
            else:
                loose[name].append(key)
    return {
        name: Able({model: tuple(keys) for model, keys in defined[name].items()}, tuple(loose[name]))
        for name in sorted({*defined, *loose})
    }


def pairs(known: Mapping[str, Able]) -> dict[str, tuple[str, str, Able]]:
    """Return the pairs worth a page by name, with both halves, most models and offerings first."""
    found = []
    for first, second in combinations([name for name in _CHOSEN_BY if name in known], 2):
        both = _both(known[first], known[second])
        if _FEWEST <= len(both) < _NEARLY * min(len(known[first]), len(known[second])):
            found.append((-len(both), first, second, both))
    found.sort(key=lambda item: item[:3])
    chosen: dict[str, tuple[str, str, Able]] = {}
    halves = Counter[str]()
    for _, first, second, both in found:
        if len(chosen) < PAIRS and max(halves[first], halves[second]) < _OFTEN:
            chosen[f"{first}-and-{second}"] = first, second, both
            halves.update((first, second))
    return chosen


def _both(one: Able, other: Able) -> Able:
    """Return what has both. Of a model, one offering has to have both, unless only the definition says either."""
    models = {}
    for model, keys in one.models.items():
        theirs = other.models.get(model)
        if theirs is not None:
            known = set(theirs)
            shared = tuple([key for key in keys if key in known])
            if shared or not (keys or theirs):
                models[model] = shared
    loose = set(other.loose)
    return Able(models, tuple([key for key in one.loose if key in loose]))
