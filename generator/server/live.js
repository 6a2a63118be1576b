// Shows a page anew when the site has changed. Served and added by `almanac serve` alone.
(function () {
  "use strict";
  var seen = null;
  var events = new EventSource("/.almanac/events");
  events.onmessage = function (event) {
    var told = JSON.parse(event.data);
    if (seen === null || seen === told.number) {
      seen = told.number;
      return;
    }
    seen = told.number;
    if (location.search !== "?good") {
      location.reload();
    } else if (!told.broken) {
      location.replace(location.pathname + location.hash);
    }
  };
  window.addEventListener("pagehide", function () { events.close(); });
})();
