/*
 * Makes elements, and keeps what a reader chose where the browser lets it.
 *
 * Text becomes text and nothing else: there is no way from here to HTML. A classic script without dependencies.
 */
(() => {
  "use strict";

  const almanac = (globalThis.almanac ??= {});

  const PROPERTIES = new Set(["value", "checked", "hidden", "disabled"]);
  const isThere = (value) => value !== null && value !== undefined && value !== false;

  const put = (element, content) => {
    for (const part of content) {
      if (Array.isArray(part)) put(element, part);
      else if (isThere(part)) element.append(part);
    }
  };

  // `make("a", { class: "id", href: "…", onclick: go }, "text", other)`: what is null or false is left out.
  almanac.make = (tag, attributes = {}, ...content) => {
    const element = document.createElement(tag);
    for (const name in attributes) {
      const value = attributes[name];
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (PROPERTIES.has(name)) element[name] = value;
      else if (isThere(value)) element.setAttribute(name, value === true ? "" : value);
    }
    put(element, content);
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
