"""TokenLens, a reader of models.dev's `api.json` for the AI SDK, reads ours: limits, and what a request costs.

Part of `make qa`, which installs it.
"""

import json
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from generator.build import load
from generator.exporters import modelsdev
from tests.conftest import find_tool
from tests.exporters.sites import files

HERE = Path(__file__).parent
MODELS = (
    ("openai", "gpt-5"),
    ("anthropic", "claude-haiku-4-5"),
    ("google-ai-studio", "gemini-2.5-flash"),
    ("groq", "openai/gpt-oss-120b"),
    ("mistral", "mistral-large-latest"),
)
READ = """
import { readFileSync } from "node:fs";
import { fetchModels } from "@tokenlens/fetch";
import { getContext, getTokenCosts } from "tokenlens";
const [text, asked] = [readFileSync(0, "utf8"), JSON.parse(process.argv[1])];
const catalog = await fetchModels({ fetch: async () => new Response(text) });
const usage = { inputTokens: 1000, outputTokens: 77 };
console.log(JSON.stringify(asked.map(([provider, model]) => {
  const about = { modelId: `${provider}/${model}`, providers: catalog[provider] };
  return [getContext(about).combinedMax, getTokenCosts({ ...about, usage }).totalUSD];
})));
"""

pytestmark = pytest.mark.skipif(
    not (HERE / "node_modules" / "tokenlens").is_dir(), reason="`make qa` installs TokenLens"
)


def test_it_knows_context_and_cost() -> None:
    site = load(HERE.parent.parent / "content")[0]
    api = files(modelsdev.outputs(site))["api.json"]
    command = [find_tool("node"), "--input-type=module", "-e", READ, json.dumps(MODELS)]
    told = json.loads(subprocess.run(command, cwd=HERE, input=api, capture_output=True, check=True).stdout)
    for key, (context, cost) in zip(MODELS, told, strict=True):
        facts = site.world.catalog.facts[key]
        assert facts.price
        assert facts.price.input is not None
        assert facts.price.output is not None
        assert context == facts.limits.context
        assert cost == pytest.approx(float((facts.price.input * 1000 + facts.price.output * 77) / Decimal(10**6)))
