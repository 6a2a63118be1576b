/*
 * What is shown of the catalog: which rows, in what order, which columns, and how that stands in an address.
 *
 * A query is a plain object; `read` makes it of an address and `write` an address of it, so that every view can be sent to
 * somebody. What is asked is asked of offerings; a model is shown when one of its offerings answers, so that no model is said to
 * have a price here and a limit there that nobody offers together. A model that nobody offers answers for itself. Not known never
 * answers. A classic script without elements; tests `require` it.
 */
(() => {
  "use strict";

  const almanac = (globalThis.almanac ??= {});
  const { format, refs } = almanac;

  const PAGE = 100;
  const YES = { true: ["yes"], false: ["no"] };

  const areaOf = (region) => (/^(eu|europe)(?![a-z])/i.test(region) ? "eu" : /^us(?![a-z])/i.test(region) ? "us" : null);
  const regionsOf = ({ regions = [] }) => [...new Set(regions.flatMap((region) => [areaOf(region), region]).filter(Boolean))];
  const AREAS = { eu: "Europe", us: "United States", global: "Worldwide", apac: "Asia and Pacific", au: "Australia", ca: "Canada", cn: "China", in: "India", jp: "Japan", uk: "United Kingdom" };

  // A rate that is asked for: nothing for a plan, which has no price of its own, and 0 for what is free.
  const rateOf = (rate) => ({ price }) => (!price || price.billing === "plan" ? null : price.billing === "free" ? 0 : price[rate] ?? null);

  const one = (name) => (of) => (of[name] === null || of[name] === undefined ? [] : [of[name]]);
  const internal = (name) => (of) => (of.internal[name] ? [of.internal[name]] : []);

  // What can be asked: `all` holds for each of the values, `any` for one of them; `least`, `most` and `since` compare.
  const FACETS = [
    { name: "in", label: "Takes", type: "all", of: (of) => of.input, says: (words) => `${words.join(" and ")} in` },
    { name: "out", label: "Makes", type: "all", of: (of) => of.output, says: (words) => `${words.join(" and ")} out` },
    { name: "can", label: "Capabilities", type: "all", of: ({ can }) => Object.keys(can).filter((key) => can[key]),
      says: (words) => words.join(" and ").toLowerCase() },
    { name: "context", label: "Context at least", type: "least", of: (of) => of.context,
      steps: [8000, 32000, 64000, 128000, 200000, 400000, 1000000], says: (value) => `at least ${format.count(value)} tokens of context` },
    { name: "price_in", label: "Input price at most", type: "most", of: rateOf("input"), steps: [0, 0.1, 0.25, 0.5, 1, 2, 5, 10],
      says: (value) => `at most ${format.amount(value)} in` },
    { name: "price_out", label: "Output price at most", type: "most", of: rateOf("output"), steps: [0, 0.5, 1, 2, 5, 10, 20, 50],
      says: (value) => `at most ${format.amount(value)} out` },
    { name: "open", label: "Open weights", type: "any", of: (of) => YES[of.open_weights] ?? [], labels: { yes: "Yes", no: "No" },
      says: (words) => words.map((word) => (word === "Yes" ? "open weights" : "closed weights")).join(" or ") },
    { name: "region", label: "Region", type: "any", of: regionsOf, labels: AREAS, says: (words) => `in ${words.join(" or ")}` },
    { name: "status", label: "Status", type: "any", of: one("status") },
    { name: "author", label: "Author", type: "any", of: ({ authors }) => authors.map(({ id }) => id), table: "authors",
      says: (words) => `by ${words.join(" or ")}` },
    { name: "provider", label: "Provider", type: "any", of: ({ provider }) => (provider ? [provider.id] : []), table: "providers",
      says: (words) => `from ${words.join(" or ")}` },
    { name: "family", label: "Family", type: "any", of: one("family") },
    { name: "license", label: "License", type: "any", of: one("license") },
    { name: "released", label: "Released since", type: "since", of: (of) => of.released, says: (date) => `released since ${format.date(date)}` },
    { name: "knowledge", label: "Knowledge since", type: "since", of: (of) => of.knowledge, says: (date) => `knows until ${format.date(date)} or later` },
    { name: "approval", label: "Approval", type: "any", of: internal("approval") },
    { name: "data_class", label: "Data class", type: "any", of: internal("data_class") },
    { name: "owner", label: "Owner", type: "any", of: internal("owner") },
    { name: "overlay", label: "Overlay", type: "any", of: ({ overlays }) => overlays, says: (words) => `changed by ${words.join(" or ")}` },
  ];
  const LISTED = { all: 1, any: 1 };

  const COUNTED = FACETS.flatMap(({ type }, place) => (type in LISTED ? [place] : []));

  const passes = {
    all: (values, wanted) => wanted.every((value) => values.includes(value)),
    any: (values, wanted) => wanted.some((value) => values.includes(value)),
    least: (value, wanted) => value !== null && value >= wanted,
    most: (value, wanted) => value !== null && value <= wanted,
    since: (value, wanted) => value !== null && value >= wanted,
  };

  const able = (name) => (row) => row.can[name] ?? null;
  const rated = (name) => (row) => rateOf(name)(row);

  // What a row can show. `key` is what it sorts by, null where it is not known; `kind` how a cell is drawn.
  const COLUMNS = [
    { name: "name", label: "Name", kind: "name", key: (row) => row.name.toLowerCase() },
    { name: "author", label: "Author", kind: "authors", key: ({ authors }) => authors[0]?.name.toLowerCase() ?? null },
    { name: "provider", label: "Provider", kind: "provider", only: "offerings", key: ({ provider }) => provider.name.toLowerCase() },
    { name: "price_in", label: "Input", unit: "per 1M tokens", kind: "price", rate: "input", key: rated("input") },
    { name: "price_out", label: "Output", unit: "per 1M tokens", kind: "price", rate: "output", key: rated("output") },
    { name: "cache_read", label: "Cache read", unit: "per 1M tokens", kind: "price", rate: "cache_read", key: rated("cache_read") },
    { name: "cache_write", label: "Cache write", unit: "per 1M tokens", kind: "price", rate: "cache_write", key: rated("cache_write") },
    { name: "context", label: "Context", unit: "tokens", kind: "number", key: (row) => row.context },
    { name: "max_output", label: "Max output", unit: "tokens", kind: "number", key: (row) => row.max_output },
    { name: "flow", label: "In → out", kind: "flow", key: (row) => (row.input.length ? row.input.length : null) },
    { name: "tools", label: "Tools", kind: "flag", key: able("tool_calls") },
    { name: "reasoning", label: "Reasoning", kind: "flag", key: able("reasoning") },
    { name: "structured", label: "Structured", kind: "flag", key: able("structured_outputs") },
    { name: "open", label: "Open", unit: "weights", kind: "flag", key: (row) => row.open_weights },
    { name: "providers", label: "Providers", kind: "number", only: "models", key: (row) => row.providers },
    { name: "released", label: "Released", kind: "date", key: (row) => row.released },
    { name: "updated", label: "Updated", kind: "date", key: (row) => row.updated },
    { name: "knowledge", label: "Knowledge", kind: "date", key: (row) => row.knowledge },
    { name: "status", label: "Status", kind: "text", key: (row) => row.status },
    { name: "family", label: "Family", kind: "text", key: (row) => row.family },
    { name: "license", label: "License", kind: "text", key: (row) => row.license },
    { name: "region", label: "Regions", kind: "text", only: "offerings", key: (row) => row.regions.join(", ") || null },
  ];
  const USUAL = {
    models: ["author", "price_in", "price_out", "context", "max_output", "flow", "tools", "reasoning", "open", "providers", "released"],
    offerings: ["provider", "price_in", "price_out", "context", "max_output", "flow", "tools", "reasoning", "open", "released"],
  };

  const columnsFor = (show) => COLUMNS.filter(({ only }) => !only || only === show);

  const columnsOf = ({ show, cols }) => {
    const wanted = cols ?? USUAL[show];
    return columnsFor(show).filter(({ name }) => name === "name" || wanted.includes(name));
  };

  const empty = (show = "models") => ({ show, q: "", facets: {}, sort: null, page: 1, cols: null, ids: [] });

  // The query of an address (what follows `?`). What it does not understand it leaves aside.
  const read = (search, show = "models") => {
    const query = empty(show);
    const decoded = (text) => decodeURIComponent(text.replace(/\+/g, " "));
    for (const pair of search.replace(/^\?/, "").split("&")) {
      const [name, text = ""] = pair.split(/=(.*)/s);
      const facet = FACETS.find((other) => other.name === name);
      try {
        if (name === "show" && text in USUAL) query.show = text;
        else if (name === "q") query.q = decoded(text);
        else if (name === "sort" && COLUMNS.some((column) => column.name === text.replace(/^-/, ""))) query.sort = text;
        else if (name === "page" && /^[1-9]\d*$/.test(text)) query.page = Number(text);
        else if (name === "cols") query.cols = text.split(",").filter((name) => COLUMNS.some((column) => column.name === name));
        else if (name === "ids") query.ids = refs.read(text);
        else if (facet && facet.type in LISTED) query.facets[name] = refs.read(text);
        else if (facet && facet.type === "since" && /^\d{4}(-\d\d){0,2}$/.test(text)) query.facets[name] = text;
        else if (facet && facet.type !== "since" && text !== "" && Number(text) >= 0) query.facets[name] = Number(text);
      } catch {
        // An address that somebody cut in two: this part says nothing.
      }
    }
    return query;
  };

  const write = (query, show = "models") => {
    const parts = [];
    const put = (name, text) => text !== "" && text !== null && parts.push(`${name}=${text}`);
    if (query.show !== show) put("show", query.show);
    put("q", encodeURIComponent(query.q).replace(/%20/g, "+"));
    for (const { name, type } of FACETS) {
      const value = query.facets[name];
      if (value !== undefined) put(name, type in LISTED ? refs.write(value) : format.digits(value));
    }
    put("sort", query.sort);
    if (query.page > 1) put("page", String(query.page));
    if (query.cols) put("cols", query.cols.join(",") || "name");
    put("ids", refs.write(query.ids));
    return parts.length ? `?${parts.join("&")}` : "";
  };

  // Everything that can answer, with what it can be found by: those of a model together.
  const entriesOf = (catalog, { author, provider, family } = {}) => {
    const isPart = (of) => (!author || of.authors.some(({ id }) => id === author)) && (!family || of.family === family || of.model?.family === family)
      && (!provider || of.provider?.id === provider);
    const alone = catalog.models.filter(({ offerings }) => offerings.length === 0);
    if (!places.has(catalog.offerings[0] ?? catalog.models[0])) placeByName([...catalog.offerings, ...catalog.models]);
    return [...catalog.offerings, ...alone].filter(isPart).map((of, number) => {
      const model = of.kind === "model" ? of : of.model;
      const names = [of.name, of.id, model?.name, model?.id, ...(model?.aliases ?? []), of.provider?.name, of.provider?.id, of.family,
        ...of.authors.map(({ name }) => name)];
      return { of, model, number, text: names.filter(Boolean).join(" ").toLowerCase(), values: FACETS.map((facet) => facet.of(of)) };
    });
  };

  // The entries that answer, and for each value of each list facet how many would if it were asked for too.
  const filter = (entries, query) => {
    const words = query.q.toLowerCase().split(/\s+/).filter(Boolean);
    const asked = FACETS.map(({ name, type }, place) => [place, passes[type], query.facets[name]]).filter(([, , value]) => value !== undefined
      && !(Array.isArray(value) && value.length === 0));
    const counts = FACETS.map(() => new Map());
    const found = [];
    const byModel = query.show === "models";
    const count = (place, entry) => {
      for (const value of entry.values[place]) {
        const known = counts[place].get(value);
        if (!known) counts[place].set(value, { number: 1, last: entry.model });
        else if (!byModel || known.last !== entry.model) [known.number, known.last] = [known.number + 1, entry.model];
      }
    };
    for (const entry of entries) {
      if ((byModel && !entry.model) || (!byModel && entry.of.kind === "model")) continue;
      if (!words.every((word) => entry.text.includes(word))) continue;
      let [missed, where] = [0, -1];
      for (const [place, pass, wanted] of asked) {
        if (pass(entry.values[place], wanted)) continue;
        [missed, where] = [missed + 1, place];
        if (missed > 1) break;
      }
      if (missed === 0) {
        found.push(entry);
        for (const place of COUNTED) count(place, entry);
      } else if (missed === 1 && FACETS[where].type === "any") count(where, entry);
    }
    return { found, counts: Object.fromEntries(FACETS.map(({ name }, place) => [name, counts[place]])) };
  };

  // The price that stands for a model among the offerings that answer: the one that stands for it everywhere, where that one does.
  const standing = (model, offerings) => offerings.find((of) => of === model.shown) ?? offerings.find((of) => of.price) ?? null;

  const modelRow = (model, offerings) => {
    const shown = standing(model, offerings);
    return Object.assign(Object.create(model), {
      price: shown?.price ?? null, shown, providers: new Set(offerings.map(({ provider }) => provider)).size,
    });
  };

  // The rows of a query, sorted; `offerings` and `models` say how many answer.
  const rowsOf = (found, query) => {
    const offerings = found.filter(({ of }) => of.kind === "offering").map(({ of }) => of);
    const byModel = new Map();
    for (const { model, of } of found) {
      if (!model) continue;
      if (!byModel.has(model)) byModel.set(model, []);
      if (of.kind === "offering") byModel.get(model).push(of);
    }
    const rows = query.show === "models" ? [...byModel].map(([model, served]) => modelRow(model, served)) : offerings;
    return { rows: sorted(rows, query.sort ?? "name"), offerings: offerings.length, models: byModel.size };
  };

  const collator = new Intl.Collator("en", { numeric: true });

  const places = new WeakMap();

  // To compare names by the numbers in them is dear, so each row gets its place by name once.
  const placeByName = (rows) => [...rows].sort((a, b) => collator.compare(a.name, b.name)).forEach((row, place) => places.set(row, place));

  const placeOf = (row) => places.get(row) ?? places.get(Object.getPrototypeOf(row));

  const sorted = (rows, sort) => {
    const down = sort.startsWith("-");
    const { key, name } = COLUMNS.find((column) => column.name === sort.replace(/^-/, ""));
    const keyed = rows.map((row) => ({ row, place: placeOf(row), value: name === "name" ? placeOf(row) : key(row) }));
    keyed.sort((a, b) => {
      if (a.value === b.value) return a.place - b.place;
      if (a.value === null || b.value === null) return (a.value === null) - (b.value === null);
      return a.value < b.value === down ? 1 : -1;
    });
    return keyed.map(({ row }) => row);
  };

  const labelsOf = (facet, catalog) => {
    const named = facet.table ? catalog[facet.table].map(({ id, name }) => [id, name])
      : facet.name === "can" ? catalog.capabilities.map(({ name, label }) => [name, label]) : Object.entries(facet.labels ?? {});
    const labels = new Map(named);
    return (value) => labels.get(value) ?? value;
  };

  // What is asked, each as words: for the sentence and for the marks that take it back.
  const asked = (query, catalog) => FACETS.filter(({ name }) => query.facets[name] !== undefined).flatMap((facet) => {
    const value = query.facets[facet.name];
    if (!(facet.type in LISTED)) return [{ facet, value, words: facet.says(value) }];
    const label = labelsOf(facet, catalog);
    const say = facet.says ?? ((words) => words.join(facet.type === "all" ? " and " : " or "));
    return value.length ? [{ facet, value, words: say(value.map((one) => label(one))) }] : [];
  });

  // "37 offerings of 21 models: image in, tool calls, at least 200,000 tokens of context".
  const sentence = (counts, query, catalog) => {
    const words = asked(query, catalog).map((one) => one.words);
    if (query.q.trim()) words.unshift(`“${query.q.trim()}”`);
    const [offerings, models] = [format.plural(counts.offerings, "offering"), format.plural(counts.models, "model")];
    const first = query.show === "models" ? `${models} in ${offerings}` : `${offerings} of ${models}`;
    return words.length ? `${first}: ${words.join(", ")}` : first;
  };

  // The value of a cell for a table elsewhere: numbers as they are, nothing for what is not known.
  const plain = ({ kind, key, rate }, row) => {
    if (kind === "name") return row.name;
    if (kind === "authors") return row.authors.map(({ name }) => name).join("|");
    if (kind === "provider") return row.provider.name;
    if (kind === "flow") return `${row.input.join("|")}>${row.output.join("|")}`;
    if (kind === "price") return row.price && row.price.billing !== "metered" ? row.price.billing : row.price?.[rate];
    return key(row);
  };

  // The rows as lines of a table elsewhere, with a head.
  const lines = (rows, query) => {
    const columns = columnsOf(query);
    const head = ["id", ...(query.show === "offerings" ? ["provider_id"] : []), ...columns.map(({ name }) => name), "page"];
    return [head, ...rows.map((row) => [row.id, ...(query.show === "offerings" ? [row.provider.id] : []),
      ...columns.map((column) => plain(column, row)), row.path])];
  };

  almanac.query = {
    PAGE, FACETS, USUAL, asked, columnsFor, columnsOf, empty, entriesOf, filter, labelsOf, lines, read, rowsOf, sentence, sorted, write,
  };

  if (typeof module !== "undefined") module.exports = almanac;
})();
