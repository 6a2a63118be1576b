/* Reads pairs of references as JSON and writes what the script of the comparison says about each. Usage: compare.js DATA */
"use strict";

const { readFileSync } = require("node:fs");
const { resolve } = require("node:path");
require("../../templates/static/format.js");
const { decode } = require("../../templates/static/catalog.js");
const { versus } = require("../../templates/static/versus.js");

require(resolve(process.argv[2]));
const catalog = decode(globalThis.almanacCatalog);
const told = ({ title, lines }) =>
  [title, lines.map(({ label, unit, values }) => [label, unit, values.map(({ text, best, note }) => [text, best, note])])];
const pairs = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(pairs.map((pair) => versus(pair.map(catalog.get), catalog.capabilities).map(told))));
