"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { format } = require("../../templates/static/format.js");

test("a number has all its digits and no exponent", () => {
  const cases = { 0: "0", 0.075: "0.075", 7.5e-8: "0.000000075", 1e-7: "0.0000001", 1.25e21: "1250000000000000000000", 12.5: "12.5" };
  for (const [value, text] of Object.entries(cases)) assert.equal(format.digits(Number(value)), text);
});

test("numbers of things", () => {
  assert.deepEqual([null, undefined, 0, 999, 131072].map(format.count), ["—", "—", "0", "999", "131,072"]);
  assert.deepEqual([[0, "offering"], [1, "offering"], [4000, "model"]].map(([n, noun]) => format.plural(n, noun)),
    ["0 offerings", "1 offering", "4,000 models"]);
});

test("a price is an amount, free, in a plan or not known, and these are four things", () => {
  const metered = { billing: "metered", currency: "USD", input: 0.075, output: 0 };
  const cases = [
    [null, "input", "—"], [metered, "input", "$0.075"], [metered, "output", "$0.00"], [metered, "cache_read", "—"],
    [{ ...metered, billing: "free" }, "input", "Free"], [{ ...metered, billing: "plan" }, "output", "In plan"],
    [{ ...metered, billing: "plan" }, "input", "$0.075"], [{ ...metered, currency: "CHF" }, "input", "CHF 0.075"],
    [{ ...metered, input: 1234567.5 }, "input", "$1,234,567.50"],
  ];
  for (const [price, rate, text] of cases) assert.equal(format.price(price, rate), text);
});

test("dates keep their precision", () => {
  assert.deepEqual(["2025-06-07", "2025-06", "2025", null].map(format.date), ["7 June 2025", "June 2025", "2025", "—"]);
});

test("identifiers as words", () => {
  assert.deepEqual(["tool_calls", "max_output_tokens", "n"].map(format.words), ["Tool calls", "Max output tokens", "N"]);
});
