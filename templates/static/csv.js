/*
 * Rows -> a CSV file that the reader keeps: RFC 4180, with the mark that makes spreadsheets read it as UTF-8.
 *
 * What a spreadsheet would take for a formula is kept from being one. A classic script.
 */
(() => {
  "use strict";

  const almanac = (globalThis.almanac ??= {});

  // A number is written with all its digits; only what is text can be meant as a formula.
  const cell = (value) => {
    if (typeof value === "number") return almanac.format.digits(value);
    const text = String(value ?? "").replace(/^(?=[=+\-@\t\r])/, "'");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };

  almanac.csv = (rows) => rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");

  almanac.saveCsv = (name, rows) => {
    const address = URL.createObjectURL(new Blob(["\ufeff", almanac.csv(rows)], { type: "text/csv" }));
    almanac.make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  };

  if (typeof module !== "undefined") module.exports = almanac;
})();
