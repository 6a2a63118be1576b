/*
 * The catalog in the browser: loads the one data file when something first asks for it, and makes rows of its columns.
 *
 * `almanac.catalog()` is the one way to it. The file comes as a script, because a page from disk can load nothing else. Rows are
 * plain objects that point to one another; what is not known is null, an empty list, or missing from `can` and `price`. Rows and
 * what they hold are shared: they are read, never changed. A classic script without dependencies; tests `require` it.
 */
(() => {
  "use strict";

  const almanac = (globalThis.almanac ??= {});

  const script = typeof document === "undefined" ? null : document.currentScript;
  const address = script ? new URL("catalog-data.js", script.src).href : "";

  // The site's root, as an absolute address.
  almanac.root = script ? new URL("..", script.src).href : "";

  almanac.address = (row) => almanac.root + row.path.split("/").map(encodeURIComponent).join("/");

  // The pages let a script in only through this policy, and it lets in one address.
  const trusted = () => {
    if (!globalThis.trustedTypes) return address;
    const createScriptURL = () => address;
    return trustedTypes.createPolicy("almanac", { createScriptURL }).createScriptURL(address);
  };

  let loading = null;

  almanac.catalog = () => {
    loading ??= new Promise((resolve, reject) => {
      // A page that is about all of it has named the file itself.
      if (globalThis.almanacCatalog) return resolve(almanac.decode(globalThis.almanacCatalog));
      const element = document.createElement("script");
      element.addEventListener("load", () => resolve(almanac.decode(globalThis.almanacCatalog)));
      element.addEventListener("error", () => reject(new Error("The catalog's data could not be loaded.")));
      element.src = trusted();
      document.head.append(element);
    });
    return loading;
  };

  // A column as the value of each row. It is a list; or `{at, is}`, the place of each value; or `{on, is}`, the rows that have
  // one. A row whose value is not told has its base's: an offering its model's.
  const expand = (column, length, base = () => null) => {
    if (Array.isArray(column)) return column.map((value, row) => value ?? base(row));
    if (column.at) return column.at.map((place, row) => (place < 0 ? base(row) : column.is[place]));
    const values = Array.from({ length }, (_, row) => base(row));
    column.on?.forEach((row, place) => (values[row] = column.is[place]));
    return values;
  };

  const mapped = (column, make) => {
    if (Array.isArray(column)) return column.map((value) => (value === null ? null : make(value)));
    return column.is ? { ...column, is: column.is.map((value) => make(value)) } : column;
  };

  // The path of an id; whatever this rule does not give stands in the data.
  const plain = (id) => id.toLowerCase().replace(/[: ]/g, "-").replaceAll("@", "-at-");

  const slugs = ({ id, slug }) => expand(slug, id.length, (row) => plain(id[row]));

  const NOTHING = Object.freeze([]);
  const SAYS = { 1: true, 0: false };

  const able = (names) => (text) => {
    const can = {};
    names.forEach(([name], place) => {
      if (text[place] in SAYS) can[name] = SAYS[text[place]];
    });
    return can;
  };

  const priced = (currency) => (price) =>
    price && { currency, billing: "metered", operations: {}, units: NOTHING, tiers: NOTHING, ...price };

  const FACTS = ["family", "status", "released", "updated", "knowledge", "deprecated", "retires", "open_weights", "context",
    "max_input", "max_output", "images_per_request", "dimensions", "successor", "input", "output"];

  const decodeOwners = ({ authors, providers, families }) => {
    const named = (kind, table, path, more) => {
      const [slug, aliases] = [slugs(table), expand(table.aliases ?? {}, table.id.length, () => NOTHING)];
      return table.id.map((id, row) => ({
        kind, id, name: (table.name ?? table.id)[row], aliases: aliases[row], path: path(slug[row]), ...more(row),
      }));
    };
    const length = providers.id.length;
    const regions = expand(providers.regions, length, () => NOTHING);
    const headquarters = expand(providers.headquarters, length);
    const free = expand(providers.free_tier, length);
    return {
      authors: named("author", authors, (slug) => `authors/${slug}/index.html`, () => ({})),
      providers: named("provider", providers, (slug) => `providers/${slug}/index.html`, (row) => ({
        regions: regions[row], headquarters: headquarters[row], free_tier: free[row],
      })),
      families: named("family", families, (slug) => `families/${slug}.html`, () => ({})),
    };
  };

  // What models and offerings both state. `base` gives the row that stands behind another, and `models` the successors.
  const decodeFacts = (rows, table, names, base, models) => {
    const inherited = (name) => (row) => base(row)?.[name] ?? null;
    const of = Object.fromEntries(FACTS.map((name) => [name, expand(table[name], rows.length, inherited(name))]));
    const can = expand(mapped(table.can, able(names)), rows.length, (row) => base(row)?.can ?? {});
    const internal = expand(table.internal, rows.length, () => ({}));
    const overlays = expand(table.overlays, rows.length, () => NOTHING);
    rows.forEach((row, place) => {
      // Written out one by one: rows of one shape are made twice as fast as by names in a loop.
      row.family = of.family[place];
      row.status = of.status[place];
      row.released = of.released[place];
      row.updated = of.updated[place];
      row.knowledge = of.knowledge[place];
      row.deprecated = of.deprecated[place];
      row.retires = of.retires[place];
      row.open_weights = of.open_weights[place];
      row.context = of.context[place];
      row.max_input = of.max_input[place];
      row.max_output = of.max_output[place];
      row.images_per_request = of.images_per_request[place];
      row.dimensions = of.dimensions[place];
      row.successor = typeof of.successor[place] === "number" ? models[of.successor[place]] : of.successor[place];
      row.input = of.input[place] ?? NOTHING;
      row.output = of.output[place] ?? NOTHING;
      row.can = can[place];
      row.internal = internal[place];
      row.overlays = overlays[place];
    });
  };

  const decodeModels = (raw, authors) => {
    const table = raw.models;
    const length = table.id.length;
    const [author, slug] = [expand(table.author, length), slugs(table)];
    const others = expand(table.authors, length, () => NOTHING);
    const aliases = expand(table.aliases, length, () => NOTHING);
    const told = ["license", "parameters", "active_parameters"].map((name) => [name, expand(table[name], length)]);
    const models = table.id.map((id, row) => {
      const own = authors[author[row]];
      const ref = `${own.id}/${id}`;
      return {
        kind: "model", id: ref, ref, name: table.name[row] ?? id, aliases: aliases[row],
        path: own.path.replace("index.html", `models/${slug[row]}.html`),
        authors: [own, ...others[row].map((number) => authors[number])], offerings: [], shown: null,
        ...Object.fromEntries(told.map(([name, values]) => [name, values[row]])),
      };
    });
    decodeFacts(models, table, raw.capabilities, () => null, models);
    return models;
  };

  const decodeOfferings = (raw, { authors, providers, models }) => {
    const table = raw.offerings;
    const length = table.id.length;
    const priceOf = priced(raw.currency);
    const modesOf = (modes) => Object.fromEntries(Object.entries(modes).map(([name, price]) => [name, priceOf(price)]));
    const [provider, model, slug] = [expand(table.provider, length), expand(table.model, length), slugs(table)];
    const of = model.map((number) => models[number] ?? null);
    const made = expand(table.authors, length, () => NOTHING);
    const names = expand(table.name, length, (row) => of[row]?.name ?? table.id[row]);
    const prices = expand(mapped(table.price, priceOf), length);
    const modes = expand(mapped(table.modes, modesOf), length, () => ({}));
    const regions = expand(table.regions, length, (row) => providers[provider[row]].regions);
    const checked = expand(table.checked, length);
    const offerings = table.id.map((id, row) => {
      const by = providers[provider[row]];
      return {
        kind: "offering", id, ref: `${id}@${by.id}`, name: names[row], provider: by, model: of[row],
        path: by.path.replace("index.html", `models/${slug[row]}.html`),
        authors: of[row]?.authors ?? made[row].map((number) => authors[number]), price: prices[row], modes: modes[row],
        regions: regions[row], checked: checked[row], license: of[row]?.license ?? null,
      };
    });
    decodeFacts(offerings, table, raw.capabilities, (row) => of[row], models);
    return offerings;
  };

  almanac.decode = (raw) => {
    const owners = decodeOwners(raw);
    const models = decodeModels(raw, owners.authors);
    const offerings = decodeOfferings(raw, { ...owners, models });
    for (const offering of offerings) offering.model?.offerings.push(offering);
    expand(raw.models.shown, models.length).forEach((place, row) => (models[row].shown = models[row].offerings[place] ?? null));
    const pages = raw.pages.name.map((name, row) => ({
      kind: "page", name, path: raw.pages.path[row], description: raw.pages.description[row],
    }));
    const byRef = new Map(offerings.map((offering) => [offering.ref, offering]));
    for (const model of models) for (const alias of model.aliases) byRef.set(alias, model);
    for (const model of models) byRef.set(model.ref, model);
    return {
      date: raw.date, currency: raw.currency, capabilities: raw.capabilities.map(([name, label]) => ({ name, label })),
      ...owners, models, offerings, pages, get: (ref) => byRef.get(ref),
    };
  };

  // References in an address: between commas, each encoded but for the signs that ids are full of.
  almanac.refs = {
    write: (refs) => refs.map((ref) => encodeURIComponent(ref).replace(/%(2F|3A|40)/g, decodeURIComponent)).join(","),
    read: (text) => text.split(",").filter(Boolean).map(decodeURIComponent),
  };

  if (typeof module !== "undefined") module.exports = almanac;
})();
