"""Badges: which facts have one, what it says, where its picture is and how that is drawn."""

import pickle
import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import badges
from generator.badges import (
    Badge,
    Colour,
    all_badges,
    compact,
    feature_badges,
    file_name,
    shields_url,
    svg,
    technical_badges,
)
from generator.schema import Capabilities, Modalities, Modality

NOTHING_SAID = Modalities()
NOTHING_KNOWN = Capabilities()
NOTHING_THERE = Capabilities(**dict.fromkeys(Capabilities.model_fields, False))
EVERYTHING = Capabilities(**dict.fromkeys(Capabilities.model_fields, True))


def goes(takes: str, makes: str) -> Modalities:
    return Modalities(input=tuple(map(Modality, takes.split())), output=tuple(map(Modality, makes.split())))


def has(flags: str) -> Capabilities:
    return Capabilities(**dict.fromkeys(flags.split(), True))


def words(row: Iterable[Badge]) -> list[str]:
    return [f"{badge.label} {badge.value} {badge.colour}" for badge in row]


def drawn(label: str, value: str, colour: Colour = "blue") -> Badge:
    return Badge(label=label, value=value, colour=colour, title="Whatever")


CAPABILITIES = [
    ("tool_calls", "tool_calls ✓ yellow"),
    ("tools", "tools ✓ yellow"),
    ("tool_choice", "tool_choice ✓ yellow"),
    ("web_search", "web_search ✓ indigo"),
    ("attachments", "attachments ✓ pink"),
    ("reasoning", "reasoning ✓ lime"),
    ("reasoning_effort", "reasoning_effort configurable lime"),
    ("reasoning_tokens", "reasoning_tokens ✓ lime"),
    ("include_reasoning", "include_reasoning ✓ lime"),
    ("verbosity", "verbosity ✓ gray"),
    ("temperature", "temperature core red"),
    ("top_p", "top_p core red"),
    ("top_k", "top_k advanced orange"),
    ("top_a", "top_a advanced orange"),
    ("min_p", "min_p advanced orange"),
    ("typical_p", "typical_p advanced orange"),
    ("tfs", "tfs advanced orange"),
    ("max_tokens", "max_tokens core blue"),
    ("max_output_tokens", "max_output_tokens core blue"),
    ("stop", "stop core blue"),
    ("stop_token_ids", "stop_token_ids advanced cyan"),
    ("frequency_penalty", "frequency_penalty core purple"),
    ("presence_penalty", "presence_penalty core purple"),
    ("repetition_penalty", "repetition_penalty advanced purple"),
    ("no_repeat_ngram_size", "no_repeat_ngram niche indigo"),
    ("length_penalty", "length_penalty niche indigo"),
    ("logit_bias", "logit_bias core yellow"),
    ("bad_words", "bad_words advanced yellow"),
    ("allowed_tokens", "allowed_tokens niche yellow"),
    ("seed", "seed advanced green"),
    ("logprobs", "logprobs core teal"),
    ("top_logprobs", "top_logprobs core teal"),
    ("echo", "echo advanced teal"),
    ("n", "n advanced pink"),
    ("best_of", "best_of advanced pink"),
    ("mirostat", "mirostat niche gray"),
    ("mirostat_tau", "mirostat_tau niche gray"),
    ("mirostat_eta", "mirostat_eta niche gray"),
    ("contrastive_search_penalty_alpha", "contrastive_search niche gray"),
    ("num_beams", "num_beams niche brown"),
    ("early_stopping", "early_stopping niche brown"),
    ("diversity_penalty", "diversity_penalty niche brown"),
    ("format_response", "format_response ✓ cyan"),
    ("structured_outputs", "structured_outputs ✓ cyan"),
    ("streaming", "streaming ✓ cyan"),
]


@pytest.mark.parametrize(("flag", "badge"), CAPABILITIES)
def test_a_capability_has_its_badge(flag: str, badge: str) -> None:
    assert words(feature_badges(NOTHING_SAID, has(flag))) == [badge]


def test_the_badges_stand_in_the_order_of_the_table() -> None:
    assert words(feature_badges(NOTHING_SAID, EVERYTHING)) == [badge for _, badge in CAPABILITIES]


MODALITIES = [
    ("text", "", ["text ✓ blue", "input text teal"], "Reads text"),
    ("", "text", ["text ✓ blue", "output text cyan"], "Writes text"),
    ("text", "text", ["text ✓ blue", "input text teal", "output text cyan"], "Reads and writes text"),
    ("image", "", ["vision ✓ purple", "input image teal"], "Reads images"),
    ("", "image", ["image ✓ purple", "output image cyan"], "Makes images"),
    ("image", "image", ["vision ✓ purple", "input image teal", "output image cyan"], "Reads and makes images"),
    ("audio", "", ["audio ✓ green", "input audio teal"], "Hears audio"),
    ("", "audio", ["audio ✓ green", "output audio cyan"], "Makes audio"),
    ("audio", "audio", ["audio ✓ green", "input audio teal", "output audio cyan"], "Hears and makes audio"),
    ("video", "", ["video ✓ red", "input video teal"], "Watches video"),
    ("", "video", ["video ✓ red", "output video cyan"], "Makes video"),
    ("video", "video", ["video ✓ red", "input video teal", "output video cyan"], "Watches and makes video"),
    ("pdf", "", ["PDF ✓ orange", "input pdf teal"], "Reads PDF files"),
    ("", "pdf", ["PDF ✓ orange", "output pdf cyan"], "Makes PDF files"),
    ("pdf", "pdf", ["PDF ✓ orange", "input pdf teal", "output pdf cyan"], "Reads and makes PDF files"),
    ("embedding", "", ["embedding ✓ gray", "input embedding teal"], "Takes embeddings"),
    ("", "embedding", ["embedding ✓ gray", "output embedding cyan"], "Makes embeddings"),
    (
        "embedding",
        "embedding",
        ["embedding ✓ gray", "input embedding teal", "output embedding cyan"],
        "Takes and makes embeddings",
    ),
]


@pytest.mark.parametrize(("takes", "makes", "row", "title"), MODALITIES)
def test_a_modality_says_which_way_it_goes(takes: str, makes: str, row: list[str], title: str) -> None:
    found = feature_badges(goes(takes, makes), NOTHING_KNOWN)
    assert words(found) == row
    assert found[0].title == title


def test_every_modality_is_in_the_table() -> None:
    assert {takes for takes, _, _, _ in MODALITIES if takes} == {modality.value for modality in Modality}


def test_modalities_come_first_and_their_lists_keep_the_order_of_the_source() -> None:
    found = feature_badges(goes("pdf video audio image text", "embedding image text"), has("streaming tools"))
    assert words(found) == [
        "text ✓ blue",
        "vision ✓ purple",
        "audio ✓ green",
        "video ✓ red",
        "PDF ✓ orange",
        "embedding ✓ gray",
        "input pdf,video,audio,image,text teal",
        "output embedding,image,text cyan",
        "tools ✓ yellow",
        "streaming ✓ cyan",
    ]
    assert [badge.title for badge in found[6:8]] == [
        "Input: pdf, video, audio, image, text",
        "Output: embedding, image, text",
    ]


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(NOTHING_KNOWN, id="not known"),
        pytest.param(NOTHING_THERE, id="false"),
        pytest.param(Capabilities(tools=False, n=None), id="both"),
    ],
)
def test_what_is_false_or_not_known_has_no_badge(facts: Capabilities) -> None:
    assert feature_badges(NOTHING_SAID, facts) == ()
    assert technical_badges(facts) == ()
    assert compact(NOTHING_SAID, facts) == ()


def test_a_false_fact_does_not_move_its_neighbours() -> None:
    facts = NOTHING_THERE.model_copy(update={"top_p": True, "echo": True})
    assert words(feature_badges(NOTHING_SAID, facts)) == ["top_p core red", "echo advanced teal"]


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(Capabilities.model_validate({"streaming": True, "n": False, "tools": True}), id="validated"),
        pytest.param(Capabilities.model_construct(streaming=True, tools=True), id="constructed"),
        pytest.param(Capabilities(streaming=True).model_copy(update={"tools": True}), id="copied"),
        pytest.param(pickle.loads(pickle.dumps(has("streaming tools"))), id="pickled"),  # noqa: S301  our own bytes
    ],
)
def test_the_order_in_which_facts_were_stated_is_no_matter(facts: Capabilities) -> None:
    assert words(feature_badges(NOTHING_SAID, facts)) == ["tools ✓ yellow", "streaming ✓ cyan"]


GENERAL = "temperature top_p top_k max_tokens stop format_response structured_outputs streaming"
READS_IMAGES = ["text-✓-blue", "vision-✓-purple", "input-text,image-teal", "output-text-cyan"]
ANSWERS = [
    "tools-✓-yellow",
    "tool__choice-✓-yellow",
    "temperature-core-red",
    "top__p-core-red",
    "top__k-advanced-orange",
    "max__tokens-core-blue",
    "stop-core-blue",
    "format__response-✓-cyan",
    "structured__outputs-✓-cyan",
    "streaming-✓-cyan",
]


@pytest.mark.parametrize(
    ("flags", "row"),
    [
        pytest.param(
            "tool_calls tools tool_choice",
            [*READS_IMAGES, "tool__calls-✓-yellow", "tools-✓-yellow", "tool__choice-✓-yellow"],
            id="gemini-1.5-flash-002",
        ),
        pytest.param(f"tools tool_choice {GENERAL}", [*READS_IMAGES, *ANSWERS], id="gemini-1.5-pro-002"),
        pytest.param(
            f"tools tool_choice {GENERAL}",
            [*READS_IMAGES, *ANSWERS],
            id="gemini-2.0-flash-preview-image-generation",
        ),
    ],
)
def test_the_row_of_a_known_page_comes_out_as_it_is_there(flags: str, row: list[str]) -> None:
    facts = NOTHING_THERE.model_copy(update=dict.fromkeys(flags.split(), True))
    addresses = [shields_url(badge) for badge in feature_badges(goes("text image", "text"), facts)]
    assert [unquote(address).removeprefix("https://img.shields.io/badge/") for address in addresses] == row


TECHNICAL: Mapping[str, list[tuple[str, str]]] = {
    "Sampling Controls": [
        ("temperature", "temperature supported red"),
        ("top_p", "top_p supported red"),
        ("top_k", "top_k supported orange"),
        ("top_a", "top_a supported orange"),
        ("min_p", "min_p supported orange"),
        ("typical_p", "typical_p supported orange"),
        ("tfs", "tfs supported orange"),
    ],
    "Repetition Controls": [
        ("frequency_penalty", "frequency_penalty supported purple"),
        ("presence_penalty", "presence_penalty supported purple"),
        ("repetition_penalty", "repetition_penalty supported purple"),
        ("no_repeat_ngram_size", "no_repeat_ngram supported indigo"),
    ],
    "Observability": [
        ("logprobs", "logprobs supported teal"),
        ("top_logprobs", "top_logprobs supported teal"),
        ("echo", "echo supported teal"),
    ],
    "Advanced Features": [
        ("mirostat", "mirostat supported gray"),
        ("contrastive_search_penalty_alpha", "contrastive supported gray"),
        ("num_beams", "beam_search supported brown"),
        ("seed", "seed deterministic green"),
        ("n", "n multiple pink"),
        ("best_of", "best_of reranking pink"),
    ],
}


@pytest.mark.parametrize(
    ("heading", "flag", "badge"),
    [
        *((heading, flag, badge) for heading, rows in TECHNICAL.items() for flag, badge in rows),
        ("Advanced Features", "mirostat_tau", "mirostat supported gray"),
        ("Advanced Features", "mirostat_eta", "mirostat supported gray"),
    ],
)
def test_a_control_stands_in_its_group_and_no_other_group_is_there(heading: str, flag: str, badge: str) -> None:
    assert [(name, words(row)) for name, row in technical_badges(has(flag))] == [(heading, [badge])]


def test_the_groups_stand_in_order_and_mirostat_in_them_once() -> None:
    assert {name: words(row) for name, row in technical_badges(EVERYTHING)} == {
        heading: [badge for _, badge in rows] for heading, rows in TECHNICAL.items()
    }
    assert [name for name, _ in technical_badges(EVERYTHING)] == list(TECHNICAL)


def test_both_sets_explain_a_capability_in_the_same_words() -> None:
    titles = {badge.label: badge.title for badge in feature_badges(NOTHING_SAID, EVERYTHING)}
    told = {badge.label: badge.title for _, row in technical_badges(EVERYTHING) for badge in row}
    renamed = {"contrastive": "contrastive_search", "beam_search": "num_beams"}
    assert told == {label: titles[renamed.get(label, label)] for label in told}


@pytest.mark.parametrize(
    ("takes", "makes", "flags", "cell"),
    [
        ("text", "text", "", [("📝", "text")]),
        ("image", "text", "", [("📝", "text"), ("👁️", "vision")]),
        ("text", "image", "", [("📝", "text"), ("🖼️", "image")]),
        ("image", "image", "", [("👁️", "vision")]),
        ("audio", "", "", [("🎵", "audio")]),
        ("", "audio", "", [("🎵", "audio")]),
        ("", "video", "", [("🎬", "video")]),
        ("pdf", "embedding", "", []),
        ("", "", "tools", [("🔧", "tools")]),
        ("", "", "tool_calls", [("🔧", "tools")]),
        ("", "", "tool_choice", [("🔧", "tools")]),
        ("", "", "streaming", [("⚡", "streaming")]),
        ("", "", "web_search attachments reasoning", []),
        (
            "video audio image text",
            "text",
            "streaming tools tool_calls",
            [
                ("📝", "text"),
                ("👁️", "vision"),
                ("🎵", "audio"),
                ("🎬", "video"),
                ("🔧", "tools"),
                ("⚡", "streaming"),
            ],
        ),
    ],
)
def test_a_cell_shows_signs_with_their_words(takes: str, makes: str, flags: str, cell: list[tuple[str, str]]) -> None:
    assert compact(goes(takes, makes), has(flags)) == tuple(cell)


@pytest.mark.parametrize(
    ("label", "value", "tail"),
    [
        ("vision", "✓", "vision-%E2%9C%93-blue"),
        ("tool_calls", "✓", "tool__calls-%E2%9C%93-blue"),
        ("input", "text,image", "input-text,image-blue"),
        ("no-repeat", "two words", "no--repeat-two_words-blue"),
        ("a_b-c d", "_", "a__b--c_d-__-blue"),
        ("a/b", "?#", "a%2Fb-%3F%23-blue"),
        ("100%", "&", "100%25-%26-blue"),
        ("f(x)", "[!]", "f%28x%29-%5B%21%5D-blue"),
        ("<b>", "\"'\\", "%3Cb%3E-%22%27%5C-blue"),
        ("日本", "1+1=2", "%E6%97%A5%E6%9C%AC-1%2B1%3D2-blue"),
    ],
)
def test_an_address_escapes_what_it_has_to(label: str, value: str, tail: str) -> None:
    assert shields_url(drawn(label, value)) == f"https://img.shields.io/badge/{tail}"


@given(label=st.text(st.characters(exclude_categories=["Cs"])), value=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_words_make_an_address_that_needs_no_escaping_in_a_page(label: str, value: str) -> None:
    assert re.fullmatch(r"https://img\.shields\.io/badge/[A-Za-z0-9_.~,%-]*", shields_url(drawn(label, value)))


@pytest.mark.parametrize(
    ("label", "value", "colour", "name"),
    [
        ("vision", "✓", "purple", "vision-yes-purple.svg"),
        ("PDF", "✓", "orange", "pdf-yes-orange.svg"),
        ("tool_calls", "✓", "yellow", "tool_calls-yes-yellow.svg"),
        ("n", "multiple", "pink", "n-multiple-pink.svg"),
        ("input", "text,image", "teal", "input-text-image-teal.svg"),
        ("input", "text,pdf", "teal", "input-text-pdf-teal.svg"),
        ("pdf", "✓", "orange", "badge-5bf077d8645e9e00.svg"),
        ("vision", "yes", "purple", "badge-34b9329bf47dd9ea.svg"),
    ],
)
def test_a_file_is_named_by_what_the_badge_says(label: str, value: str, colour: Colour, name: str) -> None:
    assert file_name(drawn(label, value, colour)) == name


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("", ""),
        ("..", ".."),
        ("../../etc", "passwd"),
        ("con", "?"),
        ("a", "b-c"),
        ("a-b", "c"),
        ("a,b", "c"),
        ("a", "b,"),
        ("a", "two words"),
        ("A", "b"),
        ("a_", "b"),
        ("a\n", "b"),
        ("日本", "\ud800"),
        ("input", ",".join(["text"] * 20)),
    ],
)
def test_words_that_no_file_name_can_hold_are_hashed(label: str, value: str) -> None:
    assert re.fullmatch(r"badge-[0-9a-f]{16}\.svg", file_name(drawn(label, value)))


LISTS = [
    *feature_badges(goes("text image audio video pdf embedding", "text image audio video pdf embedding"), EVERYTHING),
    *feature_badges(goes("text image", "text"), NOTHING_KNOWN),
    *feature_badges(goes("text", "text image"), NOTHING_KNOWN),
    *feature_badges(goes("image text", "image text"), NOTHING_KNOWN),
]


def looks(badge: Badge) -> tuple[str, str, str]:
    return badge.label, badge.value, badge.colour


def test_badges_share_a_file_only_when_they_look_the_same() -> None:
    occurring = [*all_badges(), *LISTS]
    names = {looks(badge): file_name(badge) for badge in occurring}
    assert len(set(names.values())) == len(names)
    assert [name for name in names.values() if not re.fullmatch(r"[a-z0-9_]+(-[a-z0-9_]+){2,}\.svg", name)] == []
    assert len({svg(badge) for badge in occurring}) == len(names)


ODD = st.text(st.sampled_from("ab,-_.✓/ Ab"), max_size=6) | st.sampled_from(["yes", "pdf", "PDF", "badge", "✓"])


@given(first=st.tuples(ODD, ODD), second=st.tuples(ODD, ODD))
def test_two_badges_never_meet_in_one_file(first: tuple[str, str], second: tuple[str, str]) -> None:
    same = file_name(drawn(*first)) == file_name(drawn(*second))
    assert same == (first == second)


def test_the_title_is_not_part_of_the_file() -> None:
    reads, makes = (feature_badges(goes(*way), NOTHING_KNOWN)[0] for way in (("audio", ""), ("", "audio")))
    assert reads != makes
    assert file_name(reads) == file_name(makes)
    assert svg(reads) == svg(makes)


SPACE = "{http://www.w3.org/2000/svg}"


def parse(badge: Badge) -> ET.Element:
    return ET.fromstring(svg(badge))  # noqa: S314  drawn by the function under test


# The figures of badge-maker 6.0.0, the renderer of shields.io.
@pytest.mark.parametrize(
    ("label", "value", "left", "right", "label_text", "value_text"),
    [
        ("text", "✓", 31, 19, (16.5, 21), (39.5, 9)),
        ("vision", "✓", 41, 19, (21.5, 31), (49.5, 9)),
        ("PDF", "✓", 31, 19, (16.5, 21), (39.5, 9)),
        ("input", "text,image", 39, 69, (20.5, 29), (72.5, 59)),
        ("input", "text,image,audio,video,pdf", 39, 159, (20.5, 29), (117.5, 149)),
        ("output", "text", 47, 31, (24.5, 37), (61.5, 21)),
        ("tool_calls", "✓", 61, 19, (31.5, 51), (69.5, 9)),
        ("reasoning_effort", "configurable", 101, 77, (51.5, 91), (138.5, 67)),
        ("top_p", "core", 41, 33, (21.5, 31), (56.5, 23)),
        ("no_repeat_ngram", "niche", 109, 39, (55.5, 99), (127.5, 29)),
        ("n", "multiple", 17, 55, (9.5, 7), (43.5, 45)),
        ("contrastive_search", "niche", 115, 39, (58.5, 105), (133.5, 29)),
        ("seed", "deterministic", 35, 81, (18.5, 25), (74.5, 71)),
        ("日", "…", 21, 19, (11.5, 11), (29.5, 9)),
        ("i & <j>", "'\"", 51, 19, (26.5, 41), (59.5, 9)),
    ],
)
def test_a_badge_has_the_geometry_of_shields(
    label: str, value: str, left: int, right: int, label_text: tuple[float, int], value_text: tuple[float, int]
) -> None:
    root = parse(drawn(label, value, "teal"))
    width = str(left + right)
    assert (root.get("width"), root.get("height")) == (width, "20")
    boxes = [(box.get("x"), box.get("width"), box.get("fill")) for box in root.iterfind(f"{SPACE}g/{SPACE}rect")]
    assert boxes == [(None, str(left), "#555"), (str(left), str(right), "#008080"), (None, width, "url(#sheen)")]
    texts = [(text.text, text.attrib) for text in root.iter(f"{SPACE}text")]
    places = [(text, float(at["x"]), int(at["textLength"]), int(at["y"])) for text, at in texts]
    assert places == [
        (label, *label_text, 15),
        (label, *label_text, 14),
        (value, *value_text, 15),
        (value, *value_text, 14),
    ]


@pytest.mark.parametrize(
    ("label", "value", "spoken"),
    [
        ("vision", "✓", "vision: yes"),
        ("PDF", "✓", "PDF: yes"),
        ("input", "text,image", "input: text,image"),
        ("<script>", "\"'&{x}", "<script>: \"'&{x}"),
        ("\x00\x1b", "\ud800\uffff", "\ufffd\ufffd: \ufffd\ufffd"),
    ],
)
def test_a_badge_can_be_read_aloud(label: str, value: str, spoken: str) -> None:
    root = parse(drawn(label, value))
    assert (root.get("role"), root.get("aria-label"), root.findtext(f"{SPACE}title")) == ("img", spoken, spoken)


@given(label=st.text(), value=st.text())
def test_any_words_make_a_well_formed_file(label: str, value: str) -> None:
    drawing = drawn(label, value)
    assert parse(drawing).tag == f"{SPACE}svg"
    assert svg(drawing).encode()


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour as WCAG 2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", sorted(badges._FILLS))
def test_the_text_can_be_read_on_every_colour(colour: Colour) -> None:
    root = parse(drawn("a", "b", colour))
    fills = [box.attrib["fill"] for box in root.iterfind(f"{SPACE}g/{SPACE}rect")][:2]
    inks = [text.attrib["fill"] for text in root.iter(f"{SPACE}text") if "aria-hidden" not in text.attrib]
    assert min(map(contrast, fills, inks)) >= 4.5


def test_every_badge_is_told_once() -> None:
    told = all_badges()
    assert len(set(told)) == len(told)
    occurring = set(feature_badges(NOTHING_SAID, EVERYTHING))
    for flag in Capabilities.model_fields:
        alone = Capabilities.model_validate({flag: True})
        occurring |= {badge for _, row in technical_badges(alone) for badge in row}
    for takes, makes, _, _ in MODALITIES:
        occurring.add(feature_badges(goes(takes, makes), NOTHING_KNOWN)[0])
    assert set(told) == occurring


def test_every_badge_says_something_of_its_own() -> None:
    titles = [badge.title for badge in feature_badges(NOTHING_SAID, EVERYTHING)]
    assert len(set(titles)) == len(titles)
    assert [title for title in titles if not re.fullmatch(r"[A-Z][^|\[\]<>\n]+[a-zA-Z)]", title)] == []
