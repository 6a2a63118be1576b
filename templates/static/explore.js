/*
 * The table of models and offerings as a tool: search, facets, sorting, columns, pages, a selection to compare, CSV.
 *
 * It stands on what the page shows without it: `[data-explore]` holds a whole table, and is taken over when the catalog's data is
 * there, which is asked for when somebody touches the tool, at once where the element says `data-now` or the address says what to
 * show. All of what is shown is in the address. What it means stands in `query.js`; here are only elements. A classic script.
 */
(() => {
  "use strict";

  const almanac = (globalThis.almanac ??= {});
  const { format, make, query: q, settings } = almanac;

  const SHOWN = 8;
  const MOST = 6;
  const LOWEST_ROW = { models: 28, offerings: 44 };
  const NARROW = matchMedia("(max-width: 60rem)");

  // Cells.

  // What stands in thousands of cells is made once and copied.
  const kept = new Map();
  const copy = (key, element) => {
    if (!kept.has(key)) kept.set(key, element());
    return kept.get(key).cloneNode(true);
  };

  const unknown = () => copy("unknown", () => make("span", { class: "u", title: "Not known" }, format.UNKNOWN));

  // Filled up with spaces as wide as a digit, so that the points of a column stand in line.
  const priceCell = (price, rate) => {
    const text = format.price(price, rate);
    if (text === format.UNKNOWN) return [unknown(), "\u2007\u2007"];
    if (text === "Free") return [make("span", { class: "free", title: "Costs nothing" }, text), "\u2007\u2007"];
    if (text === "In plan") return [make("span", { class: "plan", title: "A subscription includes it" }, text), "\u2007\u2007"];
    return text + "\u2007".repeat(Math.max(0, 4 - text.split(".")[1].length));
  };

  const flag = (value) => (value === null ? unknown()
    : copy(value, () => make("span", { class: value ? "yes" : "no", title: value ? "Yes" : "No" }, value ? "✓" : "✗")));

  const MODALITIES = ["text", "image", "audio", "video", "pdf", "embedding"];
  const icons = (words) => (words.length ? MODALITIES.filter((word) => words.includes(word)).map((word) => make("i", { class: `m ${word}` })) : format.UNKNOWN);

  const flow = ({ input, output }) => {
    if (!input.length && !output.length) return unknown();
    const words = (list) => list.join(", ") || "what is not known";
    const title = `Takes ${words(input)}, makes ${words(output)}`;
    return copy(title, () => make("span", { class: "flow", role: "img", title }, icons(input), make("span", { class: "to" }, "→"), icons(output)));
  };

  const link = (row, text = row.name) => make("a", { href: almanac.address(row) }, text);
  const GONE = { deprecated: "gone", retired: "gone" };

  const CELLS = {
    authors: ({ authors }) => (authors.length ? authors.flatMap((author, place) => [place ? ", " : null, link(author)]) : unknown()),
    provider: ({ provider }) => link(provider),
    price: (row, { rate }) => priceCell(row.price, rate),
    number: (row, { key }) => (key(row) === null ? unknown() : format.count(key(row))),
    flow,
    flag: (row, { key }) => flag(key(row)),
    date: (row, { key }) => key(row) ?? unknown(),
    text: (row, { key }) => key(row) ?? unknown(),
  };
  const CLASSES = { price: "n", number: "n", flag: "c", date: "d" };

  const nameCell = (row, isChosen, choose) => {
    const box = make("input", { type: "checkbox", checked: isChosen, "aria-label": `Compare ${row.name}`, "data-ref": row.ref, onchange: choose });
    const status = row.status && row.status !== "active" && make("span", { class: `flag ${GONE[row.status] ?? "caution"}` }, row.status);
    return make("th", { scope: "row" }, make("div", { class: "pick" }, box,
      make("div", {}, link(row), status && [" ", status], row.kind === "offering" && [make("code", { class: "by id" }, row.id), make("small", { class: "from" }, row.provider.name)])));
  };

  // What is laid out is drawn by others, who need a moment of the same processor.
  const whenPainted = (run) => requestAnimationFrame(() => setTimeout(run, 16));

  // One tool: `root` is the element of the page, `scope` the part of the catalog that it is about.
  const makeTool = (root, show, scope) => {
    const box = root.querySelector(".table");
    const rest = root.querySelector(".rest");
    let query = q.read(location.search, show);
    let [catalog, index, answer, table, panel, waiting] = [null, null, null, null, null, null];
    let top = innerHeight / 2;

    const search = make("input", { type: "search", value: query.q, placeholder: "Name, id, author, provider", "aria-label": "Search this table" });
    const shows = ["models", "offerings"].map((name) => make("button", { type: "button", class: "button", "aria-pressed": String(name === query.show), "data-show": name }, format.words(name)));
    const filters = make("button", { type: "button", class: "button filters", "aria-expanded": "false" }, "Filters");
    const columns = make("details", { class: "menu columns" }, make("summary", { class: "button" }, "Columns"), make("ul"));
    const save = make("button", { type: "button", class: "button" }, "CSV");
    const compare = make("a", { class: "button compare", hidden: true });
    const marks = make("ul", { class: "marks", "aria-label": "What is asked" });
    const said = make("p", { class: "said", role: "status" });
    const facets = make("aside", { class: "facets", "aria-label": "Filters", hidden: true });
    const drawer = make("dialog", { class: "drawer", "aria-label": "Filters" });
    const pages = make("nav", { class: "pages", "aria-label": "Pages of the table" });
    const bar = make("div", { class: "bar-of-tools" }, make("div", { class: "switch", role: "group", "aria-label": "Show" }, shows), search, filters, columns, save, compare);

    root.prepend(bar, marks, said);
    root.dataset.tools = "";
    // The box stays where it stands: to move it would be to lay all its rows out anew.
    root.querySelector(".explore-main").prepend(facets);
    box.after(pages);
    root.append(drawer);

    // The address.

    const address = (of) => q.write(of, show) || location.pathname.split("/").pop();

    // A browser takes its time to write an address, so the answer comes first.
    const write = (how, written) => whenPainted(() => {
      try {
        history[how](null, "", written);
      } catch {
        // It holds without an address.
      }
    });

    const change = (changes, { isTyped = false, page = 1 } = {}) => {
      query = { ...query, page, ...changes };
      write(isTyped ? "replaceState" : "pushState", address(query));
      update();
    };

    const changeFacet = (name, value) => {
      const { [name]: _, ...others } = query.facets;
      const isNothing = value === null || (Array.isArray(value) && value.length === 0);
      change({ facets: isNothing ? others : { ...others, [name]: value } });
    };

    // The table.

    const head = (column) => {
      const { name, label, unit, kind } = column;
      const button = make("button", { type: "button", class: "sort", onclick: () => sortBy(column) }, label);
      return make("th", { scope: "col", class: CLASSES[kind], "data-column": name }, button, unit && make("small", {}, unit));
    };

    // Numbers and dates come largest first, prices and words smallest first; a third time brings back the order by name.
    const sortBy = ({ name, kind }) => {
      const [first, second] = ["number", "date", "flag", "flow"].includes(kind) ? [`-${name}`, name] : [name, `-${name}`];
      change({ sort: query.sort === first ? second : query.sort === second || (name === "name" && !query.sort) ? (query.sort ? null : second) : first });
    };

    // On a narrow window numbers come before who it is from.
    const inOrder = (shown) => {
      const isWho = ({ kind }) => kind === "authors" || kind === "provider";
      return NARROW.matches ? [...shown.filter((column) => !isWho(column)), ...shown.filter(isWho)] : shown;
    };

    const showHead = () => {
      const shown = inOrder(q.columnsOf(query));
      const signature = query.show + shown.map(({ name }) => name);
      if (table?.dataset.columns !== signature) {
        table = make("table", { "data-columns": signature }, make("thead", {}, make("tr", {}, shown.map(head))), make("tbody"));
        box.replaceChildren(table);
      }
      const sort = query.sort ?? "name";
      for (const th of table.tHead.rows[0].cells) {
        if (th.dataset.column !== sort.replace(/^-/, "")) th.removeAttribute("aria-sort");
        else th.setAttribute("aria-sort", sort.startsWith("-") ? "descending" : "ascending");
      }
      return shown;
    };

    const choose = ({ target }) => {
      const { ref } = target.dataset;
      if (target.checked && query.ids.length >= MOST) {
        target.checked = false;
        said.textContent = `${MOST} can be compared at once.`;
        return;
      }
      query = { ...query, ids: target.checked ? [...query.ids, ref] : query.ids.filter((other) => other !== ref) };
      write("pushState", address(query));
      target.closest("tr").classList.toggle("picked", target.checked);
      showPages();
      showCompare();
    };

    // What fits into the window comes at once; gives what shows the others of the page.
    const showRows = (shown, rows) => {
      const first = (query.page - 1) * q.PAGE;
      const inWindow = Math.max(1, Math.ceil((innerHeight - top) / LOWEST_ROW[query.show]));
      const made = (from, to) => rows.slice(first + from, first + to).map((row) => make("tr", { class: query.ids.includes(row.ref) && "picked" }, shown.map((column) => (column.kind === "name"
        ? nameCell(row, query.ids.includes(row.ref), choose)
        : make("td", { class: CLASSES[column.kind] }, CELLS[column.kind](row, column))))));
      const [body] = table.tBodies;
      body.replaceChildren(...made(0, inWindow));
      if (!rows.length) body.append(make("tr", {}, make("td", { colspan: shown.length }, "Nothing answers. Take something back.")));
      return () => body.append(...made(inWindow, q.PAGE));
    };

    const turn = (event, page) => {
      event.preventDefault();
      change({}, { page });
      root.scrollIntoView({ block: "start" });
      table.querySelector("tbody a")?.focus({ preventScroll: true });
    };

    const showCompare = () => {
      compare.hidden = query.ids.length < 2 || !catalog.pages.some(({ path }) => path === "compare.html");
      compare.textContent = `Compare ${query.ids.length}`;
      compare.href = `${almanac.root}compare.html?ids=${almanac.refs.write(query.ids)}`;
    };

    const lastPage = () => Math.max(1, Math.ceil(answer.rows.length / q.PAGE));

    const showPages = () => {
      const last = lastPage();
      const to = (page, text, label) => page >= 1 && page <= last && page !== query.page
        && make("a", { href: address({ ...query, page }), "aria-label": label, onclick: (event) => turn(event, page) }, text);
      const near = [1, query.page - 1, query.page, query.page + 1, last].filter((page) => page >= 1 && page <= last);
      const numbers = [...new Set(near)].flatMap((page, place, all) => [place && page > all[place - 1] + 1 ? make("span", {}, "…") : null,
        page === query.page ? make("b", { "aria-current": "page" }, page) : to(page, page, `Page ${page}`)]);
      pages.replaceChildren(...(last > 1 ? [to(query.page - 1, "← Previous", "Previous page"), ...numbers, to(query.page + 1, "Next →", "Next page")].filter(Boolean) : []));
      pages.hidden = last === 1;
    };

    // What is asked, and what else could be.

    const showAsked = () => {
      const asked = q.asked(query, catalog);
      marks.replaceChildren(...asked.map(({ facet, words }) => make("li", {}, make("button", { type: "button", "aria-label": `Take back: ${words}`,
        onclick: () => (changeFacet(facet.name, null), search.focus()) }, words))));
      if (asked.length > 1) marks.append(make("li", {}, make("button", { type: "button", class: "all", onclick: () => (change({ facets: {}, q: "" }), search.focus()) }, "Take back all")));
      said.textContent = `${q.sentence(answer, query, catalog)}.`;
      filters.textContent = asked.length ? `Filters (${asked.length})` : "Filters";
      drawer.lastElementChild?.replaceChildren(`Show ${format.plural(answer.rows.length, query.show.slice(0, -1))}`);
    };

    const showPanel = () => {
      if (!facets.hidden || drawer.open) panel.show(query, q.count(index, answer.said, query));
    };

    // What nobody looks at first comes when the rest is painted, one after the other, so that a key is answered within a frame or
    // two; what was asked before is forgotten.
    const later = (...tasks) => {
      waiting = tasks;
      const next = () => {
        if (waiting !== tasks) return;
        tasks.shift()();
        if (tasks.length) setTimeout(next);
        else whenPainted(() => waiting === tasks && box.removeAttribute("aria-busy"));
      };
      box.setAttribute("aria-busy", "true");
      whenPainted(next);
    };

    const update = () => {
      if (!catalog) return;
      // Where the table begins can be asked for nothing while all is laid out.
      if (table && !box.hasAttribute("aria-busy")) top = table.getBoundingClientRect().top;
      answer = q.answer(index, query);
      query.page = Math.min(query.page, lastPage());
      const showOthers = showRows(showHead(), answer.rows);
      showPages();
      showAsked();
      later(showPanel, showOthers, showColumns, index.texts);
      for (const button of shows) button.setAttribute("aria-pressed", String(button.dataset.show === query.show));
      if (search.value.trim() !== query.q) search.value = query.q;
      showCompare();
    };

    const showColumns = () => {
      const chosen = q.columnsOf(query).map(({ name }) => name);
      const list = columns.lastElementChild;
      if (list.dataset.show !== query.show) {
        list.dataset.show = query.show;
        list.replaceChildren(...q.columnsFor(query.show).slice(1).map(({ name, label, unit }) => make("li", {}, make("label", {},
          make("input", { type: "checkbox", "data-name": name, onchange: chooseColumns }), ` ${label}${unit === "weights" ? " weights" : ""}`))));
      }
      for (const input of list.querySelectorAll("input")) input.checked = chosen.includes(input.dataset.name);
    };

    const chooseColumns = () => {
      const cols = [...columns.querySelectorAll("input:checked")].map(({ dataset }) => dataset.name);
      const isUsual = cols.length === q.USUAL[query.show].length && cols.every((name) => q.USUAL[query.show].includes(name));
      settings.set(`columns.${query.show}`, isUsual ? null : cols.join(","));
      change({ cols: isUsual ? null : cols }, { page: query.page });
    };

    // Columns that were chosen once are chosen again where the address says nothing about them.
    const remembered = (of) => {
      const kept = settings.get(`columns.${of.show}`);
      return of.cols || kept === null ? of : { ...of, cols: q.read(`cols=${kept}`, show).cols };
    };

    let started = null;

    const start = () => {
      started ??= almanac.catalog().then((found) => {
        [catalog, index] = [found, q.indexOf(found, scope)];
        query = remembered(query);
        panel = makePanel(catalog, index, changeFacet, () => query);
        facets.append(panel.element);
        if (root.dataset.now !== undefined || Object.keys(query.facets).length) openFacets(!NARROW.matches);
        rest?.remove();
        update();
        root.dataset.ready = "";
      }, (error) => {
        said.textContent = error.message;
        delete root.dataset.now;
      });
      return started;
    };

    const openFacets = (isOpen) => {
      facets.hidden = !isOpen;
      filters.setAttribute("aria-expanded", String(isOpen));
    };

    const toggleFacets = async () => {
      await start();
      if (!panel) return;
      if (!NARROW.matches) {
        openFacets(facets.hidden);
        showPanel();
      } else {
        const done = make("button", { type: "button", class: "button done", onclick: () => drawer.close() });
        drawer.replaceChildren(make("h2", {}, "Filters"), panel.element, done);
        drawer.showModal();
        filters.setAttribute("aria-expanded", "true");
        showPanel();
        showAsked();
      }
    };

    drawer.addEventListener("close", () => {
      facets.append(panel.element);
      filters.setAttribute("aria-expanded", "false");
      filters.focus();
    });
    drawer.addEventListener("click", (event) => event.target === drawer && drawer.close());

    const download = async () => {
      await start();
      almanac.saveCsv(`${query.show}.csv`, q.lines(answer.rows, query));
    };

    for (const button of shows) {
      button.addEventListener("click", async () => {
        const { facets: asked, q: text, ids } = query;
        await start();
        change(remembered({ ...q.empty(button.dataset.show), facets: asked, q: text, ids }));
      });
    }
    search.addEventListener("focus", start);
    search.addEventListener("input", () => {
      start();
      change({ q: search.value.trim() }, { isTyped: true });
    });
    filters.addEventListener("click", toggleFacets);
    columns.addEventListener("toggle", start);
    columns.addEventListener("keydown", (event) => event.key === "Escape" && (columns.open = false, columns.firstElementChild.focus()));
    document.addEventListener("click", (event) => columns.contains(event.target) || (columns.open = false));
    save.addEventListener("click", download);
    addEventListener("popstate", () => {
      query = q.read(location.search, show);
      search.value = query.q;
      start().then(update);
    });
    almanac.keys.push(["f", "Filter the table", toggleFacets]);

    if (root.dataset.now !== undefined || q.write(query, show)) start();
  };

  // The facets of a tool, made when they are first shown; `show` puts in how many answer to each value.
  const makePanel = (catalog, index, change, current) => {
    const element = make("div", { class: "panel" });
    const facets = almanac.once(() => {
      const made = q.FACETS.map((facet) => (facet.type === "all" || facet.type === "any" ? listFacet : stepFacet)(facet, catalog, index, change, current));
      element.append(...made.filter(Boolean).map((one) => one.element));
      return made.filter(Boolean);
    });
    return { element, show: (query, counts) => facets().forEach((one) => one.show(query, counts)) };
  };

  // Of a facet's values only those are made that were once shown.
  const listFacet = (facet, catalog, index, change, current) => {
    const { at, values } = index.facets[facet.name]();
    if (values.length === 0) return null;
    const totals = new Array(values.length).fill(0);
    for (const numbers of at) for (const number of numbers) totals[number] += 1;
    const label = q.labelsOf(facet, catalog);
    const order = [...values.keys()].sort((a, b) => totals[b] - totals[a] || (label(values[a]) < label(values[b]) ? -1 : 1));
    const choose = ({ target }) => {
      const before = current().facets[facet.name] ?? [];
      change(facet.name, target.checked ? [...before, target.value] : before.filter((value) => value !== target.value));
    };
    const items = new Map();
    const makeItem = (value) => {
      const [input, count] = [make("input", { type: "checkbox", value, onchange: choose }), make("small", {})];
      return { input, count, found: null, element: make("li", {}, make("label", {}, input, make("span", {}, label(value)), count)) };
    };
    const list = make("ul", {});
    const more = make("button", { type: "button", class: "more-values", "aria-expanded": "false" });
    const element = make("fieldset", {}, make("legend", {}, facet.label), list, order.length > SHOWN && more);
    const show = (query, counts) => {
      const wanted = query.facets[facet.name] ?? [];
      const isWhole = more.getAttribute("aria-expanded") === "true";
      let [shown, before] = [0, null];
      for (const number of order) {
        const [value, found] = [values[number], counts[facet.name][number]];
        const isWanted = wanted.includes(value);
        const isShown = isWanted || isWhole || (shown < SHOWN && found > 0);
        if (isShown && !items.has(number)) {
          items.set(number, makeItem(value));
          list.insertBefore(items.get(number).element, before ? before.nextSibling : list.firstChild);
        }
        const item = items.get(number);
        if (!item) continue;
        before = item.element;
        item.input.checked = isWanted;
        if (item.element.hidden === isShown) item.element.hidden = !isShown;
        if (!isShown) continue;
        shown += 1;
        if (item.found === found) continue;
        item.found = found;
        item.count.textContent = format.count(found);
        item.element.classList.toggle("none", found === 0);
      }
      element.hidden = shown === 0;
      more.textContent = isWhole ? "Fewer" : `All ${format.count(order.length)}`;
    };
    more.addEventListener("click", () => {
      more.setAttribute("aria-expanded", String(more.getAttribute("aria-expanded") !== "true"));
      change(facet.name, current().facets[facet.name] ?? null);
    });
    return { element, show };
  };

  // The first months of what a reader may call new, counted back from the day the facts are from.
  const months = (date) => {
    const [year, month] = (date ?? "2026-01").split("-").map(Number);
    return [1, 3, 6, 12, 24, 36].map((back) => {
      const at = year * 12 + (month || 1) - 1 - back;
      return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
    });
  };

  const stepFacet = (facet, catalog, index, change) => {
    if (index.facets[facet.name]().at.every((value) => value === null)) return null;
    const isDate = facet.type === "since";
    const written = (value) => (isDate ? format.date(value) : facet.type === "most" ? format.amount(value, catalog.currency) : format.count(value));
    const choice = (value) => make("option", { value }, written(value));
    const select = make("select", {}, make("option", { value: "" }, "Any"), (facet.steps ?? months(catalog.date)).map(choice));
    select.addEventListener("change", () => change(facet.name, select.value === "" ? null : isDate ? select.value : Number(select.value)));
    const show = ({ facets }) => {
      const value = facets[facet.name] ?? "";
      if (![...select.options].some((option) => option.value === String(value))) select.append(choice(value));
      select.value = String(value);
    };
    return { element: make("label", { class: "step" }, make("span", {}, facet.label), select), show };
  };

  document.addEventListener("DOMContentLoaded", () => {
    const root = document.querySelector("[data-explore]");
    if (!root) return;
    const { explore, author, provider, family } = root.dataset;
    makeTool(root, explore, { author, provider, family });
  });
})();
