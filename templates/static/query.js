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
  const { format, once, refs } = almanac;

  const PAGE = 100;
  const OPEN = { true: ["yes"], false: ["no"] };

  const areaOf = (region) => (/^(eu|europe)(?![a-z])/i.test(region) ? "eu" : /^us(?![a-z])/i.test(region) ? "us" : null);
  const regionsOf = (regions) => [...new Set(regions.flatMap((region) => [areaOf(region), region]).filter(Boolean))];
  const AREAS = { eu: "Europe", us: "United States", global: "Worldwide", apac: "Asia and Pacific", au: "Australia", ca: "Canada", cn: "China", in: "India", jp: "Japan", uk: "United Kingdom" };

  // A rate that is asked for: nothing for a plan, which has no price of its own, and 0 for what is free.
  const rateOf = (rate) => ({ price }) => (!price || price.billing === "plan" ? null : price.billing === "free" ? 0 : price[rate] ?? null);

  const internal = (name) => ({ internal: facts }) => facts[name] ?? null;
  const idsOf = (rows) => rows.map(({ id }) => id);

  // What can be asked: `all` holds for each of the values, `any` for one of them; `least`, `most` and `since` compare. `fact` is
  // what a row states, which many rows share; `values` makes a list of values of it, where it is none.
  const FACETS = [
    { name: "in", label: "Takes", type: "all", fact: (of) => of.input, says: (words) => `${words.join(" and ")} in` },
    { name: "out", label: "Makes", type: "all", fact: (of) => of.output, says: (words) => `${words.join(" and ")} out` },
    { name: "can", label: "Capabilities", type: "all", fact: ({ can }) => can, values: (can) => Object.keys(can).filter((key) => can[key]),
      says: (words) => words.join(" and ").toLowerCase() },
    { name: "context", label: "Context at least", type: "least", fact: (of) => of.context,
      steps: [8000, 32000, 64000, 128000, 200000, 400000, 1000000], says: (value) => `at least ${format.count(value)} tokens of context` },
    { name: "price_in", label: "Input price at most", type: "most", fact: rateOf("input"), steps: [0, 0.1, 0.25, 0.5, 1, 2, 5, 10],
      says: (value) => `at most ${format.amount(value)} in` },
    { name: "price_out", label: "Output price at most", type: "most", fact: rateOf("output"), steps: [0, 0.5, 1, 2, 5, 10, 20, 50],
      says: (value) => `at most ${format.amount(value)} out` },
    { name: "open", label: "Open weights", type: "any", fact: (of) => of.open_weights, values: (open) => OPEN[open] ?? [], labels: { yes: "Yes", no: "No" },
      says: (words) => words.map((word) => (word === "Yes" ? "open weights" : "closed weights")).join(" or ") },
    { name: "region", label: "Region", type: "any", fact: ({ regions }) => regions, values: regionsOf, labels: AREAS, says: (words) => `in ${words.join(" or ")}` },
    { name: "status", label: "Status", type: "any", fact: (of) => of.status },
    { name: "author", label: "Author", type: "any", fact: ({ authors }) => authors, values: idsOf, table: "authors",
      says: (words) => `by ${words.join(" or ")}` },
    { name: "provider", label: "Provider", type: "any", fact: ({ provider }) => provider?.id, table: "providers",
      says: (words) => `from ${words.join(" or ")}` },
    { name: "family", label: "Family", type: "any", fact: (of) => of.family },
    { name: "license", label: "License", type: "any", fact: (of) => of.license },
    { name: "released", label: "Released since", type: "since", fact: (of) => of.released, says: (date) => `released since ${format.date(date)}` },
    { name: "knowledge", label: "Knowledge since", type: "since", fact: (of) => of.knowledge, says: (date) => `knows until ${format.date(date)} or later` },
    { name: "approval", label: "Approval", type: "any", fact: internal("approval") },
    { name: "data_class", label: "Data class", type: "any", fact: internal("data_class") },
    { name: "owner", label: "Owner", type: "any", fact: internal("owner") },
    { name: "overlay", label: "Overlay", type: "any", fact: ({ overlays }) => overlays, says: (words) => `changed by ${words.join(" or ")}` },
  ];
  const LISTED = { all: 1, any: 1 };

  const passes = {
    all: (values, wanted) => wanted.every((value) => values.includes(value)),
    any: (values, wanted) => wanted.some((value) => values.includes(value)),
    least: (value, wanted) => value !== null && value >= wanted,
    most: (value, wanted) => value !== null && value <= wanted,
    since: (value, wanted) => value !== null && value >= wanted,
  };

  const remember = (kept, key, make) => {
    let value = kept.get(key);
    if (value === undefined) kept.set(key, (value = make(key)));
    return value;
  };

  // What a name sorts by: its words, and numbers in it by how large they are. A collator of the browser's takes longer to be made
  // than everything here together.
  const keys = new Map();
  const bare = (name) => name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const naturally = (name) => remember(keys, name, () => bare(name).replace(/\d+/g, (digits) => digits.padStart(9, "0")));

  const able = (name) => (row) => row.can[name] ?? null;
  const rated = (name) => (row) => rateOf(name)(row);

  // What a row can show. `key` is what it sorts by, null where it is not known; `kind` how a cell is drawn.
  const COLUMNS = [
    { name: "name", label: "Name", kind: "name", key: ({ name }) => naturally(name) },
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

  // What each row can be found by: a line of everything that it and its model are called.
  const textsOf = (rows, models) => {
    const kept = new Map();
    const line = (names) => names.filter(Boolean).join(" ").toLowerCase();
    const ofModel = ({ name, id, aliases }) => line([name, id, ...aliases]);
    const ofProvider = ({ name, id }) => line([name, id]);
    const ofAuthors = (authors) => line(authors.map(({ name }) => name));
    return rows.map(({ name, id, family, provider, authors }, place) => [line([name, id, family]), remember(kept, authors, ofAuthors),
      models[place] && remember(kept, models[place], ofModel), provider && remember(kept, provider, ofProvider)].join(" "));
  };

  const listed = (fact) => (Array.isArray(fact) ? fact : [fact]);

  // A facet of all rows: `at` has what each states. Where that is a list, values are written as numbers, their places in `values`.
  const facetOf = ({ type, fact, values: valuesOf = listed }, rows) => {
    if (!(type in LISTED)) return { at: rows.map(fact) };
    const [values, numbers, lists] = [[], new Map(), new Map([[null, []]])];
    const numberOf = (value) => remember(numbers, value, () => values.push(value) - 1);
    const at = rows.map((row) => remember(lists, fact(row) ?? null, (stated) => valuesOf(stated).map(numberOf)));
    return { at, values, numbers };
  };

  // What a table stands on: every row that can answer, those of a model together, and what can be asked of them. Whatever takes
  // time is made when it is first needed, and kept.
  const indexOf = (catalog, { author, provider, family } = {}) => {
    const isPart = (of) => (!author || of.authors.some(({ id }) => id === author)) && (!family || of.family === family || of.model?.family === family)
      && (!provider || of.provider?.id === provider);
    const offerings = catalog.offerings.filter(isPart);
    const rows = [...offerings, ...catalog.models.filter((model) => model.offerings.length === 0 && isPart(model))];
    const models = rows.map((of) => (of.kind === "model" ? of : of.model));
    return {
      rows, offerings, models, orders: new Map(), texts: once(() => textsOf(rows, models)),
      facets: Object.fromEntries(FACETS.map((facet) => [facet.name, once(() => facetOf(facet, rows))])),
    };
  };

  const [NO, YES] = [-2, -1];

  // What is said about each row: yes, no, or the place of the one facet that it fails, to whose values it counts.
  const verdicts = (index, query) => {
    const words = query.q.toLowerCase().split(/\s+/).filter(Boolean);
    const texts = words.length ? index.texts() : null;
    const asked = FACETS.flatMap(({ name, type }, place) => {
      const wanted = query.facets[name];
      if (wanted === undefined || wanted.length === 0) return [];
      const { at, numbers } = index.facets[name]();
      return [{ at, passes: passes[type], wanted: numbers ? wanted.map((value) => numbers.get(value)) : wanted, ifNot: type === "any" ? place : NO }];
    });
    const verdict = (_, row) => {
      if (query.show === "models" ? !index.models[row] : row >= index.offerings.length) return NO;
      for (const word of words) if (!texts[row].includes(word)) return NO;
      let said = YES;
      for (const { at, passes: isPassed, wanted, ifNot } of asked) {
        if (isPassed(at[row], wanted)) continue;
        if (said !== YES) return NO;
        said = ifNot;
      }
      return said;
    };
    return index.rows.map(verdict);
  };

  // For each value of each list facet how many rows would answer if it were asked for too; of models each once.
  const count = (index, said, { show }) => Object.fromEntries(FACETS.flatMap(({ name, type }, facet) => {
    if (!(type in LISTED)) return [];
    const { at, values } = index.facets[name]();
    const [numbers, last] = [new Array(values.length).fill(0), new Array(values.length)];
    said.forEach((verdict, row) => {
      if (verdict !== YES && verdict !== facet) return;
      for (const value of at[row]) {
        if (show === "models" && last[value] === index.models[row]) continue;
        last[value] = index.models[row];
        numbers[value] += 1;
      }
    });
    return [[name, numbers]];
  }));

  // The price that stands for a model among the offerings that answer: the one that stands for it everywhere, where that one does.
  const standing = (model, offerings) => offerings.find((of) => of === model.shown) ?? offerings.find((of) => of.price) ?? null;

  const modelRow = (model, offerings) => {
    const shown = standing(model, offerings);
    return Object.create(model, {
      price: { value: shown?.price ?? null }, shown: { value: shown }, providers: { value: new Set(offerings.map(({ provider }) => provider)).size },
    });
  };

  // The places of keys in their order, equal ones as they stand in `before`, what is not known last. Each key becomes a number, its
  // rank and its place before in one, because to sort numbers is what an engine does fastest.
  const placesBy = (keys, before, isDown) => {
    const known = [...new Set(keys)].filter((key) => key !== null).sort((a, b) => (a < b === isDown ? 1 : -1));
    const ranks = new Map(known.map((key, rank) => [key, rank]));
    const rankOf = (key) => ranks.get(key) ?? known.length;
    return Array.from(Float64Array.from(before, (place, number) => rankOf(keys[place]) * keys.length + number).sort(), (rank) => before[rank % keys.length]);
  };

  // The places of rows in an order, kept in `orders`; whatever it goes by, equal ones stand by name.
  const orderOf = (rows, sort, orders = new Map()) => remember(orders, sort, () => {
    const { key, name } = COLUMNS.find((column) => column.name === sort.replace(/^-/, ""));
    return placesBy(rows.map(key), name === "name" ? [...rows.keys()] : orderOf(rows, "name", orders), sort.startsWith("-"));
  });

  // The answer to a query: its rows, sorted; `offerings` and `models` say how many answer, `said` what is said about each row.
  const answer = (index, query) => {
    const said = verdicts(index, query);
    const byModel = new Map();
    let offerings = 0;
    said.forEach((verdict, row) => {
      if (verdict !== YES) return;
      const [model, isOffering] = [index.models[row], row < index.offerings.length];
      if (isOffering) offerings += 1;
      if (model) remember(byModel, model, () => []).push(...(isOffering ? [index.rows[row]] : []));
    });
    const sort = query.sort ?? "name";
    const counts = { offerings, models: byModel.size, said };
    if (query.show === "offerings") return { ...counts, rows: orderOf(index.offerings, sort, index.orders).filter((row) => said[row] === YES).map((row) => index.rows[row]) };
    const rows = [...byModel].map(([model, served]) => modelRow(model, served));
    return { ...counts, rows: orderOf(rows, sort).map((row) => rows[row]) };
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
    PAGE, FACETS, USUAL, answer, asked, columnsFor, columnsOf, count, empty, indexOf, labelsOf, lines, read, sentence, write,
  };

  if (typeof module !== "undefined") module.exports = almanac;
})();
