/*
 * Keys: what each does, and the dialog that tells. Single keys can be switched off there, for those who speak to their machine.
 *
 * No key of the browser's is taken but Ctrl+K (Cmd+K). A key that leads somewhere is there when the header leads there too. A
 * script adds its own by `almanac.keys.push([key, what, run])`. A classic script.
 */
(() => {
  "use strict";

  const almanac = (globalThis.almanac ??= {});
  const { make, settings } = almanac;

  const PLACES = { m: "Models", p: "Providers", a: "Authors", f: "Families", c: "Compare", k: "Costs", h: "the home page" };
  const isOff = () => settings.get("keys") === "off";

  // The link that a key after `g` follows: by the words of the header.
  const place = (key) => {
    if (key === "h") return document.querySelector("a.brand");
    return [...document.querySelectorAll(".site-nav a")].find((link) => link.textContent.trim() === PLACES[key]) ?? null;
  };

  almanac.keys = [
    ["/", "Search the catalog", () => almanac.openPalette()],
    ["?", "Show these keys", () => openHelp()],
    ["t", "Change the colours", () => document.querySelector("button.theme")?.click()],
  ];

  const line = (keys, what) => make("div", {}, make("dt", {}, keys.map((key) => make("kbd", {}, key))), make("dd", {}, what));

  let help = null;

  const makeHelp = () => {
    const box = make("input", { type: "checkbox", checked: !isOff(), onchange: () => settings.set("keys", box.checked ? null : "off") });
    const close = make("button", { type: "button", class: "button", onclick: () => help.close() }, "Close");
    const places = Object.keys(PLACES).filter(place).map((key) => line(["g", key], `Go to ${PLACES[key]}`));
    const dialog = make("dialog", { class: "help", "aria-labelledby": "help-title" },
      make("h2", { id: "help-title" }, "Keys"),
      make("dl", {}, line(["Ctrl", "K"], "Search the catalog, wherever you are"),
        almanac.keys.map(([key, what]) => line([key], what)), places, line(["Esc"], "Close what is open")),
      make("label", {}, box, " Single keys do something"), close);
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    document.body.append(dialog);
    return dialog;
  };

  const openHelp = () => {
    help ??= makeHelp();
    if (!help.open) help.showModal();
  };

  const isTyping = (target) => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

  let isAfterG = false;

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
      almanac.openPalette();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isOff() || isTyping(event.target)) return;
    if (document.querySelector("dialog:modal") && event.key !== "?") return;
    const run = isAfterG ? () => place(event.key)?.click() : almanac.keys.find(([key]) => key === event.key)?.[2];
    const isKnown = isAfterG ? event.key in PLACES : run !== undefined;
    isAfterG = !isAfterG && event.key === "g";
    if (!isKnown) return;
    event.preventDefault();
    run();
  });
})();
