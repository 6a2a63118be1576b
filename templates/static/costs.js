/*
 * What use costs at a price: the tier that its size falls into, what comes out of a cache, modes, batches, images and audio.
 *
 * The same rule as `generator/pages/costs.py`, and a test gives both the same table of cases. Amounts are exact: a decimal is a
 * whole number and how many of its digits stand behind the point, `[7500n, 4]` for 0.75. Nothing is ever taken as zero because it
 * is not known: then there is no total, and `missing` says what has no price.
 */
(() => {
  "use strict";

  const almanac = (globalThis.almanac ??= {});
  const MILLION = 6;

  const decimal = (value) => {
    const [whole, fraction = ""] = almanac.format.digits(value).split(".");
    return [BigInt(whole + fraction), fraction.length];
  };

  const times = ([a, m], [b, n]) => [a * b, m + n];

  const plus = ([a, m], [b, n]) => {
    const scale = Math.max(m, n);
    return [a * 10n ** BigInt(scale - m) + b * 10n ** BigInt(scale - n), scale];
  };

  const minus = (a, [b, n]) => plus(a, [-b, n]);

  const order = (a, b) => {
    const [difference] = minus(a, b);
    return difference < 0n ? -1 : Number(difference > 0n);
  };

  // A decimal as text with all its digits and no more.
  const text = ([value, scale]) => {
    const sign = value < 0n ? "-" : "";
    const digits = String(value < 0n ? -value : value).padStart(scale + 1, "0");
    const fraction = digits.slice(digits.length - scale).replace(/0+$/, "");
    const whole = digits.slice(0, digits.length - scale);
    return sign + (scale > 0 && fraction ? `${whole}.${fraction}` : whole);
  };

  const NOTHING = [0n, 0];

  // What each number of a use is when it is not given. An image or a minute of audio without a price of its own is so many tokens.
  const USE = {
    input: 0, cached: 0, written: 0, output: 0, reasoning: 0, images: 0, audio: 0, images_made: 0, audio_made: 0, searches: 0,
    image_tokens: 1000, audio_tokens: 1500,
  };

  const tokensOf = (count, tokens) => text(times(decimal(count), decimal(tokens)));

  // What is paid by the token: its name, how much of it, and the rates it may have, the first that is known holds.
  const metered = (use, operations) => {
    const byTokens = (name, count, tokens) => (operations[name] === undefined ? tokensOf(count, tokens) : "0");
    const images = byTokens("image_input", use.images, use.image_tokens);
    const audio = byTokens("audio_input", use.audio, use.audio_tokens);
    const plain = minus(minus(decimal(use.input), decimal(use.cached)), decimal(use.written));
    return {
      size: plus(plus(decimal(use.input), decimal(images)), decimal(audio)),
      parts: [
        ["Input", plain[0] > 0n ? text(plain) : "0", "input"],
        ["Cache read", use.cached, "cache_read", "input"],
        ["Cache write", use.written, "cache_write", "input"],
        ["Image input", images, "input_image", "input"],
        ["Audio input", audio, "input_audio", "input"],
        ["Output", use.output, "output"],
        ["Reasoning", use.reasoning, "reasoning", "output"],
        ["Images made", byTokens("image_output", use.images_made, use.image_tokens), "output_image"],
        ["Audio made", byTokens("audio_output", use.audio_made, use.audio_tokens), "output_audio"],
      ],
    };
  };

  const OPERATIONS = [
    ["Images", "images", "image_input", "image"],
    ["Audio", "audio", "audio_input", "minute"],
    ["Images made", "images_made", "image_output", "image"],
    ["Audio made", "audio_made", "audio_output", "minute"],
    ["Web searches", "searches", "web_search", "search"],
  ];

  // The lines of a bill for one request and their total; without a total, what has no known price.
  const bill = (price, given) => {
    const use = { ...USE, ...given };
    const { size, parts } = metered(use, price.operations);
    const tier = price.tiers.filter(({ above }) => order(size, decimal(above)) > 0).at(-1);
    const rate = (name) => tier?.[name] ?? price[name];
    const lines = [];
    const add = (label, quantity, value, per, instead) => {
      const [amount, scale] = times(decimal(quantity), decimal(value));
      lines.push({ label, quantity: String(quantity), rate: value, per, instead, amount: [amount, scale + (per ? 0 : MILLION)] });
    };
    for (const [label, quantity, ...names] of parts) {
      if (Number(quantity) === 0) continue;
      const name = names.find((one) => rate(one) !== undefined);
      if (name === undefined) return { lines, total: null, missing: label.toLowerCase(), tier };
      add(label, quantity, rate(name), "", name === names[0] ? "" : name);
    }
    if (price.operations.request !== undefined) add("Request", 1, price.operations.request, "request", "");
    for (const [label, field, name, per] of OPERATIONS) {
      if (Number(use[field]) === 0) continue;
      const value = price.operations[name];
      if (value !== undefined) add(label, use[field], value, per, "");
      else if (field === "searches") return { lines, total: null, missing: label.toLowerCase(), tier };
    }
    return { lines, total: lines.reduce((sum, line) => plus(sum, line.amount), NOTHING), missing: "", tier };
  };

  // The ways to have an offering served that have a price: as usual, in each mode, in a batch.
  const ways = (offering) => {
    const { price } = offering;
    const found = [{ mode: "", price, discount: 0 }];
    for (const [mode, other] of Object.entries(offering.modes)) found.push({ mode, price: other, discount: 0 });
    if (price?.batch_discount) found.push({ mode: "batch", price, discount: price.batch_discount });
    return found;
  };

  const isZero = (price) => Object.keys(almanac.versus.RATES).every((name) => !price[name]) &&
    Object.values(price.operations).every((value) => !value);

  // Why something has no place in the order of costs; nothing when it has one.
  const whyApart = ({ offering, price }, use, currency) => {
    if (offering.status === "retired") return "Retired";
    if (!price) return "No price is known";
    if (use.images && offering.input.length && !offering.input.includes("image")) return "Takes no images";
    if (use.audio && offering.input.length && !offering.input.includes("audio")) return "Takes no audio";
    if ((use.output || use.reasoning) && offering.output.length && !offering.output.includes("text")) return "Makes no text";
    if (use.images_made && offering.output.length && !offering.output.includes("image")) return "Makes no images";
    if (use.audio_made && offering.output.length && !offering.output.includes("audio")) return "Makes no audio";
    if (price.billing === "free") return "";
    if (price.billing === "plan") return "A plan includes it";
    if (price.currency !== currency) return `Priced in ${price.currency}`;
    if (isZero(price)) return price.units.length ? `Priced per ${price.units[0].per}` : "Only prices of zero are stated, which does not make it free";
    return "";
  };

  // Every way of every offering, cheapest first, and apart from them those that cannot be ordered, each with its reason.
  const rank = (offerings, use, { currency, modes, requests }) => {
    const [ranked, apart] = [[], []];
    for (const offering of offerings) {
      for (const way of modes ? ways(offering) : ways(offering).slice(0, 1)) {
        const row = { offering, ...way };
        const reason = whyApart(row, use, currency);
        if (reason) {
          apart.push({ ...row, reason });
          continue;
        }
        const isFree = way.price.billing === "free";
        const made = isFree ? { lines: [], total: NOTHING, missing: "" } : bill(way.price, use);
        if (made.total === null) {
          apart.push({ ...row, reason: `The price of ${made.missing} is not known` });
          continue;
        }
        const one = way.discount ? times(made.total, minus([1n, 0], decimal(way.discount))) : made.total;
        ranked.push({ ...row, isFree, bill: made, one, total: times(one, decimal(requests)) });
      }
    }
    ranked.sort((a, b) => order(a.total, b.total) || (a.offering.ref < b.offering.ref ? -1 : 1));
    return { ranked, apart };
  };

  // A guess at how many tokens a text is: four letters to one; signs of scripts without spaces between words are one each.
  const estimate = (words) => {
    const dense = words.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]/g)?.length ?? 0;
    return dense + Math.ceil((words.length - dense) / 4);
  };

  almanac.costs = { USE, bill, decimal, estimate, order, rank, text, times };
  if (typeof module !== "undefined") module.exports = almanac;
})();
