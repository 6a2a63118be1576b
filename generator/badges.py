"""Facts -> badges: the `label | value` signs on a model's page, as values, as addresses at shields.io and as SVG files.

Only what is true has a badge: neither a fact that is false nor one that is not known. A modality says which way it
goes, so that a model which only makes images is not said to see. A badge's file and address follow from its label,
value and colour; its title is for the page that shows it. Given up: other styles than the flat one, logos, links.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from html import escape
from itertools import chain, compress
from operator import itemgetter
from typing import Literal
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from generator.abilities import MAKES, TAKES, name_of
from generator.schema import Capabilities, Modalities, Modality

__all__ = [
    "Badge",
    "Colour",
    "all_badges",
    "compact",
    "feature_badges",
    "file_name",
    "shields_url",
    "svg",
    "technical_badges",
]

Colour = Literal[
    "blue", "purple", "green", "red", "orange", "teal", "cyan", "yellow", "indigo", "pink", "lime", "gray", "brown"
]
"""The colours in use, by the names that shields.io knows."""


class Badge(Struct, frozen=True, kw_only=True, cache_hash=True):
    """One true fact: two short words on a coloured sign, and a sentence that explains them."""

    label: str
    """What it is about: the left half."""
    value: str
    """What is said about it: the right half."""
    colour: Colour
    """Background of the right half."""
    title: str
    """Alternative text and tooltip."""
    about: str = ""
    """Name of the ability it tells of, for a link to the page about it."""


_YES = "✓"


def _flag(name: str, value: str, colour: Colour, title: str, *, label: str = "") -> tuple[str, Badge]:
    return name, Badge(label=label or name, value=value, colour=colour, title=title, about=name_of(name))


# A row for every flag of `Capabilities`, in the order of the page, which is the order of the fields.
_FLAGS: Mapping[str, Badge] = dict(
    (
        _flag("tool_calls", _YES, "yellow", "Calls tools"),
        _flag("tools", _YES, "yellow", "Tools can be described in the request"),
        _flag("tool_choice", _YES, "yellow", "The request can say which tool is called, or none"),
        _flag("web_search", _YES, "indigo", "Looks things up on the web"),
        _flag("attachments", _YES, "pink", "Files can be sent along"),
        _flag("reasoning", _YES, "lime", "Thinks before it answers"),
        _flag("reasoning_effort", "configurable", "lime", "How hard it thinks can be set"),
        _flag("reasoning_tokens", _YES, "lime", "How many tokens it thinks for can be set"),
        _flag("include_reasoning", _YES, "lime", "Its thinking can be sent with the answer"),
        _flag("verbosity", _YES, "gray", "How much it says can be set"),
        _flag("temperature", "core", "red", "How freely tokens are drawn can be set (temperature)"),
        _flag("top_p", "core", "red", "Can draw from the likeliest tokens up to a total probability (top-p)"),
        _flag("top_k", "advanced", "orange", "Can draw from a fixed number of likeliest tokens (top-k)"),
        _flag("top_a", "advanced", "orange", "Can drop tokens by the square of the highest probability (top-a)"),
        _flag("min_p", "advanced", "orange", "Can drop tokens by a share of the highest probability (min-p)"),
        _flag("typical_p", "advanced", "orange", "Can draw from tokens about as surprising as expected (typical-p)"),
        _flag("tfs", "advanced", "orange", "Can drop the flat tail of unlikely tokens (tail-free)"),
        _flag("max_tokens", "core", "blue", "The number of tokens can be limited"),
        _flag("max_output_tokens", "core", "blue", "The number of tokens that come back can be limited"),
        _flag("stop", "core", "blue", "Stops at words that the request names"),
        _flag("stop_token_ids", "advanced", "cyan", "Stops at tokens that the request names by number"),
        _flag("frequency_penalty", "core", "purple", "Each use of a token can make it less likely"),
        _flag("presence_penalty", "core", "purple", "Tokens that were used at all can be made less likely"),
        _flag("repetition_penalty", "advanced", "purple", "Repeating itself can be discouraged"),
        _flag("no_repeat_ngram_size", "niche", "indigo", "No run of tokens has to come twice", label="no_repeat_ngram"),
        _flag("length_penalty", "niche", "indigo", "Shorter or longer answers can be favoured"),
        _flag("logit_bias", "core", "yellow", "Single tokens can be made more or less likely"),
        _flag("bad_words", "advanced", "yellow", "Words can be forbidden"),
        _flag("allowed_tokens", "niche", "yellow", "Answers can be kept to a list of tokens"),
        _flag("seed", "advanced", "green", "A seed can be set, for answers that repeat"),
        _flag("logprobs", "core", "teal", "Says how likely each token was"),
        _flag("top_logprobs", "core", "teal", "Says which other tokens were likely"),
        _flag("echo", "advanced", "teal", "The prompt can be sent back with the answer"),
        _flag("n", "advanced", "pink", "Several answers can be asked for at once"),
        _flag("best_of", "advanced", "pink", "Can draw several answers and send the best"),
        _flag("mirostat", "niche", "gray", "Can hold surprise steady while it draws (Mirostat)"),
        _flag("mirostat_tau", "niche", "gray", "The surprise that Mirostat aims at can be set"),
        _flag("mirostat_eta", "niche", "gray", "How fast Mirostat corrects itself can be set"),
        _flag(
            "contrastive_search_penalty_alpha",
            "niche",
            "gray",
            "Can weigh a token against its likeness to what was said (contrastive search)",
            label="contrastive_search",
        ),
        _flag("num_beams", "niche", "brown", "Can follow several drafts at once (beam search)"),
        _flag("early_stopping", "niche", "brown", "Beam search can end once enough drafts are complete"),
        _flag("diversity_penalty", "niche", "brown", "The drafts of a beam search can be kept apart"),
        _flag("format_response", _YES, "cyan", "Other formats than plain text can be asked for"),
        _flag("structured_outputs", _YES, "cyan", "Answers can be held to a JSON schema"),
        _flag("streaming", _YES, "cyan", "Sends the answer while it is written"),
    )
)

# A record keeps its facts in the order of its fields: they are read in one go, without looking up 45 names.
_IN_FIELD_ORDER = tuple(_FLAGS[name] for name in Capabilities.model_fields)


def _sense(
    colour: Colour, labels: tuple[str, str], takes: str, makes: str, both: str
) -> Mapping[tuple[bool, bool], Badge]:
    """Return the badge of a modality by (goes in, comes out); the second label is for what only comes out."""
    label, made = labels
    return {
        (True, False): Badge(label=label, value=_YES, colour=colour, title=takes),
        (False, True): Badge(label=made, value=_YES, colour=colour, title=makes),
        (True, True): Badge(label=label, value=_YES, colour=colour, title=both),
    }


_DRAWN: Mapping[Modality, Mapping[tuple[bool, bool], Badge]] = {
    Modality.TEXT: _sense("blue", ("text", "text"), "Reads text", "Writes text", "Reads and writes text"),
    Modality.IMAGE: _sense("purple", ("vision", "image"), "Reads images", "Makes images", "Reads and makes images"),
    Modality.AUDIO: _sense("green", ("audio", "audio"), "Hears audio", "Makes audio", "Hears and makes audio"),
    Modality.VIDEO: _sense("red", ("video", "video"), "Watches video", "Makes video", "Watches and makes video"),
    Modality.PDF: _sense("orange", ("PDF", "PDF"), "Reads PDF files", "Makes PDF files", "Reads and makes PDF files"),
    Modality.EMBEDDING: _sense(
        "gray", ("embedding", "embedding"), "Takes embeddings", "Makes embeddings", "Takes and makes embeddings"
    ),
}
_SENSES = {
    word: {way: replace(badge, about=(TAKES if way[0] else MAKES).get(word, "")) for way, badge in ways.items()}
    for word, ways in _DRAWN.items()
}


@lru_cache(maxsize=4096)
def _modality_badges(takes: tuple[Modality, ...], makes: tuple[Modality, ...]) -> tuple[Badge, ...]:
    badges = [
        by_direction[modality in takes, modality in makes]
        for modality, by_direction in _SENSES.items()
        if modality in takes or modality in makes
    ]
    if takes:
        badges.append(Badge(label="input", value=",".join(takes), colour="teal", title=f"Input: {', '.join(takes)}"))
    if makes:
        badges.append(Badge(label="output", value=",".join(makes), colour="cyan", title=f"Output: {', '.join(makes)}"))
    return tuple(badges)


def feature_badges(modalities: Modalities, capabilities: Capabilities) -> tuple[Badge, ...]:
    """Return a badge for every modality and for every capability that is there, in the order of the page."""
    there = compress(_IN_FIELD_ORDER, vars(capabilities).values())
    return _modality_badges(modalities.input, modalities.output) + tuple(there)


def _technical(flag: str, value: str = "supported", *, told_as: str = "", label: str = "") -> tuple[str, Badge]:
    badge = _FLAGS[told_as or flag]
    return flag, replace(badge, label=label or badge.label, value=value, about=name_of(flag))


# Heading -> flags with their badges; of flags that are told as one, which have one label, the first is shown.
_TECHNICAL: Mapping[str, tuple[tuple[str, Badge], ...]] = {
    "Sampling Controls": (
        _technical("temperature"),
        _technical("top_p"),
        _technical("top_k"),
        _technical("top_a"),
        _technical("min_p"),
        _technical("typical_p"),
        _technical("tfs"),
    ),
    "Repetition Controls": (
        _technical("frequency_penalty"),
        _technical("presence_penalty"),
        _technical("repetition_penalty"),
        _technical("no_repeat_ngram_size"),
    ),
    "Observability": (
        _technical("logprobs"),
        _technical("top_logprobs"),
        _technical("echo"),
    ),
    "Advanced Features": (
        _technical("mirostat"),
        _technical("mirostat_tau", told_as="mirostat"),
        _technical("mirostat_eta", told_as="mirostat"),
        _technical("contrastive_search_penalty_alpha", label="contrastive"),
        _technical("num_beams", label="beam_search"),
        _technical("seed", "deterministic"),
        _technical("n", "multiple"),
        _technical("best_of", "reranking"),
    ),
}

_TECHNICAL_FLAGS = tuple(flag for rows in _TECHNICAL.values() for flag, _ in rows)
_technical_facts = itemgetter(*_TECHNICAL_FLAGS)


@lru_cache(maxsize=4096)
def _grouped(facts: tuple[bool | None, ...]) -> tuple[tuple[str, tuple[Badge, ...]], ...]:
    there = set(compress(_TECHNICAL_FLAGS, facts))
    groups = []
    for heading, rows in _TECHNICAL.items():
        badges: dict[str, Badge] = {}
        for flag, badge in rows:
            if flag in there:
                badges.setdefault(badge.label, badge)
        groups.append((heading, tuple(badges.values())))
    return tuple((heading, badges) for heading, badges in groups if badges)


def technical_badges(capabilities: Capabilities) -> tuple[tuple[str, tuple[Badge, ...]], ...]:
    """Return the controls over how an answer is made, as (heading, badges); a group without badges is left out."""
    return _grouped(_technical_facts(vars(capabilities)))


# What a cell shows for a modality, and what where it only comes out.
_SIGNS: Mapping[Modality, tuple[str, str]] = {
    Modality.TEXT: ("📝", "📝"),
    Modality.IMAGE: ("👁️", "🖼️"),
    Modality.AUDIO: ("🎵", "🎵"),
    Modality.VIDEO: ("🎬", "🎬"),
}


@lru_cache(maxsize=4096)
def _signs(
    takes: tuple[Modality, ...], makes: tuple[Modality, ...], *, tools: bool, streaming: bool
) -> tuple[tuple[str, str], ...]:
    signs = [
        (taken if modality in takes else made, _SENSES[modality][modality in takes, modality in makes].label)
        for modality, (taken, made) in _SIGNS.items()
        if modality in takes or modality in makes
    ]
    signs += compress((("🔧", "tools"), ("⚡", "streaming")), (tools, streaming))
    return tuple(signs)


def compact(modalities: Modalities, capabilities: Capabilities) -> tuple[tuple[str, str], ...]:
    """Return what fits in a cell of a table, as (sign, word): text, image, audio, video, any tools, streaming."""
    tools = bool(capabilities.tool_calls or capabilities.tools or capabilities.tool_choice)
    return _signs(modalities.input, modalities.output, tools=tools, streaming=bool(capabilities.streaming))


def all_badges() -> tuple[Badge, ...]:
    """Return every badge there is, in order and once each, except those that list modalities."""
    senses = chain.from_iterable(by_direction.values() for by_direction in _SENSES.values())
    technical = (badge for rows in _TECHNICAL.values() for _, badge in rows)
    return tuple(dict.fromkeys(chain(senses, _FLAGS.values(), technical)))


_SHIELDS = "https://img.shields.io/badge/"


def _shields_part(text: str) -> str:
    return quote(text.replace("_", "__").replace(" ", "_").replace("-", "--"), safe=",")


@lru_cache(maxsize=4096)
def shields_url(badge: Badge) -> str:
    """Return the address of the badge at shields.io, in ASCII."""
    return f"{_SHIELDS}{_shields_part(badge.label)}-{_shields_part(badge.value)}-{badge.colour}"


_LABEL_WORDS: Mapping[str, str] = {"PDF": "pdf"}
_VALUE_WORDS: Mapping[str, str] = {_YES: "yes"}
_PLAIN = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_MAX_NAME = 80


def _spell(word: str, spellings: Mapping[str, str]) -> str:
    """Return a word as a file name can hold it, different for each word, or nothing when it cannot."""
    if word in spellings:
        return spellings[word]
    return word if _PLAIN.fullmatch(word) and word not in spellings.values() else ""


@lru_cache(maxsize=4096)
def file_name(badge: Badge) -> str:
    """Return the name of the badge's SVG file: `vision-yes-purple.svg`. Only badges that look the same share it.

    A word that no file name can hold as it is, or a name that grows too long, makes the whole name a hash.
    """
    values = (_spell(word, _VALUE_WORDS) for word in badge.value.split(","))
    words = (_spell(badge.label, _LABEL_WORDS), *values, badge.colour)
    name = "-".join(words)
    if all(words) and len(name) <= _MAX_NAME:
        return f"{name}.svg"
    look = ascii((badge.label, badge.value, badge.colour))
    return f"badge-{sha256(look.encode()).hexdigest()[:16]}.svg"


# The fills of shields.io; red and blue are a shade darker than there, so that white text can be read on them (4.5:1).
_FILLS: Mapping[Colour, str] = {
    "blue": "#007bc1",
    "purple": "#800080",
    "green": "#67ac09",
    "red": "#d44040",
    "orange": "#ea7233",
    "teal": "#008080",
    "cyan": "#00ffff",
    "yellow": "#d8b800",
    "indigo": "#4b0082",
    "pink": "#ffc0cb",
    "lime": "#00ff00",
    "gray": "#555555",
    "brown": "#a52a2a",
}
_DARK_TEXT: frozenset[Colour] = frozenset({"green", "orange", "cyan", "yellow", "pink", "lime"})

# Advance widths of Verdana at 11 px, in hundredths of a pixel, from space to tilde.
_VERDANA = (
    387, 433, 505, 900, 699, 1184, 799, 295, 500, 500, 699, 900, 400, 500, 400, 500,
    699, 699, 699, 699, 699, 699, 699, 699, 699, 699, 500, 500, 900, 900, 900, 600,
    1100, 752, 754, 768, 848, 696, 632, 853, 827, 463, 500, 762, 612, 927, 823, 866,
    663, 866, 765, 752, 678, 805, 752, 1088, 754, 677, 754, 500, 500, 500, 900, 699,
    699, 661, 685, 573, 685, 655, 387, 685, 696, 302, 379, 651, 302, 1070, 696, 668,
    685, 685, 469, 573, 433, 696, 651, 900, 651, 651, 578, 698, 500, 698, 900,
)  # fmt: skip
_WIDTHS: Mapping[str, int] = {"✓": 841, "…": 900} | {chr(code): width for code, width in enumerate(_VERDANA, start=32)}
_PADDING = 5


def _width(text: str) -> int:
    """Return the width of a text: an odd number of pixels, which keeps its middle in place; an unknown sign is an m."""
    return sum(_WIDTHS.get(character, _WIDTHS["m"]) for character in text) // 100 | 1


_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))


_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" aria-label="{name}">
<title>{name}</title>
<linearGradient id="sheen" x2="0" y2="100%">
<stop offset="0" stop-color="#bbb" stop-opacity=".1"/><stop offset="1" stop-opacity=".1"/>
</linearGradient>
<clipPath id="corners"><rect width="{width}" height="20" rx="3"/></clipPath>
<g clip-path="url(#corners)">
<rect width="{left}" height="20" fill="#555"/>
<rect x="{left}" width="{right}" height="20" fill="{fill}"/>
<rect width="{width}" height="20" fill="url(#sheen)"/>
</g>
<g text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">
{label}
{value}
</g>
</svg>
"""


def _text(text: str, *, middle: float, length: int, dark: bool) -> str:
    """Draw a text and, one pixel below, its shadow."""
    ink, shadow = ("#222", "#ccc") if dark else ("#fff", "#010101")
    place = f'x="{middle}" textLength="{length}"'
    written = _xml(text)
    return (
        f'<text {place} y="15" fill="{shadow}" fill-opacity=".3" aria-hidden="true">{written}</text>'
        f'<text {place} y="14" fill="{ink}">{written}</text>'
    )


@lru_cache(maxsize=4096)
def svg(badge: Badge) -> str:
    """Draw the badge as an SVG file, 20 px high, the same size and shape as at shields.io."""
    label_width, value_width = _width(badge.label), _width(badge.value)
    left, right = label_width + 2 * _PADDING, value_width + 2 * _PADDING
    # Each text is centred in its half, less one pixel of the half's outer edge.
    return _SVG.format(
        width=left + right,
        left=left,
        right=right,
        fill=_FILLS[badge.colour],
        name=_xml(f"{badge.label}: {_VALUE_WORDS.get(badge.value, badge.value)}"),
        label=_text(badge.label, middle=left / 2 + 1, length=label_width, dark=False),
        value=_text(badge.value, middle=left + right / 2 - 1, length=value_width, dark=badge.colour in _DARK_TEXT),
    )
