/*
 * What a page does beyond showing its facts. Every part adds to a page that is whole without it: the colour scheme that was
 * chosen, buttons that copy, tables that sort, boxes that filter long tables.
 *
 * A classic script without dependencies, so that it works from disk. It stands in the head and runs at once, so that the chosen
 * scheme is there before anything is painted; the rest waits for the page. It makes nodes and never HTML from text.
 */
(() => {
  "use strict";

  const SCHEMES = ["system", "light", "dark"];
  const LONG = 12;

  /* ---- colour scheme ---- */

  // Storage may be refused, from disk or by the reader's settings; then the choice holds for this page.
  const chosen = () => {
    try {
      return localStorage.getItem("theme") ?? "system";
    } catch {
      return "system";
    }
  };

  const apply = (scheme) => {
    if (scheme === "light" || scheme === "dark") document.documentElement.dataset.theme = scheme;
    else delete document.documentElement.dataset.theme;
  };

  apply(chosen());

  const switchTheme = (button) => {
    let scheme = SCHEMES.includes(chosen()) ? chosen() : "system";
    const say = () => {
      button.title = `Colours: ${scheme}`;
      button.setAttribute("aria-label", `Colours: ${scheme}. Change`);
    };
    button.addEventListener("click", () => {
      scheme = SCHEMES[(SCHEMES.indexOf(scheme) + 1) % SCHEMES.length];
      apply(scheme);
      try {
        localStorage.setItem("theme", scheme);
      } catch {
        // It holds for this page.
      }
      say();
    });
    say();
    button.hidden = false;
  };

  /* ---- copying ---- */

  // The clipboard is closed to pages from disk; there the old command does it, and where that fails too, the text is selected.
  const copy = async (element) => {
    try {
      await navigator.clipboard.writeText(element.textContent);
      return "Copied";
    } catch {
      getSelection().selectAllChildren(element);
      return document.execCommand("copy") ? "Copied" : "Selected";
    }
  };

  const addCopy = (element, status) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tool copy";
    button.title = "Copy";
    button.setAttribute("aria-label", element.tagName === "PRE" ? "Copy the code" : `Copy ${element.textContent}`);
    button.addEventListener("click", async () => {
      const done = await copy(element);
      button.dataset.state = status.textContent = done;
      setTimeout(() => {
        delete button.dataset.state;
        status.textContent = "";
      }, 1600);
    });
    element.after(button);
  };

  /* ---- tables ---- */

  const isGroup = (row) => row.classList.contains("group");

  // What a cell sorts by: `data-sort`, else its text; as a number when it is one, whatever its currency and commas.
  const key = (row, column) => {
    const cell = row.cells[column];
    const text = (cell?.dataset.sort ?? cell?.textContent ?? "").trim();
    if (text === "" || text === "—") return null;
    if (text === "Free") return 0;
    const number = Number(text.replace(/^[^\d.-]{0,4}(?=\d)|[,%\s]/g, ""));
    return Number.isNaN(number) ? text.toLowerCase() : number;
  };

  const compare = (a, b) => (typeof a === typeof b ? (typeof a === "number" ? a - b : a.localeCompare(b)) : typeof a === "number" ? -1 : 1);

  // Rows of all groups are sorted as one, without the headings of the groups; a third click brings back the order of the page.
  const sortable = (table) => {
    const bodies = [...table.tBodies];
    const original = bodies.map((body) => [...body.rows]);
    const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];

    const order = (column, direction) => {
      if (direction === "none") {
        bodies.forEach((body, i) => body.append(...original[i]));
        original.flat().filter(isGroup).forEach((row) => (row.hidden = false));
        return;
      }
      const sign = direction === "ascending" ? 1 : -1;
      const rows = original.flat();
      rows.filter(isGroup).forEach((row) => (row.hidden = true));
      const keyed = rows.filter((row) => !isGroup(row)).map((row, i) => [key(row, column), i, row]);
      keyed.sort(([a, i], [b, j]) => (a === null || b === null ? (a === null) - (b === null) : sign * compare(a, b)) || i - j);
      bodies[0].append(...keyed.map(([, , row]) => row));
    };

    heads.forEach((head, column) => {
      if (head.hasAttribute("data-fixed") || !head.textContent.trim()) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(head.firstChild);
      head.prepend(button);
      button.addEventListener("click", () => {
        const next = { ascending: "descending", descending: "none" }[head.getAttribute("aria-sort")] ?? "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        if (next !== "none") head.setAttribute("aria-sort", next);
        order(column, next);
        table.dispatchEvent(new Event("sorted"));
      });
    });
  };

  // Every word has to be somewhere in the row, in its text or in the titles of what it shows.
  const filterable = (table) => {
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => !isGroup(row));
    if (rows.length < LONG) return;
    const texts = rows.map((row) => [row.textContent, ...[...row.querySelectorAll("[title]")].map((el) => el.title)].join(" ").toLowerCase());
    const box = document.createElement("div");
    const input = document.createElement("input");
    const count = document.createElement("output");
    box.className = "filter";
    input.type = "search";
    input.placeholder = table.dataset.filter;
    input.setAttribute("aria-label", table.dataset.filter);
    box.append(input, count);

    const apply = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, i) => {
        row.hidden = !words.every((word) => texts[i].includes(word));
        shown += !row.hidden;
      });
      const isSorted = table.querySelector("[aria-sort]") !== null;
      for (const body of table.tBodies) {
        const group = [...body.rows].find(isGroup);
        if (group) group.hidden = isSorted || ![...body.rows].some((row) => !isGroup(row) && !row.hidden);
      }
      count.textContent = words.length ? `${shown.toLocaleString("en")} of ${rows.length.toLocaleString("en")}` : "";
    };
    input.addEventListener("input", apply);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") input.value = "";
      apply();
    });
    table.addEventListener("sorted", apply);
    table.closest(".table").before(box);
  };

  // A table that fits needs no box, so that its header can stay at the top of the window; a box that scrolls has to be within
  // reach of the keyboard.
  const fit = (box) => {
    const isWide = box.scrollWidth > box.clientWidth;
    box.classList.toggle("fits", !isWide);
    if (isWide) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  };

  /* ---- the page ---- */

  document.addEventListener("DOMContentLoaded", () => {
    const status = document.createElement("div");
    status.className = "vh";
    status.setAttribute("role", "status");
    document.body.append(status);

    document.querySelectorAll("button.theme").forEach(switchTheme);
    document.querySelectorAll("[data-copy]").forEach((element) => addCopy(element, status));
    document.querySelectorAll("table[data-filter]").forEach(filterable);
    document.querySelectorAll("table.sortable").forEach(sortable);
    const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => fit(target.closest(".table, pre"))));
    document.querySelectorAll(".table, .table > table, pre").forEach((element) => sizes.observe(element));

    // Escape and a click elsewhere close the menu of the header.
    const menu = document.querySelector("details.menu");
    if (menu) {
      const close = () => (menu.open = false);
      document.addEventListener("click", (event) => menu.contains(event.target) || close());
      document.addEventListener("keydown", (event) => event.key === "Escape" && close());
    }

    // `/` goes to the first box that looks for something.
    document.addEventListener("keydown", (event) => {
      const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
      const field = document.querySelector("input[type=search]");
      if (event.key !== "/" || isTyping || !field || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      field.focus();
    });
  });
})();
