/*
 * Makes elements, and keeps what a reader chose where the browser lets it.
 *
 * Text becomes text and nothing else: there is no way from here to HTML. A classic script without dependencies.
 */
(() => {
  "use strict";

  const almanac = (globalThis.almanac ??= {});

  // `make("a", { class: "id", href: "…", onclick: go }, "text", other)`: what is null or false is left out.
  almanac.make = (tag, attributes = {}, ...content) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (name in { value: 1, checked: 1, hidden: 1, disabled: 1 }) element[name] = value;
      else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...content.flat(Infinity).filter((part) => part !== null && part !== undefined && part !== false));
    return element;
  };

  // Storage may be refused; then a choice holds for one page.
  almanac.settings = {
    get(name) {
      try {
        return localStorage.getItem(`almanac.${name}`);
      } catch {
        return null;
      }
    },
    set(name, value) {
      try {
        if (value === null) localStorage.removeItem(`almanac.${name}`);
        else localStorage.setItem(`almanac.${name}`, value);
      } catch {
        // It holds for this page.
      }
    },
  };
})();
