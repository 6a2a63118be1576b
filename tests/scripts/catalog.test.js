"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { decode, refs } = require("../../templates/static/catalog.js");

const nothing = {};
const facts = Object.fromEntries(["family", "status", "released", "updated", "knowledge", "deprecated", "retires", "open_weights",
  "context", "max_input", "max_output", "images_per_request", "dimensions", "successor", "input", "output", "can", "internal",
  "overlays", "authors", "license", "parameters", "active_parameters", "aliases", "slug", "shown"].map((name) => [name, nothing]));

const raw = {
  date: "2026-07-01", currency: "USD", capabilities: [["seed", "Seed"], ["n", "N"]],
  authors: { id: ["a"], name: ["A"], aliases: nothing, slug: nothing },
  providers: { id: ["p"], name: ["P"], aliases: nothing, slug: nothing, regions: [["eu"]], headquarters: nothing, free_tier: nothing },
  families: { id: [], slug: nothing },
  models: { ...facts, id: ["M:1"], name: ["M one"], author: [0], aliases: [["z/m"]], context: [5], can: ["1-"], input: [["text"]] },
  offerings: {
    ...facts, id: ["m@x", "loose"], provider: { at: [0, 0], is: [0] }, model: { on: [0], is: [0] }, name: { at: [-1, 0], is: ["Loose"] },
    price: [{ input: 1 }, null], modes: nothing, regions: { on: [1], is: [["us"]] }, checked: nothing, can: { at: [-1, 0], is: ["0-"] },
    output: { on: [1], is: [["text"]] },
  },
  pages: { name: ["Home"], path: ["index.html"], description: [null] },
};

test("an offering has what it leaves unsaid from its model, and regions from its provider", () => {
  const [first, loose] = decode(raw).offerings;
  assert.deepEqual([first.name, first.context, first.can, first.input, first.regions], ["M one", 5, { seed: true }, ["text"], ["eu"]]);
  assert.deepEqual([loose.name, loose.context, loose.can, loose.input, loose.regions], ["Loose", null, { seed: false }, [], ["us"]]);
  assert.deepEqual([first.authors[0].id, loose.authors, loose.model, loose.price], ["a", [], null, null]);
  assert.deepEqual([first.price.currency, first.price.billing, first.price.tiers], ["USD", "metered", []]);
});

test("paths follow from ids", () => {
  const { models, offerings } = decode(raw);
  assert.deepEqual([models[0].path, offerings[0].path], ["authors/a/models/m-1.html", "providers/p/models/m-at-x.html"]);
});

test("rows point to one another, and what they hold is one thing however often it is asked for", () => {
  const { models, offerings } = decode(raw);
  assert.deepEqual([models[0].offerings, models[0].shown, offerings[0].model], [[offerings[0]], null, models[0]]);
  for (const name of ["price", "can", "authors", "regions", "input"]) assert.equal(offerings[0][name], offerings[0][name], name);
});

test("references name models, their other names and offerings", () => {
  const { get, models, offerings } = decode(raw);
  assert.deepEqual([get("a/M:1"), get("z/m"), get("m@x@p"), get("m@x")], [models[0], models[0], offerings[0], undefined]);
});

test("references are written so that they can be read, whatever they hold", () => {
  const odd = ["a/b:c@d", "x,y&z=1@p", "ü/#?%@q"];
  assert.equal(refs.write(odd.slice(0, 2)), "a/b:c@d,x%2Cy%26z%3D1@p");
  assert.deepEqual(refs.read(refs.write(odd)), odd);
  assert.deepEqual(refs.read(""), []);
});
