/*
 * Models and offerings side by side: a line for every fact that any of them states, and which value is the better one.
 *
 * The same rule as `generator/pages/versus.py`, to which a test holds it. Better is defined for two kinds of facts only: a lower
 * price and a larger limit. Prices compare where they are metered, in one currency and not zero; what is free costs less than
 * anything.
 */
(() => {
  "use strict";

  const almanac = (globalThis.almanac ??= {});

  const RATES = {
    input: "Input", output: "Output", reasoning: "Reasoning", cache_read: "Cache Read", cache_write: "Cache Write",
    cache_write_1h: "Cache Write (1 hour)", input_audio: "Audio Input", output_audio: "Audio Output",
    cache_read_audio: "Audio Cache Read", input_image: "Image Input", output_image: "Image Output", input_video: "Video Input",
    output_video: "Video Output",
  };
  const OPERATIONS = {
    request: ["Request", "request"], image_input: ["Image Input", "image"], audio_input: ["Audio Input", "minute"],
    video_input: ["Video Input", "minute"], image_output: ["Image Gen", "image"], audio_output: ["Audio Gen", "minute"],
    video_output: ["Video Gen", "second"], web_search: ["Web Search", "query"], function_call: ["Function Call", "call"],
    tool_use: ["Tool Use", "use"],
  };
  const LIMITS = {
    context: "Context window", max_input: "Max input", max_output: "Max output", images_per_request: "Images per request",
    dimensions: "Dimensions",
  };

  const { UNKNOWN, amount, count, date, price, words } = almanac.format;
  const gone = new Set(["deprecated", "retired"]);
  const flag = (value) => (value === undefined || value === null ? UNKNOWN : value ? "Yes" : "No");

  // What is not asked of a side, as the provider of a model, is `false`: an empty cell, and not the sign for not known.
  const value = (text, more = {}) => ({ text: text === false ? "" : text || UNKNOWN, row: null, best: false, note: "", ...more });
  const line = (label, values, unit = "") => ({ label, unit, values });
  const said = (rows, facts) => facts.map(([label, say]) => line(label, rows.map((row) => value(say(row)))));

  // Marks the best values, where two are known and differ.
  const marked = (values, known, best) => {
    const stated = new Set(known.filter((one) => one !== null && one !== undefined));
    if (stated.size > 1) values.forEach((one, place) => (one.best = known[place] === best(...stated)));
    return values;
  };

  const priceOf = (row) => (row.kind === "model" ? row.shown?.price : row.price);
  const isOffering = (row) => row.kind === "offering";

  const FREE = -1;

  // What can be compared of one price; nothing where currencies differ or a price of zero says too little.
  const costs = (rows, known) => {
    const found = rows.map((row, place) => (priceOf(row)?.billing === "plan" || row.status === "retired" ? null : known[place] ?? null));
    const metered = rows.filter((_, place) => found[place] !== null && found[place] !== FREE);
    const currencies = new Set(metered.map((row) => priceOf(row).currency));
    return found.includes(0) || currencies.size > 1 ? found.map(() => null) : found;
  };

  const overview = (rows) => [
    line("Author", rows.map((row) => value(row.authors[0]?.name, { row: row.authors[0] ?? null }))),
    line("Provider", rows.map((row) => value(isOffering(row) && row.provider.name, { row: row.provider ?? null }))),
    line("Model", rows.map((row) => value(isOffering(row) && row.model?.name, { row: (isOffering(row) && row.model) || null }))),
    ...said(rows, [
      ["Id", (row) => isOffering(row) && row.id],
      ["Family", (row) => row.family],
      ["Status", (row) => row.status && words(row.status)],
      ["Providers", (row) => !isOffering(row) && count(new Set(row.offerings.map(({ provider }) => provider)).size)],
      ["Regions", (row) => isOffering(row) && row.regions.join(", ")],
    ]),
  ];

  const tiers = (of) => of?.tiers.map((tier) => {
    const told = Object.keys(RATES).filter((name) => tier[name] !== undefined);
    const rates = told.map((name) => `${RATES[name].toLowerCase()} ${amount(tier[name], of.currency)}`);
    return `above ${count(tier.above)} tokens: ${rates.join(", ")}`;
  }).join("; ");

  const discount = (of) => (of?.batch_discount === undefined ? null : `${count(Number((of.batch_discount * 100).toFixed(9)))}% less`);

  const prices = (rows) => {
    const all = rows.map(priceOf);
    const seller = (row) => (isOffering(row) ? row : row.shown);
    const lines = [line("Price at", rows.map((row) => value(seller(row)?.provider.name, { row: seller(row) })))];
    const add = (label, unit, texts, known) => {
      lines.push(line(label, marked(texts.map((text) => value(text)), costs(rows, known), Math.min), `per ${unit}`));
    };
    const amounts = (known) => known.map((one, place) => amount(one, all[place]?.currency));
    for (const [name, label] of Object.entries(RATES)) {
      const known = all.map((of) => of?.[name]);
      const isMain = (name === "input" || name === "output") && all.some(Boolean);
      if (isMain) add(label, "1M tokens", all.map((of) => price(of, name)), known.map((one, place) => (all[place]?.billing === "free" ? FREE : one)));
      else add(label, "1M tokens", amounts(known), known);
    }
    for (const [name, [label, unit]] of Object.entries(OPERATIONS)) {
      const known = all.map((of) => of?.operations[name]);
      add(label, unit, amounts(known), known);
    }
    const modes = (row) => isOffering(row) && Object.keys(row.modes).join(", ");
    return [...lines, line("In a batch", all.map((of) => value(discount(of)))),
      line("Larger requests", all.map((of) => value(tiers(of)))), ...said(rows, [["Modes", modes]])];
  };

  // Who says otherwise: of a model its offerings in use, of an offering the definition of its model.
  const otherwise = (row, name) => {
    if (row[name] === null) return "";
    if (isOffering(row)) {
      const defined = row.model?.[name] ?? null;
      return defined === null || defined === row[name] ? "" : `The definition says ${count(defined)}`;
    }
    const found = row.offerings.filter(({ status }) => !gone.has(status)).map((offering) => offering[name]).filter(Boolean);
    if (found.every((one) => one === row[name])) return "";
    const [low, high] = [Math.min(...found), Math.max(...found)];
    return `Providers say ${count(low)}${low === high ? "" : ` to ${count(high)}`}`;
  };

  const limits = (rows) => Object.entries(LIMITS).map(([name, label]) => {
    const values = rows.map((row) => value(count(row[name]), { note: otherwise(row, name) }));
    return line(label, marked(values, rows.map((row) => row[name]), Math.max));
  });

  // Where an offering can or cannot do what the definition of its model says.
  const capability = (row, name) => {
    const defined = isOffering(row) ? row.model?.can[name] : undefined;
    const differs = defined !== undefined && row.can[name] !== undefined && defined !== row.can[name];
    return value(flag(row.can[name]), { note: differs ? `The definition says ${flag(defined).toLowerCase()}` : "" });
  };

  const groups = (rows, capabilities) => [
    ["Overview", overview(rows)],
    ["Prices", prices(rows)],
    ["Limits", limits(rows)],
    ["Modalities", said(rows, [["Takes", (row) => row.input.join(", ")], ["Makes", (row) => row.output.join(", ")]])],
    ["Capabilities", capabilities.map(({ name, label }) => line(label, rows.map((row) => capability(row, name))))],
    ["Dates", said(rows, [
      ["Released", (row) => date(row.released)], ["Updated", (row) => date(row.updated)],
      ["Knowledge cutoff", (row) => date(row.knowledge)], ["Deprecated", (row) => date(row.deprecated)],
      ["Retires", (row) => date(row.retires)],
    ])],
    ["License", said(rows, [
      ["Open weights", (row) => flag(row.open_weights)], ["License", (row) => row.license],
      ["Parameters", (row) => row.parameters], ["Active parameters", (row) => row.active_parameters],
    ])],
    ["Internal use", said(rows, ["approval", "data_class", "owner"].map((name) => [words(name), (row) => row.internal[name]]))],
  ].map(([title, lines]) => ({ title, lines: lines.filter(isKnown) })).filter(({ lines }) => lines.length);

  const isKnown = ({ values }) => values.some(({ text }) => text && text !== UNKNOWN);
  const differs = ({ values }) => new Set(values.map(({ text }) => text)).size > 1;

  // The lines that have to be shown, in their groups: all of them, or only those whose values differ.
  almanac.versus = (rows, capabilities, { onlyDifferences = false } = {}) => {
    const found = groups(rows, capabilities);
    if (!onlyDifferences) return found;
    const kept = found.map(({ title, lines }) => ({ title, lines: lines.filter(differs) }));
    return kept.filter(({ lines }) => lines.length);
  };

  Object.assign(almanac.versus, { RATES, differs });
  if (typeof module !== "undefined") module.exports = almanac;
})();
