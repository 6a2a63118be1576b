/*
 * The palette: from every page to everything in the catalog, by name. `/` or Ctrl+K (Cmd+K) opens it.
 *
 * `almanac.picker` makes a search of an input and a list, by the pattern of a combobox with a listbox: the focus stays in the
 * input, arrows move through the list, Enter takes what is marked. The palette is one in a dialog; other pages put theirs where
 * they need one. The catalog's data is loaded when a picker is first used. Ctrl+F is the browser's own. A classic script.
 */
(() => {
  "use strict";

  const almanac = (globalThis.almanac ??= {});
  const { make, format } = almanac;

  const LABELS = { model: "Model", offering: "Offering", provider: "Provider", author: "Author", family: "Family", page: "Page" };
  const MOVES = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 };

  const details = {
    model: (row) => row.id,
    offering: (row) => `${row.id} · ${row.provider.name}`,
    page: (row) => row.description,
    family: () => null,
  };

  const pair = (price) => {
    if (!price) return null;
    const [given, made] = [format.price(price), format.price(price, "output")];
    return given === made ? given : `${given} / ${made}`;
  };

  const option = (row, id) => {
    const price = row.kind === "model" ? row.shown?.price : row.price;
    const detail = (details[row.kind] ?? ((other) => other.id))(row);
    return make("li", { role: "option", id, "aria-selected": "false" },
      make("span", { class: "kind" }, LABELS[row.kind]), make("b", {}, row.name),
      detail && detail !== row.name && make("small", {}, detail), make("span", { class: "price" }, pair(price)));
  };

  let pickers = 0;

  // Turns `input` and the empty `list` (a ul) into a search. `choose(row, event)` is told what was taken; `status`, if there is
  // one, is an element that says how many were found. `suggest(catalog)` gives the rows for no text at all.
  almanac.picker = ({ input, list, status, choose, kinds, limit = 12, each = 5, suggest = () => [] }) => {
    const name = `picker-${(pickers += 1)}`;
    let [catalog, rows, marked] = [null, [], -1];

    for (const [key, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": name, autocomplete: "off",
      spellcheck: "false", autocapitalize: "off",
    })) input.setAttribute(key, value);
    list.id = name;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Found");
    list.hidden = true;

    const say = (text) => {
      if (status) status.textContent = text;
    };

    const mark = (place) => {
      list.children[marked]?.setAttribute("aria-selected", "false");
      marked = place !== null && rows.length ? (place + rows.length) % rows.length : -1;
      const element = list.children[marked];
      element?.setAttribute("aria-selected", "true");
      element?.scrollIntoView({ block: "nearest" });
      if (element) input.setAttribute("aria-activedescendant", element.id);
      else input.removeAttribute("aria-activedescendant");
    };

    const show = (found) => {
      rows = found;
      list.replaceChildren(...rows.map((row, place) => option(row, `${name}-${place}`)));
      list.hidden = rows.length === 0;
      input.setAttribute("aria-expanded", String(rows.length > 0));
      marked = -1;
      mark(input.value.trim() ? 0 : null);
    };

    const update = () => {
      if (!catalog) return;
      const text = input.value.trim();
      const found = text ? almanac.search(catalog, text, { kinds, limit, each }) : { rows: suggest(catalog), meant: null };
      show(found.rows);
      if (!text) say("");
      else if (found.meant) say(`Nothing is called “${text}”. Did you mean “${found.meant}”?`);
      else say(found.rows.length ? `${found.rows.length} found` : `Nothing is called “${text}”.`);
    };

    const load = async () => {
      if (catalog) return;
      say("Loading…");
      try {
        catalog = await almanac.catalog();
        say("");
        update();
        setTimeout(() => almanac.search.prepare(catalog), 60);
      } catch (error) {
        say(error.message);
      }
    };

    const take = (place, event) => {
      if (rows[place]) choose(rows[place], event);
    };

    input.addEventListener("focus", load);
    input.addEventListener("input", () => {
      load();
      update();
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key in MOVES && rows.length) {
        const place = marked < 0 && MOVES[event.key] > 0 ? MOVES[event.key] - 1 : Math.max(marked, 0) + MOVES[event.key];
        mark(Math.abs(MOVES[event.key]) > 1 ? Math.min(Math.max(place, 0), rows.length - 1) : place);
      } else if (event.key === "Enter" && marked >= 0) take(marked, event);
      else return;
      event.preventDefault();
    });
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => take([...list.children].indexOf(event.target.closest("li")), event));
    return { load, update, clear: () => ((input.value = ""), update()) };
  };

  // The dialog, made when it is first opened.
  let palette = null;

  const follow = (row, event) => {
    const address = almanac.address(row);
    if (event.ctrlKey || event.metaKey) open(address, "_blank", "noopener");
    else location.assign(address);
  };

  const makePalette = () => {
    const input = make("input", { type: "text", placeholder: "Models, offerings, providers, authors, families, pages",
      "aria-label": "Search the catalog", enterkeyhint: "go" });
    const [list, status] = [make("ul", {}), make("p", { role: "status" })];
    const keys = [["↑", "↓"], "move", ["Enter"], "open", ["Esc"], "close", ["?"], "all keys"];
    const hint = make("p", { class: "keys", "aria-hidden": "true" },
      keys.map((part) => (Array.isArray(part) ? part.map((key) => make("kbd", {}, key)) : ` ${part} `)));
    const dialog = make("dialog", { class: "palette", "aria-label": "Search" }, input, status, list, hint);
    // A click on what lies behind the dialog is a click on the dialog itself.
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    document.body.append(dialog);
    const picker = almanac.picker({ input, list, status, choose: follow, suggest: ({ pages }) => pages.slice(0, 12) });
    return { dialog, input, picker };
  };

  almanac.openPalette = () => {
    palette ??= makePalette();
    if (palette.dialog.open) return;
    palette.dialog.showModal();
    palette.input.select();
    palette.picker.load();
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("button.find")) {
      button.addEventListener("click", almanac.openPalette);
      button.hidden = false;
    }
  });
})();
