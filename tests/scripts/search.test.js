"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { search } = require("../../templates/static/search.js");

const row = (kind, name, facts) => ({ kind, name, path: `${kind}/${name}`, ...facts });
const model = (id, name, facts) => row("model", name, { id, aliases: [], ...facts });
const provider = row("provider", "OpenRouter", { id: "openrouter", aliases: [] });
const catalog = {
  models: [
    model("google/gemini-1.5-flash", "Gemini 1.5 Flash", { released: "2024-05", aliases: ["google/gemini-flash-1.5-001"] }),
    model("google/gemini-1.0-pro", "Gemini 1.0 Pro", { released: "2023-12", status: "retired" }),
    model("anthropic/claude-sonnet-4", "Claude Sonnet 4", { released: "2025-05" }),
    model("anthropic/claude-sonnet-5", "Claude Sonnet 5", { released: "2026-05" }),
    model("openai/gpt-4", "GPT-4", { released: "2023" }),
  ],
  providers: [provider, row("provider", "Anthropic", { id: "anthropic", aliases: ["claude-ai"] })],
  authors: [row("author", "Anthropic", { id: "anthropic", aliases: [] })],
  families: [row("family", "claude", { id: "claude" })],
  pages: [row("page", "All Models", { description: "Everything" })],
  offerings: [row("offering", "Claude Sonnet 5", { id: "anthropic/claude-sonnet-5", provider, released: "2026-05" })],
};

const names = (text, options) => search(catalog, text, options).rows.map(({ kind, name }) => `${kind} ${name}`);

test("words are found in any order, in names, ids and other names", () => {
  const cases = {
    "gemini-flash-1.5": ["model Gemini 1.5 Flash"], "FLASH  gemini": ["model Gemini 1.5 Flash"], "1.5-001": ["model Gemini 1.5 Flash"],
    "claude-ai": ["provider Anthropic"], "all models": ["page All Models"], "sonnet openrouter": ["offering Claude Sonnet 5"],
    "  ": [], "nothing of the kind": [],
  };
  for (const [text, found] of Object.entries(cases)) assert.deepEqual(names(text), found, text);
});

test("what is called just so comes first, then what begins so; the newest before the older, what is gone last", () => {
  assert.deepEqual(names("claude")[0], "family claude");
  assert.deepEqual(names("claude sonnet"), ["model Claude Sonnet 5", "model Claude Sonnet 4", "offering Claude Sonnet 5"]);
  assert.deepEqual(names("gemini"), ["model Gemini 1.5 Flash", "model Gemini 1.0 Pro"]);
  assert.deepEqual(names("anthropic").slice(0, 2), ["provider Anthropic", "author Anthropic"]);
});

test("an id is a name without its author too, also one of the other names", () => {
  const [first, later] = [model("a/sun-1", "Sun 1", { released: "2024", aliases: ["b/1-sun"] }), model("a/sun-1-002", "Sun 1 002", { released: "2025" })];
  const two = { ...catalog, models: [later, first] };
  for (const text of ["sun-1", "1-sun", "b/1-sun"]) assert.equal(search(two, text).rows[0].name, "Sun 1", text);
});

test("an id with its provider names one offering, before those whose ids go on", () => {
  const tiny = row("provider", "Tiny Cloud", { id: "tiny", aliases: [] });
  const offering = (id, more) => row("offering", "Sun 2", { id, provider: tiny, ...more });
  const two = { ...catalog, offerings: [offering("a/sun-2:free", { released: "2026" }), offering("a/sun-2")] };
  for (const text of ["sun-2 tiny", "tiny sun-2", "a/sun-2@tiny", "Sun-2 Tiny Cloud"]) assert.equal(search(two, text).rows[0].id, "a/sun-2", text);
  assert.equal(search(two, "tiny sun").rows[0].id, "a/sun-2:free", "the newest, where none is named");
  const same = { ...catalog, offerings: [offering("sun-2-fast"), offering("sun-2")] };
  assert.deepEqual(search(same, "tiny sun").rows.map(({ id }) => id), ["sun-2", "sun-2-fast"], "else the shortest id");
});

test("a slip is taken for the nearest word and said", () => {
  const cases = { "clade sonnet": "claude sonnet", antropic: "anthropic", "gemnii flsh": "gemini flash", gpt4: "gpt 4", anthropci: "anthropic" };
  for (const [text, meant] of Object.entries(cases)) assert.equal(search(catalog, text).meant, meant, text);
  for (const text of ["claude", "zzzz", "qx"]) assert.equal(search(catalog, text).meant, null, text);
});

test("kinds, a limit, and a limit for each kind", () => {
  assert.deepEqual(names("claude", { kinds: ["offering"] }), ["offering Claude Sonnet 5"]);
  assert.deepEqual(names("claude sonnet", { limit: 1 }), ["model Claude Sonnet 5"]);
  assert.deepEqual(names("claude sonnet", { each: 1 }), ["model Claude Sonnet 5", "offering Claude Sonnet 5"]);
});

test("how far apart words are", () => {
  const cases = [["a", "a", 0], ["clade", "claude", 1], ["ab", "ba", 1], ["kitten", "sitting", 3], ["a", "abcdef", 3]];
  for (const [a, b, far] of cases) assert.equal(search.distance(a, b, 2), far, `${a} ${b}`);
});
