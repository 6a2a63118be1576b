/*
 * The page that compares what a reader chooses: two to six models or offerings, side by side.
 *
 * What is chosen stands in the address, `?ids=…&only=differences`, and nowhere else but in a note that lets the next page add to
 * it. Back and forward lead through it. A classic script, on this page only.
 */
(() => {
  "use strict";

  const almanac = (globalThis.almanac ??= {});
  const { make, format } = almanac;
  const MOST = 6;

  const read = () => {
    const pairs = location.search.slice(1).split("&").map((part) => part.split("="));
    const given = Object.fromEntries(pairs);
    return { ids: [...new Set(almanac.refs.read(given.ids ?? ""))], only: given.only === "differences" };
  };

  const write = ({ ids, only }) => {
    const parts = [ids.length && `ids=${almanac.refs.write(ids)}`, only && "only=differences"].filter(Boolean);
    return parts.length ? `?${parts.join("&")}` : location.pathname;
  };

  const nameOf = (row) => (row.kind === "offering" ? `${row.name} (${row.provider.name})` : row.name);

  const shown = (value) => (value.text === format.UNKNOWN ? make("span", { class: "u", title: "Not known" }, value.text)
    : value.row ? make("a", { href: almanac.address(value.row) }, value.text) : value.text);

  const cell = (value) => make("td", {}, shown(value), value.best && [" ", make("span", { class: "flag good" }, "Best")],
    value.note && make("small", {}, make("span", { class: "differs" }, "≠"), ` ${value.note}`));

  const head = (row, remove) => make("th", { scope: "col" }, make("a", { href: almanac.address(row) }, row.name),
    row.kind === "offering" && make("small", {}, row.provider.name),
    make("button", { type: "button", class: "drop", onclick: remove, "aria-label": `Remove ${nameOf(row)}`, title: "Remove" }, "Remove"));

  const line = (of) => make("tr", { class: almanac.versus.differs(of) && "differing" },
    make("th", { scope: "row" }, of.label, of.unit && make("small", {}, of.unit)), of.values.map(cell));

  const table = (rows, groups, remove) => make("table", {},
    make("caption", { class: "vh" }, `${rows.map(nameOf).join(", ")} side by side`),
    make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Fact"), rows.map((row) => head(row, () => remove(row))))),
    groups.map(({ title, lines }) => make("tbody", {},
      make("tr", { class: "group" }, make("th", { colspan: rows.length + 1, scope: "rowgroup" }, title)), lines.map(line))));

  const asCsv = (rows, groups) => [["group", "fact", "unit", ...rows.map(({ ref }) => ref)],
    ...groups.flatMap(({ title, lines }) => lines.map(({ label, unit, values }) => [title, label, unit,
      ...values.map(({ text }) => (text === format.UNKNOWN ? "" : text))]))];

  const start = (place, catalog) => {
    let state = read();
    const box = make("div", { class: "chooser" });
    const said = make("p", { class: "hint", role: "status" });
    const only = make("input", { type: "checkbox", onchange: () => change({ only: only.checked }) });
    const save = make("button", { type: "button", class: "button" }, "Save as CSV");
    const costs = make("a", {}, "What they cost");
    const tools = make("p", { class: "tools" }, make("label", {}, only, " Differences only"), save, costs);
    const sides = make("div", { class: "table long versus" });

    const rowsOf = (ids) => [...new Set(ids.map(catalog.get).filter(Boolean))].slice(0, MOST);

    const draw = () => {
      const rows = rowsOf(state.ids);
      const lost = state.ids.filter((ref) => !catalog.get(ref));
      const groups = almanac.versus(rows, catalog.capabilities, { onlyDifferences: state.only && rows.length > 1 });
      const count = groups.reduce((sum, { lines }) => sum + lines.length, 0);
      only.checked = state.only;
      input.disabled = rows.length >= MOST;
      tools.hidden = rows.length < 1;
      sides.hidden = rows.length < 1;
      sides.replaceChildren(rows.length ? table(rows, groups, (row) => change({ ids: rows.filter((other) => other !== row).map(({ ref }) => ref) })) : "");
      save.onclick = () => almanac.saveCsv("comparison.csv", asCsv(rows, groups));
      costs.href = `calculator.html?ids=${almanac.refs.write(rows.map(({ ref }) => ref))}`;
      document.title = rows.length ? `${rows.map(nameOf).join(" vs ")} · ${document.title.split(" · ").at(-1)}` : title;
      said.textContent = [
        rows.length === 0 && "Choose two to six: search for them by name, provider or id.",
        rows.length === 1 && "Add one more to compare it with.",
        rows.length > 1 && `${rows.length} of at most ${MOST}, ${format.plural(count, state.only ? "difference" : "fact")}.`,
        lost.length > 0 && `Nothing is called ${lost.join(", ")}.`,
      ].filter(Boolean).join(" ");
      almanac.chosen.write(rows.map(({ ref }) => ref));
    };

    const change = (changes) => {
      state = { ...state, ...changes };
      history.pushState(null, "", write(state));
      draw();
    };

    const title = document.title;
    place.append(box, said, tools, sides);
    const input = almanac.chooser(box, "Add a model or an offering",
      (row) => change({ ids: [...rowsOf(state.ids).map(({ ref }) => ref), row.ref] }));
    addEventListener("popstate", () => {
      state = read();
      draw();
    });
    draw();
    place.hidden = false;
  };

  document.addEventListener("DOMContentLoaded", async () => {
    const place = document.getElementById("compare");
    if (!place) return;
    place.classList.toggle("coming", read().ids.length > 0);
    try {
      start(place, await almanac.catalog());
    } catch (error) {
      place.append(make("p", { class: "notice caution" }, error.message));
      place.hidden = false;
    }
  });
})();
