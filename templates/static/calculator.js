/*
 * The calculator: what a use costs at every offering, cheapest first, with the arithmetic of each.
 *
 * The form stands in the page; what was entered stands in the address, as far as it is not what the form begins with. A pasted text
 * leaves the page in no form but the number of its tokens, which is a guess and says so. A classic script, on this page only.
 */
(() => {
  "use strict";

  const almanac = (globalThis.almanac ??= {});
  const { make, format, costs } = almanac;
  const SHOWN = 50;

  const nameOf = (row) => (row.kind === "offering" ? `${row.name} (${row.provider.name})` : row.name);

  // The fields of the form by name, and what is in them.
  const fieldsOf = (form) => [...form.elements].filter(({ name }) => name);
  const isOn = (field) => field.type === "checkbox";
  const numberIn = (field) => Math.max(0, Number(field.value) || 0);

  const readAddress = (form) => {
    const given = new Map(location.search.slice(1).split("&").map((part) => part.split("=")));
    for (const field of fieldsOf(form)) {
      const value = given.get(field.name);
      if (isOn(field)) field.checked = value === "1";
      else field.value = value !== undefined && Number(value) >= 0 ? String(Number(value)) : field.defaultValue;
    }
    return almanac.refs.read(given.get("ids") ?? "");
  };

  const writeAddress = (form, ids) => {
    const parts = fieldsOf(form).flatMap((field) => {
      if (isOn(field)) return field.checked ? [`${field.name}=1`] : [];
      return field.value === field.defaultValue ? [] : [`${field.name}=${numberIn(field)}`];
    });
    if (ids.length) parts.push(`ids=${almanac.refs.write(ids)}`);
    return parts.length ? `?${parts.join("&")}` : location.pathname;
  };

  const money = (amount, currency) => format.amount(costs.text(amount), currency);

  const told = (line, currency) => {
    const of = line.per ? `${format.amount(line.rate, currency)} per ${line.per}` : `${format.amount(line.rate, currency)} per 1M`;
    const instead = line.instead && `, at the price of ${line.instead}: it has none of its own`;
    return `${line.label}: ${format.count(line.quantity)} × ${of} = ${money(line.amount, currency)}${instead}`;
  };

  // How a cost comes about, line by line, as text.
  const arithmetic = (row, requests, currency) => {
    if (row.isFree) return ["Use is free."];
    const lines = row.bill.lines.map((line) => told(line, currency));
    if (row.bill.tier) lines.unshift(`The whole request has the prices above ${format.count(row.bill.tier.above)} tokens.`);
    if (row.discount) lines.push(`In a batch: ${format.digits(Number((row.discount * 100).toFixed(9)))}% less`);
    const [one, all] = [money(row.one, currency), money(row.total, currency)];
    return [...lines, `One request: ${one}`, `${format.plural(requests, "request")}: ${format.count(requests)} × ${one} = ${all}`];
  };

  // A bar as long as its part of the dearest row that is shown.
  const bar = (part) => {
    const made = make("span", { class: "length", "aria-hidden": "true" });
    made.style.inlineSize = `${Math.max(part * 100, 0.5)}%`;
    return made;
  };

  const costRow = (row, requests, currency, most) => {
    const say = (amount) => (row.isFree ? make("span", { class: "free" }, "Free") : money(amount, currency));
    const how = make("details", { ontoggle: () => {
      if (!how.children[1]) how.append(make("ul", { class: "plain" }, arithmetic(row, requests, currency).map((line) => make("li", {}, line))));
    } }, make("summary", { "aria-label": `Show how the cost of ${nameOf(row.offering)}${row.mode && `, ${row.mode}`} comes about` }, "Show"));
    return make("tr", {}, make("th", { scope: "row" }, make("a", { href: almanac.address(row.offering) }, row.offering.name),
      row.mode && [" ", make("span", { class: "flag" }, row.mode)],
      row.offering.status === "deprecated" && [" ", make("span", { class: "flag gone" }, "deprecated")],
      make("small", { class: "by" }, row.offering.provider.name)),
    make("td", { class: "n" }, make("b", {}, say(row.total))), make("td", { class: "n" }, say(row.one)), make("td", { class: "how" }, !row.isFree && most > 0 && bar(Number(costs.text(row.total)) / most), how));
  };

  const heads = (requests) => make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Offering"),
    make("th", { class: "n", scope: "col" }, format.plural(requests, "request")), make("th", { class: "n", scope: "col" }, "One request"),
    make("th", { scope: "col" }, "Arithmetic")));

  const apartList = (apart) => {
    const reasons = new Map();
    for (const row of apart) reasons.set(row.reason, [...(reasons.get(row.reason) ?? []), row]);
    const item = ({ offering, mode }) => make("li", {}, make("a", { href: almanac.address(offering) }, nameOf(offering)), mode && ` ${mode}`);
    return [...reasons].sort(([, a], [, b]) => b.length - a.length).map(([reason, rows]) => make("details", {},
      make("summary", {}, `${reason} (${format.count(rows.length)})`),
      make("ul", { class: "plain" }, rows.slice(0, SHOWN).map(item), rows.length > SHOWN && make("li", {}, `and ${format.count(rows.length - SHOWN)} more`))));
  };

  // The offerings that are reckoned with: of the models and the offerings that were chosen, else all.
  const offeringsOf = (catalog, chosen) => {
    const named = chosen.flatMap((row) => (row.kind === "model" ? row.offerings : [row]));
    return chosen.length ? [...new Set(named)] : catalog.offerings;
  };

  const cheapestOfEach = (ranked) => {
    const seen = new Set();
    return ranked.filter(({ offering }) => {
      const of = offering.model ?? offering;
      return !seen.has(of) && seen.add(of);
    });
  };

  const asCsv = (ranked, requests, currency) => [["offering", "provider", "model", "mode", "currency", "one request", `${requests} requests`, "arithmetic"],
    ...ranked.map((row) => [row.offering.id, row.offering.provider.id, row.offering.model?.id, row.mode, currency, costs.text(row.one),
      costs.text(row.total), arithmetic(row, requests, currency).join("; ")])];

  const start = (form, catalog) => {
    let [ids, limit] = [readAddress(form), SHOWN];
    const field = (name) => form.elements.namedItem(name);
    const [result, apartBox] = [document.getElementById("costs"), document.getElementById("apart")];
    const [said, chosenList] = [document.getElementById("costs-said"), form.querySelector(".chosen")];
    const [more, save] = [document.getElementById("costs-more"), document.getElementById("costs-save")];
    const text = form.querySelector("textarea");

    const chosenRows = () => [...new Set(ids.map(catalog.get).filter(Boolean))];

    const draw = () => {
      const use = Object.fromEntries(Object.keys(costs.USE).map((name) => [name, numberIn(field(name))]));
      const requests = numberIn(field("requests"));
      const chosen = chosenRows();
      const { ranked: every, apart } = costs.rank(offeringsOf(catalog, chosen), use,
        { currency: catalog.currency, modes: field("modes").checked, requests });
      const ranked = field("each").checked ? cheapestOfEach(every) : every;
      const models = new Set(ranked.map(({ offering }) => offering.model ?? offering)).size;
      const shown = ranked.slice(0, limit);
      const most = Math.max(...shown.map((row) => Number(costs.text(row.total))));
      result.replaceChildren(make("table", {}, make("caption", { class: "vh" }, "What it costs, cheapest first"), heads(requests),
        make("tbody", {}, shown.map((row) => costRow(row, requests, catalog.currency, most)))));
      said.textContent = `${format.plural(ranked.length, "offer")} of ${format.plural(models, "model")}, cheapest first; ${format.count(apart.length)} apart.${
        use.cached + use.written > use.input ? " More tokens are cached than are sent: tokens in counts them too." : ""}`;
      more.hidden = ranked.length <= limit;
      save.onclick = () => almanac.saveCsv("costs.csv", asCsv(ranked, requests, catalog.currency));
      apartBox.replaceChildren(...apartList(apart));
      apartBox.parentElement.hidden = apart.length === 0;
      chosenList.replaceChildren(...chosen.map((row) => make("li", {}, make("button", {
        type: "button", class: "button", "aria-label": `Remove ${nameOf(row)}`, onclick: () => choose(ids.filter((id) => catalog.get(id) !== row)),
      }, `${nameOf(row)} ×`))));
    };

    const commit = () => {
      const address = writeAddress(form, ids);
      if (address !== location.search && (address.startsWith("?") || location.search)) history.pushState(null, "", address);
      limit = SHOWN;
      draw();
    };

    const choose = (chosen) => {
      ids = chosen;
      commit();
    };

    form.addEventListener("input", (event) => event.target.name && draw());
    form.addEventListener("change", (event) => event.target.name && commit());
    form.addEventListener("submit", (event) => event.preventDefault());
    more.addEventListener("click", () => {
      limit += 4 * SHOWN;
      draw();
    });
    for (const button of form.querySelectorAll("[data-preset]")) {
      button.addEventListener("click", () => {
        for (const one of fieldsOf(form)) if (!isOn(one)) one.value = button.dataset[one.name] ?? (one.name in costs.USE && !one.name.endsWith("_tokens") ? "0" : one.value);
        commit();
      });
    }
    text.addEventListener("input", () => {
      const tokens = costs.estimate(text.value);
      form.querySelector(".estimate").textContent = text.value ? `About ${format.plural(tokens, "token")}: an estimate, four letters to one. Every model counts in its own way.` : "";
      form.querySelector(".take").disabled = !text.value;
    });
    form.querySelector(".take").addEventListener("click", () => {
      field("input").value = costs.estimate(text.value);
      commit();
    });
    almanac.chooser(form.querySelector(".chooser"), "All. Or choose models and offerings", (row) => choose([...ids, row.ref]));
    addEventListener("popstate", () => {
      ids = readAddress(form);
      draw();
    });
    draw();
    for (const hidden of document.querySelectorAll("[data-scripted]")) hidden.hidden = false;
  };

  document.addEventListener("DOMContentLoaded", async () => {
    const form = document.getElementById("calculator");
    if (!form) return;
    try {
      start(form, await almanac.catalog());
    } catch (error) {
      form.before(make("p", { class: "notice caution" }, error.message));
      for (const useless of document.querySelectorAll("[data-scripted]")) useless.remove();
    }
  });
})();
