/*
 * What tables do beyond showing their rows: `table.sortable` sorts by any column, `table[data-filter]` has a box above it when it
 * is long, and a table that fits keeps its header row at the top of the window.
 *
 * Marks that it reads: `th[data-fixed]`, a column that has no order; `td.n`, a number; `td[data-sort]`, what a cell sorts by where
 * that is not its text; `tr.group`, the heading of a `tbody`. A classic script, run when the page is there.
 */
(() => {
  "use strict";

  const LONG = 12;

  // Made when a table is first sorted: that takes longer than all of the script.
  let collator = null;
  const inWords = (a, b) => (collator ??= new Intl.Collator(undefined, { numeric: true })).compare(a, b);

  const isGroup = (row) => row.classList.contains("group");

  // What a row sorts by; nothing for a fact that is not known. A number is one whatever its currency and commas.
  const keyOf = (row, column) => {
    const cell = row.cells[column];
    const text = (cell.dataset.sort ?? (cell.querySelector("a") ?? cell).textContent).trim();
    if (text === "" || text === "—") return null;
    if (!cell.classList.contains("n")) return text;
    if (text === "Free") return 0;
    const number = Number(text.replace(/^[^\d.]+(?=\d)|[,%\s]/g, ""));
    return Number.isNaN(number) ? text : number;
  };

  const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : inWords(a, b));

  // Rows of all groups are sorted as one, without the headings; a third click brings back the order of the page.
  const makeSortable = (table) => {
    const bodies = [...table.tBodies];
    const original = bodies.map((body) => [...body.rows]);
    const heads = [...table.tHead.rows[0].cells];

    const sort = (column, direction) => {
      const groups = original.flat().filter(isGroup);
      for (const row of groups) row.hidden = direction !== "none";
      if (direction === "none") {
        bodies.forEach((body, i) => body.append(...original[i]));
        return;
      }
      const sign = direction === "ascending" ? 1 : -1;
      const keyed = original.flat().filter((row) => !isGroup(row)).map((row) => [keyOf(row, column), row]);
      keyed.sort(([a], [b]) => (a === null || b === null ? (a === null) - (b === null) : sign * compare(a, b)));
      bodies[0].append(...keyed.map(([, row]) => row));
    };

    heads.forEach((head, column) => {
      if ("fixed" in head.dataset) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(head.firstChild);
      head.prepend(button);
      button.addEventListener("click", () => {
        const next = { ascending: "descending", descending: "none" }[head.getAttribute("aria-sort")] ?? "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        if (next !== "none") head.setAttribute("aria-sort", next);
        sort(column, next);
        table.dispatchEvent(new Event("sorted"));
      });
    });
  };

  // Every word has to be somewhere in the row, in its text or in the titles of what it shows.
  const makeFilterable = (table) => {
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => !isGroup(row));
    if (rows.length < LONG) return;
    const titles = (row) => [...row.querySelectorAll("[title]")].map((element) => element.title);
    const texts = rows.map((row) => [row.textContent, ...titles(row)].join(" ").toLowerCase());
    const box = document.createElement("div");
    const input = document.createElement("input");
    const count = document.createElement("output");
    box.className = "filter";
    input.type = "search";
    input.placeholder = table.dataset.filter;
    input.setAttribute("aria-label", table.dataset.filter);
    box.append(input, count);
    table.closest(".table").before(box);

    const filter = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      rows.forEach((row, i) => (row.hidden = !words.every((word) => texts[i].includes(word))));
      const isSorted = table.tHead.querySelector("[aria-sort]") !== null;
      for (const body of table.tBodies) {
        const [first, ...rest] = body.rows;
        if (first && isGroup(first)) first.hidden = isSorted || rest.every((row) => row.hidden);
      }
      const shown = rows.filter((row) => !row.hidden).length;
      count.textContent = words.length ? `${shown.toLocaleString()} of ${rows.length.toLocaleString()}` : "";
    };
    input.addEventListener("input", filter);
    table.addEventListener("sorted", filter);
  };

  // A table that fits needs no box around it; a box that scrolls has to be within reach of the keyboard.
  const fit = (box) => {
    const isWide = box.scrollWidth > box.clientWidth;
    box.classList.toggle("fits", !isWide);
    if (isWide) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("table[data-filter]").forEach(makeFilterable);
    document.querySelectorAll("table.sortable").forEach(makeSortable);
    const sizes = new ResizeObserver((entries) => {
      for (const { target } of entries) if (target.isConnected) fit(target.closest(".table, pre, .prose table"));
    });
    document.querySelectorAll(".table, .table > table, pre, .prose table").forEach((element) => sizes.observe(element));
  });
})();
