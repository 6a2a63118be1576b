"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
for (const name of ["format", "catalog", "csv", "query"]) require(`../../templates/static/${name}.js`);
const { csv, query: q } = globalThis.almanac;

// A catalog by hand: two models with three offerings, a model that nobody offers, an offering without a definition.
const row = (kind, name, facts) => ({ kind, name, path: `${name}.html`, aliases: [], ...facts });
const facts = { input: ["text"], output: ["text"], can: {}, internal: {}, overlays: [], regions: [], authors: [], open_weights: null,
  status: null, family: null, license: null, released: null, updated: null, knowledge: null, context: null, max_output: null };
const [acme, solo] = [row("author", "Acme", { id: "acme" }), row("author", "Solo", { id: "solo" })];
const [big, eu] = [row("provider", "Big", { id: "big" }), row("provider", "Euro Host", { id: "eu" })];
const model = (id, more) => row("model", id, { ...facts, id: `acme/${id}`, ref: `acme/${id}`, authors: [acme], offerings: [], shown: null, ...more });
const price = (input, more) => ({ currency: "USD", billing: "metered", input, output: input * 4, ...more });
const sun = model("sun", { open_weights: true, license: "MIT", released: "2025-06", family: "star" });
const moon = model("moon", { open_weights: false, released: "2026", family: "star", aliases: ["acme/luna"] });
const dust = model("dust", { authors: [solo], context: 8000 });
const offering = (id, provider, of, more) => row("offering", of?.name ?? id, { ...facts, ...(of && { authors: of.authors, family: of.family,
  open_weights: of.open_weights, license: of.license, released: of.released }), id, ref: `${id}@${provider.id}`, provider, model: of, price: null, ...more });
const offerings = [
  offering("sun-big", big, sun, { price: price(0.5), context: 128000, can: { tool_calls: true }, input: ["text", "image"], regions: ["us-east-1"] }),
  offering("sun-eu", eu, sun, { price: price(0.9), context: 200000, can: { tool_calls: true }, input: ["text", "image"], regions: ["eu-west-1"] }),
  offering("moon-big", big, moon, { price: price(0, { billing: "free" }), context: 200000, can: { tool_calls: false } }),
  offering("loose", eu, null, { price: price(0, { billing: "plan" }), internal: { approval: "approved" }, overlays: ["corp"], status: "beta" }),
];
for (const of of offerings) of.model?.offerings.push(of);
sun.shown = offerings[0];
const catalog = { authors: [acme, solo], providers: [big, eu], families: [], models: [sun, moon, dust], offerings, pages: [],
  capabilities: [{ name: "tool_calls", label: "Tool calls" }] };
const index = q.indexOf(catalog);

const answer = (search, show = "offerings") => {
  const query = q.read(search, show);
  return { query, ...q.answer(index, query) };
};
const ids = (search, show) => answer(search, show).rows.map(({ id }) => id);

test("each facet asks, and what is not known does not answer", () => {
  const cases = {
    "?in=image": ["sun-big", "sun-eu"], "?in=text,image&can=tool_calls": ["sun-big", "sun-eu"], "?out=image": [],
    "?context=200000": ["moon-big", "sun-eu"], "?context=1": ["moon-big", "sun-big", "sun-eu"],
    "?price_in=0.5": ["moon-big", "sun-big"], "?price_in=0": ["moon-big"], "?price_out=3": ["moon-big", "sun-big"],
    "?open=yes": ["sun-big", "sun-eu"], "?open=no": ["moon-big"], "?open=yes,no": ["moon-big", "sun-big", "sun-eu"],
    "?region=eu": ["sun-eu"], "?region=us,eu-west-1": ["sun-big", "sun-eu"], "?status=beta": ["loose"],
    "?author=acme": ["moon-big", "sun-big", "sun-eu"], "?provider=eu": ["loose", "sun-eu"], "?provider=eu,big": ["loose", "moon-big", "sun-big", "sun-eu"],
    "?family=star": ["moon-big", "sun-big", "sun-eu"], "?license=MIT": ["sun-big", "sun-eu"], "?released=2025-07": ["moon-big"],
    "?released=2025-06": ["moon-big", "sun-big", "sun-eu"], "?knowledge=2020": [], "?approval=approved": ["loose"], "?overlay=corp": ["loose"],
    "?q=euro+sun": ["sun-eu"], "?q=luna": ["moon-big"], "?q=acme%20BIG": ["moon-big", "sun-big"], "?q=nothing": [],
  };
  for (const [search, found] of Object.entries(cases)) assert.deepEqual(ids(search).sort(), found, search);
});

test("a model is shown when one of its offerings answers, at the price that answers", () => {
  assert.deepEqual(ids("", "models"), ["acme/dust", "acme/moon", "acme/sun"]);
  assert.deepEqual(ids("?context=200000&price_in=0.5", "models"), ["acme/moon"]);
  assert.deepEqual(ids("?context=8000&author=solo", "models"), ["acme/dust"]);
  const [[whole], [part]] = [answer("?q=sun", "models").rows, answer("?region=eu", "models").rows];
  assert.deepEqual([whole.price.input, whole.providers, part.price.input, part.providers], [0.5, 2, 0.9, 1]);
});

test("counts say how many would answer: of models each once, of a facet that takes any as if it were not asked", () => {
  const number = (search, show, facet, value) => {
    const { query, said } = answer(search, show);
    return q.count(index, said, query)[facet][index.facets[facet]().values.indexOf(value)];
  };
  for (const [facet, value, found] of [["provider", "big", 2], ["provider", "eu", 2], ["can", "tool_calls", 1], ["region", "us", 0]]) {
    assert.equal(number("?provider=eu", "offerings", facet, value), found, `${facet} ${value}`);
  }
  assert.deepEqual([number("", "models", "in", "image"), number("", "offerings", "in", "image")], [1, 2]);
  assert.deepEqual([number("?provider=eu&region=us", "offerings", "provider", "big"), number("?provider=eu&region=us", "offerings", "license", "MIT")], [1, 0]);
});

test("sorting puts what is not known last, both ways", () => {
  assert.deepEqual(ids("?sort=price_in"), ["moon-big", "sun-big", "sun-eu", "loose"]);
  assert.deepEqual(ids("?sort=-price_in"), ["sun-eu", "sun-big", "moon-big", "loose"]);
  assert.deepEqual(ids("?sort=provider"), ["moon-big", "sun-big", "loose", "sun-eu"]);
});

test("names stand by the numbers in them, whatever their letters look like, and other columns by name where they say the same", () => {
  const named = [["Sun 10", 1], ["Éclair", 1], ["sun 9", 2], ["Zed", null], ["echo", 2]].map(([name, context]) => offering(name, eu, null, { name, context }));
  const other = q.indexOf({ ...catalog, models: [], offerings: named });
  const order = (sort) => q.answer(other, q.read(`?show=offerings&sort=${sort}`)).rows.map(({ name }) => name).join(", ");
  assert.equal(order("name"), "echo, Éclair, sun 9, Sun 10, Zed");
  assert.equal(order("-name"), "Zed, Sun 10, sun 9, Éclair, echo");
  assert.equal(order("context"), "Éclair, Sun 10, echo, sun 9, Zed");
  assert.equal(order("-context"), "echo, sun 9, Éclair, Sun 10, Zed");
});

test("a part of the catalog", () => {
  const part = (scope) => q.indexOf(catalog, scope).rows.map(({ id }) => id);
  assert.deepEqual([part({ author: "solo" }), part({ provider: "eu" }), part({ family: "star" }).length], [["acme/dust"], ["sun-eu", "loose"], 3]);
});

test("an address comes back as it was written", () => {
  for (const search of [
    "", "?show=offerings", "?q=a+b%26c", "?in=image,text&can=tool_calls&context=200000&price_in=0.25&open=yes&region=eu&sort=-released&page=3",
    "?license=a%2Cb,c&ids=acme/sun,x@2@big", "?cols=context,open", "?cols=name", "?released=2025-06",
  ]) assert.equal(q.write(q.read(search)), search);
});

test("what an address says wrongly is left aside", () => {
  for (const search of ["?", "?nonsense=1&utm_source=x", "?q", "?page=0", "?page=x", "?sort=colour", "?show=all", "?context=many", "?price_in=-1",
    "?released=soon", "?q=%E0%A4%A", "?in=%zz"]) assert.equal(q.write(q.read(search)), "", search);
});

test("the sentence says what is shown", () => {
  const say = (search, show) => {
    const found = answer(search, show);
    return q.sentence(found, found.query, catalog);
  };
  assert.equal(say("?in=image&can=tool_calls&context=200000&price_in=1&open=yes&region=eu"),
    "1 offering of 1 model: image in, tool calls, at least 200,000 tokens of context, at most $1.00 in, open weights, in Europe");
  assert.equal(say("?author=acme&provider=big,eu&q=sun&released=2025-06", "models"),
    "1 model in 2 offerings: “sun”, by Acme, from Big or Euro Host, released since June 2025");
  assert.equal(say(""), "4 offerings of 2 models");
});

test("CSV holds the columns that are shown, numbers as they are, and nothing that a sheet would run", () => {
  const rows = [{ ...offerings[0], name: '=1+"x",2', price: price(0.000000075) }, offerings[3]];
  assert.equal(csv(q.lines(rows, { ...q.empty("offerings"), cols: ["provider", "price_in", "context", "flow", "open"] })),
    "id,provider_id,name,provider,price_in,context,flow,open,page\r\n"
    + "sun-big,big,\"'=1+\"\"x\"\",2\",Big,0.000000075,128000,text|image>text,true,sun.html\r\n"
    + "loose,eu,loose,Euro Host,plan,,text>text,,loose.html\r\n");
});
