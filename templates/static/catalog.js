/*
 * The catalog in the browser: loads the data file when something first asks for it, and makes rows of its columns.
 *
 * `almanac.catalog()` is the one way to it. The file comes as a script, because a page from disk can load nothing else. Rows point
 * to one another; what is not known is null, an empty list, or missing from `can` and `price`. Rows are views of the columns, and
 * what they hold is shared: they are read, never changed. A classic script without dependencies; tests `require` it.
 */
(() => {
  "use strict";

  const almanac = (globalThis.almanac ??= {});

  const script = typeof document === "undefined" ? null : document.currentScript;
  const address = (part) => new URL(part > 1 ? `catalog-data-${part}.js` : "catalog-data.js", script.src).href;

  // The site's root, as an absolute address.
  almanac.root = script ? new URL("..", script.src).href : "";

  almanac.address = (row) => almanac.root + row.path.split("/").map(encodeURIComponent).join("/");

  // The pages let a script in only through this policy, and it lets in no other address.
  const policy = () => trustedTypes.createPolicy("almanac", { createScriptURL: (part) => address(Number(part)) });
  let lets = null;
  const trusted = (part) => (globalThis.trustedTypes ? (lets ??= policy()).createScriptURL(part) : address(part));

  const load = (part) =>
    new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.addEventListener("load", resolve);
      element.addEventListener("error", () => reject(new Error("The catalog's data could not be loaded.")));
      element.src = trusted(part);
      document.head.append(element);
    });

  const read = async () => {
    // A page that is about all of it has named the file itself.
    if (!globalThis.almanacCatalog) await load(1);
    const { parts, of } = globalThis.almanacCatalog;
    // What is too much for one file goes on in others.
    if (parts) await Promise.all(Array.from({ length: of - 1 }, (_, place) => load(place + 2)));
    return almanac.decode(parts ? JSON.parse(parts.join("")) : globalThis.almanacCatalog);
  };

  let loading = null;

  almanac.catalog = () => (loading ??= read());

  // What reads a column: the value of a row. A column is a list; or `{at, is}`, the place of each value; or `{on, is}`, the rows
  // that have one. A row whose value is not told has its base's: an offering its model's.
  const reader = (column, base = () => null) => {
    if (Array.isArray(column)) return (row) => column[row] ?? base(row);
    const { at, on, is } = column;
    if (at) return (row) => (at[row] < 0 ? base(row) : is[at[row]]);
    if (!on) return base;
    const told = new Map(on.map((row, place) => [row, is[place]]));
    return (row) => (told.has(row) ? told.get(row) : base(row));
  };

  const mapped = (column, make) => {
    if (Array.isArray(column)) return column.map((value) => (value === null ? null : make(value)));
    return column.is ? { ...column, is: column.is.map((value) => make(value)) } : column;
  };

  // What is made when it is first asked for, and kept.
  const once = (make) => {
    let made = null;
    return () => (made ??= make());
  };

  // The same, of values that have to be made.
  const made = (column, make, base) => {
    const read = once(() => reader(mapped(column, make), base));
    return (row) => read()(row);
  };

  // Rows of a kind. Each knows its place and nothing else: a fact is read from its column whenever it is asked for, so that
  // to have the rows costs next to nothing, however many facts they have.
  const makeRows = (kind, length, facts) => {
    class Row {
      constructor(place) {
        this.place = place;
      }
    }
    Row.prototype.kind = kind;
    for (const [name, read] of Object.entries(facts)) {
      Object.defineProperty(Row.prototype, name, { enumerable: true, get() { return read(this.place); } });
    }
    return Array.from({ length }, (_, place) => new Row(place));
  };

  // The path of an id; whatever this rule does not give stands in the data.
  const plain = (id) => id.toLowerCase().replace(/[: ]/g, "-").replaceAll("@", "-at-");

  const slugs = ({ id, slug }) => reader(slug, (row) => plain(id[row]));

  const NOTHING = Object.freeze([]);
  const NONE = Object.freeze({});
  const SAYS = { 1: true, 0: false };

  const able = (names) => (text) => {
    const can = {};
    names.forEach(([name], place) => {
      if (text[place] in SAYS) can[name] = SAYS[text[place]];
    });
    return can;
  };

  const priced = (currency) => (price) =>
    price && { currency, billing: "metered", operations: NONE, units: NOTHING, tiers: NOTHING, ...price };

  const FACTS = ["family", "status", "released", "updated", "knowledge", "deprecated", "retires", "open_weights", "context",
    "max_input", "max_output", "images_per_request", "dimensions"];

  const decodeOwners = ({ authors, providers, families }) => {
    const named = (kind, table, path, more = {}) => {
      const slug = slugs(table);
      return makeRows(kind, table.id.length, {
        id: (row) => table.id[row], name: reader(table.name ?? table.id), aliases: reader(table.aliases ?? {}, () => NOTHING),
        path: (row) => path(slug(row)), ...more,
      });
    };
    return {
      authors: named("author", authors, (slug) => `authors/${slug}/index.html`),
      providers: named("provider", providers, (slug) => `providers/${slug}/index.html`, {
        regions: reader(providers.regions, () => NOTHING), headquarters: reader(providers.headquarters), free_tier: reader(providers.free_tier),
      }),
      families: named("family", families, (slug) => `families/${slug}.html`),
    };
  };

  // What models and offerings both state. `base` gives the row that stands behind another, `successor` a model by its number.
  const factsOf = (table, names, base, model) => {
    const inherited = (name, usual = null) => reader(table[name], (row) => base(row)?.[name] ?? usual);
    const successor = reader(table.successor);
    return {
      ...Object.fromEntries(FACTS.map((name) => [name, inherited(name)])),
      input: inherited("input", NOTHING), output: inherited("output", NOTHING),
      successor: (row) => model(successor(row)) ?? base(row)?.successor ?? null,
      can: made(table.can, able(names), (row) => base(row)?.can ?? NONE),
      internal: reader(table.internal, () => NONE), overlays: reader(table.overlays, () => NOTHING),
    };
  };

  const decodeModels = (raw, authors, served) => {
    const table = raw.models;
    const [author, slug, shown] = [reader(table.author), slugs(table), reader(table.shown)];
    const others = reader(table.authors, () => NOTHING);
    const makers = once(() => table.id.map((_, row) => [authors[author(row)], ...others(row).map((number) => authors[number])]));
    const models = makeRows("model", table.id.length, {
      id: (row) => `${makers()[row][0].id}/${table.id[row]}`, ref: (row) => models[row].id, name: (row) => table.name[row] ?? table.id[row],
      aliases: reader(table.aliases, () => NOTHING), authors: (row) => makers()[row],
      path: (row) => makers()[row][0].path.replace("index.html", `models/${slug(row)}.html`),
      offerings: (row) => served()[row], shown: (row) => served()[row][shown(row)] ?? null,
      license: reader(table.license), parameters: reader(table.parameters), active_parameters: reader(table.active_parameters),
      ...factsOf(table, raw.capabilities, () => null, (number) => models[number]),
    });
    return models;
  };

  const decodeOfferings = (raw, { authors, providers, models }) => {
    const table = raw.offerings;
    const priceOf = priced(raw.currency);
    const modesOf = (modes) => Object.fromEntries(Object.entries(modes).map(([name, price]) => [name, priceOf(price)]));
    const [provider, model, slug] = [reader(table.provider), reader(table.model), slugs(table)];
    const makers = made(table.authors, (numbers) => numbers.map((number) => authors[number]), () => NOTHING);
    const by = (row) => providers[provider(row)];
    const of = (row) => models[model(row)] ?? null;
    return makeRows("offering", table.id.length, {
      id: (row) => table.id[row], ref: (row) => `${table.id[row]}@${by(row).id}`,
      name: reader(table.name, (row) => of(row)?.name ?? table.id[row]), provider: by, model: of,
      path: (row) => by(row).path.replace("index.html", `models/${slug(row)}.html`),
      authors: (row) => of(row)?.authors ?? makers(row),
      price: made(table.price, priceOf), modes: made(table.modes, modesOf, () => NONE), checked: reader(table.checked),
      regions: reader(table.regions, (row) => by(row).regions), license: (row) => of(row)?.license ?? null,
      ...factsOf(table, raw.capabilities, of, (number) => models[number]),
    });
  };

  almanac.decode = (raw) => {
    const owners = decodeOwners(raw);
    const served = once(() => {
      const found = models.map(() => []);
      for (const offering of offerings) if (offering.model) found[offering.model.place].push(offering);
      return found;
    });
    const models = decodeModels(raw, owners.authors, served);
    const offerings = decodeOfferings(raw, { ...owners, models });
    const pages = makeRows("page", raw.pages.name.length, Object.fromEntries(Object.keys(raw.pages).map((name) => [name, reader(raw.pages[name])])));
    const byRef = once(() => {
      const rows = new Map(offerings.map((offering) => [offering.ref, offering]));
      for (const model of models) for (const alias of model.aliases) rows.set(alias, model);
      for (const model of models) rows.set(model.ref, model);
      return rows;
    });
    return {
      date: raw.date, currency: raw.currency, capabilities: raw.capabilities.map(([name, label]) => ({ name, label })),
      ...owners, models, offerings, pages, get: (ref) => byRef().get(ref),
    };
  };

  almanac.once = once;

  // References in an address: between commas, each encoded but for the signs that ids are full of.
  almanac.refs = {
    write: (refs) => refs.map((ref) => encodeURIComponent(ref).replace(/%(2F|3A|40)/g, decodeURIComponent)).join(","),
    read: (text) => text.split(",").filter(Boolean).map(decodeURIComponent),
  };

  if (typeof module !== "undefined") module.exports = almanac;
})();
