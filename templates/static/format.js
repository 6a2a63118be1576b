/*
 * Facts -> words, as the pages write them: the same signs for unknown, zero and free, the same digits, the same dates.
 *
 * A classic script without dependencies: it attaches to `almanac`, and tests `require` it. What it says is held to what the
 * generator says by a test.
 */
(() => {
  "use strict";

  const almanac = (globalThis.almanac ??= {});

  const UNKNOWN = "—";
  const SYMBOLS = { USD: "$", EUR: "€", GBP: "£", JPY: "¥", CNY: "CN¥", CAD: "CA$", AUD: "A$", INR: "₹" };
  const MONTHS = ["January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December"];

  // A number with all its digits and no exponent: 7.5e-8 is 0.000000075.
  const digits = (value) => {
    const [mantissa, exponent] = String(value).split("e");
    if (exponent === undefined) return mantissa;
    const [whole, fraction = ""] = mantissa.split(".");
    const shift = Number(exponent);
    if (shift < 0) return `0.${"0".repeat(-shift - 1)}${whole}${fraction}`;
    return whole + fraction.padEnd(shift, "0");
  };

  const grouped = (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ",");

  const count = (value) => (value === null || value === undefined ? UNKNOWN : grouped(digits(value)));

  const plural = (value, noun) => `${count(value)} ${noun}${value === 1 ? "" : "s"}`;

  const amount = (value, currency = "USD") => {
    if (value === null || value === undefined) return UNKNOWN;
    const [whole, fraction = ""] = digits(value).split(".");
    const number = `${grouped(whole)}.${fraction.padEnd(2, "0")}`;
    return currency in SYMBOLS ? SYMBOLS[currency] + number : `${currency} ${number}`;
  };

  // One rate of a price: an amount, `Free`, `In plan` or the sign for not known.
  const price = (of, rate = "input") => {
    if (!of) return UNKNOWN;
    if (of.billing === "free") return "Free";
    if (of.billing === "plan" && !of[rate]) return "In plan";
    return amount(of[rate], of.currency);
  };

  const date = (value) => {
    if (!value) return UNKNOWN;
    const [year, month, day] = value.split("-");
    return [day && Number(day), month && MONTHS[month - 1], year].filter(Boolean).join(" ");
  };

  // An identifier as words: `tool_calls` is `Tool calls`.
  const words = (name) => {
    const text = name.replaceAll("_", " ").toLowerCase();
    return text.charAt(0).toUpperCase() + text.slice(1);
  };

  almanac.format = { UNKNOWN, amount, count, date, digits, plural, price, words };
  if (typeof module !== "undefined") module.exports = almanac;
})();
