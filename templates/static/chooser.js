/*
 * A box that finds models and offerings by name, for the pages that put several of them together. A classic script.
 */
(() => {
  "use strict";

  const almanac = (globalThis.almanac ??= {});

  // Fills `box`; `choose(row)` is told what was taken. Escape and leaving the box close the list.
  almanac.chooser = (box, label, choose) => {
    const input = almanac.make("input", { type: "search", placeholder: label, "aria-label": label });
    const list = almanac.make("ul");
    box.append(input, list);
    const picker = almanac.picker({
      input, list, kinds: ["model", "offering"], limit: 12, each: 12,
      choose: (row) => {
        picker.clear();
        choose(row);
        input.focus();
      },
    });
    input.addEventListener("keydown", (event) => event.key === "Escape" && picker.clear());
    box.addEventListener("focusout", ({ relatedTarget }) => box.contains(relatedTarget) || picker.clear());
    return input;
  };
})();
