"""The programs that the exported files are for read them: LiteLLM, OpenAI's client, parsers of feeds and calendars.

What they need is large: `make qa` installs it and runs these.
"""

import functools
import http.server
import json
import os
import tarfile
import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.exporters import feeds, ics, modelsdev, outputs, records
from generator.exporters import litellm as price_map
from generator.schema import Price, Rates
from generator.site import Site
from tests.exporters.described import FILES, values
from tests.exporters.sites import checkout, files, golden, offering, site

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # it would ask the network for its own when it is imported

# LiteLLM's own business.
pytestmark = pytest.mark.filterwarnings("ignore:Items? .* on TypedDict class:UserWarning")

WHY = "`make qa` installs what it needs"
feedparser = pytest.importorskip("feedparser", reason=WHY)
icalendar = pytest.importorskip("icalendar", reason=WHY)
jsonschema = pytest.importorskip("jsonschema", reason=WHY)
litellm = pytest.importorskip("litellm", reason=WHY)
openai = pytest.importorskip("openai", reason=WHY)

MILLION = Decimal(1_000_000)
SHIPPED = Path(__file__).parent.parent.parent / "content"


@pytest.fixture(scope="module")
def shipped() -> Site:
    from generator.build import load  # noqa: PLC0415  # as the build does

    return load(SHIPPED)[0]


@pytest.fixture(scope="module")
def prices(shipped: Site) -> Iterator[dict[str, Any]]:
    """LiteLLM with the map of the shipped catalog in place of its own."""
    before = litellm.model_cost
    found: dict[str, Any] = json.loads(files(price_map.outputs(shipped))[price_map.PATH])
    litellm.model_cost = found
    litellm.add_known_models(found)
    litellm.utils._invalidate_model_cost_lowercase_map()
    yield found
    litellm.model_cost = before
    litellm.utils._invalidate_model_cost_lowercase_map()


def in_effect(price: Price, prompt: int) -> Rates:
    """Return the rates of a request of that many tokens; what a tier leaves out stays as in the base price."""
    rates = price.rates
    for tier in price.tiers:
        if prompt > tier.above:
            rates |= {name: value for name in Rates.model_fields if (value := getattr(tier, name)) is not None}
    return Rates.model_validate(rates)


def cost(price: Price, prompt: int, cached: int, written: int, completion: int) -> Decimal:
    rates = in_effect(price, prompt)
    given, made = rates.input or Decimal(0), rates.output or Decimal(0)
    read = given if rates.cache_read is None else rates.cache_read
    write = given if rates.cache_write is None else rates.cache_write
    plain = prompt - cached - written
    return (plain * given + cached * read + written * write + completion * made) / MILLION


MODELS = [
    ("anthropic", "claude-opus-4-8", "anthropic/claude-opus-4-8"),
    ("anthropic", "claude-sonnet-5", "anthropic/claude-sonnet-5"),
    ("anthropic", "claude-haiku-4-5", "anthropic/claude-haiku-4-5"),
    ("openai", "gpt-5.5", "openai/gpt-5.5"),
    ("openai", "gpt-5.4", "gpt-5.4"),
    ("openai", "gpt-5", "openai/gpt-5"),
    ("google-ai-studio", "gemini-2.5-pro", "gemini/gemini-2.5-pro"),
    ("google-ai-studio", "gemini-2.5-flash", "gemini/gemini-2.5-flash"),
    ("groq", "openai/gpt-oss-120b", "groq/openai/gpt-oss-120b"),
    ("deepseek", "deepseek-v4-pro", "deepseek/deepseek-v4-pro"),
    ("mistral", "mistral-large-latest", "mistral/mistral-large-latest"),
    ("xai", "grok-4.3", "xai/grok-4.3"),
]


@pytest.mark.parametrize("prompt", [1_000, 150_000, 250_000, 300_000])
@pytest.mark.parametrize("cached", [0, 400])
@pytest.mark.parametrize(("provider", "name", "asked"), MODELS)
def test_litellm_works_out_what_a_request_costs(
    shipped: Site, prices: dict[str, Any], provider: str, name: str, asked: str, prompt: int, cached: int
) -> None:
    assert prices
    price = shipped.world.catalog.offerings[provider, name].price
    assert price is not None
    if price.cache_read is None:  # a provider without a price for cached tokens counts none as cached
        cached = 0
    written = 100 if cached and provider == "anthropic" else 0
    usage = litellm.Usage(
        prompt_tokens=prompt,
        completion_tokens=77,
        total_tokens=prompt + 77,
        prompt_tokens_details=litellm.types.utils.PromptTokensDetailsWrapper(
            cached_tokens=cached, cache_creation_tokens=written
        ),
        cache_creation_input_tokens=written,
        cache_read_input_tokens=cached,
    )
    answer = litellm.ModelResponse(model=asked, usage=usage)
    told = litellm.completion_cost(completion_response=answer, model=asked)
    assert told == pytest.approx(float(cost(price, prompt, cached, written, 77)), rel=1e-9)


def test_the_models_that_are_asked_about_have_tiers_and_caches(shipped: Site) -> None:
    asked = [shipped.world.catalog.offerings[provider, name].price for provider, name, _ in MODELS]
    assert sum(bool(price and price.tiers) for price in asked) >= 2
    assert sum(bool(price and price.cache_read is not None) for price in asked) >= 6


# Of other thresholds the map tells what LiteLLM's own map does; this version of LiteLLM reads it for Dashscope only.
@pytest.mark.parametrize("above", [128_000, 200_000, 272_000])
@pytest.mark.parametrize("more", [0, 1])
def test_litellm_knows_the_thresholds_that_have_keys(above: int, more: int) -> None:
    price = {"input": 1, "output": 2, "cache_read": Decimal("0.1"), "tiers": [{"above": above, "input": 3}]}
    served = offering(provider="groq", id=f"tiered-{above}", price=price)
    litellm.register_model(json.loads(files(price_map.outputs(site(served)))[price_map.PATH]))
    usage = litellm.Usage(prompt_tokens=above + more, completion_tokens=10, total_tokens=above + more + 10)
    answer = litellm.ModelResponse(model=f"groq/tiered-{above}", usage=usage)
    assert served.price is not None
    told = litellm.completion_cost(completion_response=answer, model=f"groq/tiered-{above}")
    assert told == pytest.approx(float(cost(served.price, above + more, 0, 0, 10)), rel=1e-9)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Return the address of a plain static server with the exported files."""
    for path, data in files(outputs(golden())).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    handler = functools.partial(Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("base", ["/v1", "/api/v1"])
def test_openais_client_lists_the_models(address: str, base: str) -> None:
    with openai.OpenAI(base_url=address + base, api_key="none", max_retries=0) as client:
        listed = list(client.models.list())
    served = {f"{provider}/{name}" for provider, name in golden().world.catalog.offerings}
    names = {model.id for model in listed}
    assert names == served if base == "/v1" else names > {"acme/sun-2"}
    assert all(isinstance(model.created, int) for model in listed)


@pytest.mark.parametrize("path", [feeds.MODELS, feeds.LIFECYCLE, feeds.PRICES])
def test_a_feed_reader_reads_the_feeds(path: str, shipped: Site) -> None:
    for made in (golden(), shipped, site(offering())):
        read = feedparser.parse(files(feeds.outputs(made))[path])
        assert not read.bozo
        assert read.version == "atom10"
        assert all(entry.id and entry.title and entry.updated_parsed and entry.link for entry in read.entries)


def test_a_calendar_reads_the_calendar(shipped: Site) -> None:
    for made in (golden(), shipped):
        calendar = icalendar.Calendar.from_ical(files(ics.outputs(made))[ics.PATH])
        events = calendar.walk("VEVENT")
        assert all(event["DTSTART"].dt < event["DTEND"].dt for event in events)
        assert not any(event.errors for event in events)
        assert len({event["UID"] for event in events}) == len(events)
    assert len(icalendar.Calendar.from_ical(files(ics.outputs(golden()))[ics.PATH]).walk("VEVENT")) >= 1


@pytest.mark.parametrize("made", ["golden", "shipped"])
def test_the_schemas_accept_the_files(made: str, shipped: Site) -> None:
    of = golden() if made == "golden" else shipped
    schemas = {path: json.loads(data) for path, data in files(records.schemas(of)).items()}
    validators = {}
    for path, schema in schemas.items():
        jsonschema.Draft202012Validator.check_schema(schema)
        validators[path.rpartition("/")[2]] = jsonschema.Draft202012Validator(schema)
    for path, data in files(records.outputs(of)).items():
        value = json.loads(data)
        faults = list(validators[value["$schema"].rpartition("/")[2]].iter_errors(value))
        assert [f"{path}: {fault.message}" for fault in faults] == []


def data_is_accepted(of: Site, names: tuple[str, ...] = tuple(FILES)) -> None:
    found = files(outputs(of))
    for name in names:
        schema = json.loads(found[f"api/v1/{name}.schema.json"])
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        for path in FILES[name]:
            for value in values(path, found[path]):
                faults = [f"{path}: {fault.json_path}: {fault.message}" for fault in validator.iter_errors(value)]
                assert faults == []


def test_the_schemas_accept_the_lists_and_maps(shipped: Site) -> None:
    for made in (golden(), shipped):
        data_is_accepted(made)


def names_are_accepted(of: Site) -> None:
    made = {path: json.loads(data) for path, data in files(modelsdev.outputs(of)).items() if path.endswith(".json")}
    schema = made["model-schema.json"]
    jsonschema.Draft202012Validator.check_schema(schema)
    known = jsonschema.Draft202012Validator({**schema, "$ref": "#/$defs/Model"})
    assert made["catalog.json"]["providers"] == made["api.json"]
    names = [f"{key}/{name}" for key, provider in made["api.json"].items() for name in provider["models"]]
    assert len(names) == len(of.world.catalog.offerings)
    assert [name for name in names if not known.is_valid(name)] == []
    assert not known.is_valid("no/such")


def test_the_schema_of_names_accepts_every_offering(shipped: Site) -> None:
    for made in (golden(), shipped):
        names_are_accepted(made)


DATA = os.environ.get("ALMANAC_DATA", "")


@pytest.mark.skipif(not DATA, reason="ALMANAC_DATA names no folder with modelsdev-2026-07.tar.gz, a whole checkout")
def test_the_schemas_accept_a_whole_checkout(tmp_path: Path) -> None:
    with tarfile.open(Path(DATA) / "modelsdev-2026-07.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    made = checkout(next(path.parent for path in tmp_path.rglob("providers") if path.is_dir()))
    names_are_accepted(made)
    data_is_accepted(made)


@pytest.mark.skipif(not DATA, reason="ALMANAC_DATA names no folder with modelsdev-2026-07.tar.gz, a whole checkout")
def test_litellm_takes_the_map_of_a_whole_checkout(tmp_path: Path) -> None:
    with tarfile.open(Path(DATA) / "modelsdev-2026-07.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    folder = next(path.parent for path in tmp_path.rglob("providers") if path.is_dir())
    found = json.loads(files(price_map.outputs(checkout(folder)))[price_map.PATH])
    assert len(found) > 4000
    litellm.register_model(found)
