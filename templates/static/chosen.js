/*
 * Adds to the comparison that is under way: the links that compare one thing lead to it beside those that were chosen before, as
 * long as the window is open. Without storage, and without this script, they begin a comparison of its own.
 */
(() => {
  "use strict";

  const almanac = (globalThis.almanac ??= {});
  const MOST = 6;

  almanac.chosen = {
    read() {
      try {
        return almanac.refs.read(sessionStorage.getItem("almanac.compare") ?? "");
      } catch {
        return [];
      }
    },
    write(refs) {
      try {
        sessionStorage.setItem("almanac.compare", almanac.refs.write(refs));
      } catch {
        // The next comparison begins anew.
      }
    },
  };

  const join = (link) => {
    const before = almanac.chosen.read().filter((ref) => ref !== link.dataset.compare).slice(0, MOST - 1);
    if (before.length === 0) return;
    link.search = `?ids=${almanac.refs.write([...before, link.dataset.compare])}`;
    link.title = `Beside the ${before.length} chosen before`;
  };

  // A page that the browser kept is shown again as it was, so the links are made anew each time.
  addEventListener("pageshow", () => document.querySelectorAll("a[data-compare]").forEach(join));
})();
