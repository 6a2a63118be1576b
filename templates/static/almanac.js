/*
 * What every page does beyond showing its facts: it keeps the colours that were chosen, and copies ids and commands.
 *
 * A classic script without dependencies, so that it works from disk. It stands in the head and runs at once, so that the colours
 * are there before anything is painted; the rest waits for the page. It makes nodes, never HTML from text. A page is whole
 * without it: what only a script can do is put there by the script.
 */
(() => {
  "use strict";

  const SCHEMES = ["system", "light", "dark"];

  // Storage may be refused, from disk or by the reader's settings; then a choice holds for one page.
  const recall = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };

  const keep = (name, value) => {
    try {
      localStorage.setItem(name, value);
    } catch {
      // It holds for this page.
    }
  };

  const stored = () => {
    const scheme = recall("theme");
    return SCHEMES.includes(scheme) ? scheme : "system";
  };

  const apply = (scheme) => {
    if (scheme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = scheme;
  };

  apply(stored());

  const switchColours = (button) => {
    let scheme = stored();
    const say = () => {
      button.title = `Colours: ${scheme}`;
      button.setAttribute("aria-label", `Colours: ${scheme}. Change`);
    };
    button.addEventListener("click", () => {
      scheme = SCHEMES[(SCHEMES.indexOf(scheme) + 1) % SCHEMES.length];
      apply(scheme);
      keep("theme", scheme);
      say();
    });
    say();
    button.hidden = false;
  };

  // The clipboard is closed to pages from disk. There the old command does it, and where that fails too, the text is selected.
  const copy = async (element) => {
    try {
      await navigator.clipboard.writeText(element.textContent);
      return "Copied";
    } catch {
      getSelection().selectAllChildren(element);
      return document.execCommand("copy") ? "Copied" : "Selected";
    }
  };

  const addCopyButton = (element, status) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tool copy";
    button.title = "Copy";
    button.setAttribute("aria-label", `Copy ${element.dataset.copy || element.textContent}`);
    button.addEventListener("click", async () => {
      button.dataset.state = status.textContent = await copy(element);
      setTimeout(() => {
        delete button.dataset.state;
        status.textContent = "";
      }, 1600);
    });
    element.after(button);
  };

  // The language of sample code that was chosen once is shown in every sample of every page that has it.
  const LANGUAGE = "language";

  const showLanguage = (name) => {
    document.querySelectorAll(".tabs input").forEach((input) => {
      if (input.value === name) input.checked = true;
    });
  };

  const rememberLanguage = () => {
    showLanguage(recall(LANGUAGE));
    document.addEventListener("change", (event) => {
      if (!event.target.matches(".tabs input")) return;
      keep(LANGUAGE, event.target.value);
      showLanguage(event.target.value);
    });
  };

  // Escape and a click elsewhere close the menu of the header.
  const closeFromOutside = (menu) => {
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") menu.open = false;
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    const status = document.createElement("div");
    status.className = "vh";
    status.setAttribute("role", "status");
    document.body.append(status);
    document.querySelectorAll("button.theme").forEach(switchColours);
    document.querySelectorAll("[data-copy]").forEach((element) => addCopyButton(element, status));
    rememberLanguage();
    document.querySelectorAll("details.menu").forEach(closeFromOutside);
  });
})();
