"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
require("../../templates/static/format.js");
require("../../templates/static/versus.js");
const { costs, format } = require("../../templates/static/costs.js");
const cases = require("./costs.json");

const USUAL = { currency: "USD", billing: "metered", operations: {}, units: [], tiers: [] };

// The same words as in tests/test_costs.py, which reads the same table.
const written = ({ label, quantity, rate, per, instead, amount }) =>
  `${label} ${quantity} * ${format.digits(rate)}${per && `/${per}`} = ${costs.text(amount)}${instead && ` (${instead})`}`;

for (const { name, price, use, lines, total, missing = "" } of cases) {
  test(`a bill: ${name}`, () => {
    const bill = costs.bill({ ...USUAL, ...price }, use);
    assert.deepEqual(bill.lines.map(written), lines);
    assert.deepEqual([bill.total && costs.text(bill.total), bill.missing], [total, missing]);
  });
}

const offering = (ref, more, price) => ({ ref, status: null, input: [], output: [], modes: {}, model: null, price: price && { ...USUAL, ...price }, ...more });
const ASKED = { currency: "USD", modes: false, requests: 100 };
const USE = { input: 1000, output: 100 };

test("what costs least comes first, what is free before it, and numbers are exact", () => {
  const { ranked, apart } = costs.rank([
    offering("dear", {}, { input: 0.3, output: 3 }), offering("cheap", {}, { input: 0.1, output: 0.2 }), offering("free", {}, { billing: "free" }),
  ], USE, ASKED);
  assert.deepEqual(ranked.map((row) => [row.offering.ref, costs.text(row.one), costs.text(row.total)]),
    [["free", "0", "0"], ["cheap", "0.00012", "0.012"], ["dear", "0.0006", "0.06"]]);
  assert.deepEqual(apart, []);
});

test("what has no known cost stands apart with its reason and never as zero", () => {
  const image = { input: ["text"] };
  const reasons = (offerings, use = USE) => costs.rank(offerings, use, ASKED).apart.map(({ reason }) => reason);
  assert.deepEqual(reasons([
    offering("1", {}, null), offering("2", {}, { billing: "plan", input: 0, output: 0 }), offering("3", { status: "retired" }, { input: 1, output: 1 }),
    offering("4", {}, { input: 0, output: 0 }), offering("5", {}, { units: [{ name: "Speech", amount: 1, per: "page" }] }),
    offering("6", {}, { currency: "EUR", input: 1, output: 1 }), offering("7", {}, { input: 1 }), offering("8", { output: ["embedding"] }, { input: 1, output: 1 }),
  ]), ["No price is known", "A plan includes it", "Retired", "Only prices of zero are stated, which does not make it free", "Priced per page",
    "Priced in EUR", "The price of output is not known", "Makes no text"]);
  assert.deepEqual(reasons([offering("1", image, { input: 1, output: 1 })], { images: 1 }), ["Takes no images"]);
});

test("modes and batches are ways of their own when they are asked for", () => {
  const one = offering("a", { modes: { fast: { ...USUAL, input: 2, output: 2 }, slow: null } }, { input: 1, output: 1, batch_discount: 0.5 });
  const { ranked, apart } = costs.rank([one], USE, { ...ASKED, modes: true });
  assert.deepEqual(ranked.map(({ mode, one: cost }) => [mode, costs.text(cost)]), [["batch", "0.00055"], ["", "0.0011"], ["fast", "0.0022"]]);
  assert.deepEqual(apart.map(({ mode, reason }) => [mode, reason]), [["slow", "No price is known"]]);
  assert.equal(costs.rank([one], USE, ASKED).ranked.length, 1);
});

test("the tokens of a text are a guess: four letters to one, and one for each sign of a dense script", () => {
  assert.deepEqual(["", "abcd", "abcde", "日本語", "ab日本"].map(costs.estimate), [0, 1, 2, 3, 3]);
});
