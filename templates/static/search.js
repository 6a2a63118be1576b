/*
 * Finds rows of the catalog by words, in any order, and by other names; words that nothing has are taken for the nearest that
 * something has.
 *
 * Every word has to be somewhere in a row's name, id or other names. There is no index beyond one line of text for each row: to
 * look through ten thousand of them takes a millisecond. A classic script without dependencies; tests `require` it.
 */
(() => {
  "use strict";

  const almanac = (globalThis.almanac ??= {});

  const KINDS = ["model", "provider", "author", "family", "page", "offering"];
  const TABLES = { model: "models", provider: "providers", author: "authors", family: "families", page: "pages", offering: "offerings" };
  const GONE = new Set(["deprecated", "retired"]);
  const PARTS = /[\s\-_/:@,()]+/;

  const parts = (text) => text.toLowerCase().normalize("NFC").split(PARTS).filter(Boolean);

  // What a row can be found by: each form of its name, from the one that says most.
  const namesOf = (row) => {
    const names = [row.name, row.id, ...(row.aliases ?? [])];
    if (row.kind === "offering") names.push(row.provider.name, row.provider.id);
    return names.filter(Boolean).map((name) => name.toLowerCase());
  };

  const entryOf = (row) => {
    const names = namesOf(row);
    const [kind, gone, released] = [KINDS.indexOf(row.kind), GONE.has(row.status), row.released ?? ""];
    return { row, names, id: row.id?.toLowerCase() ?? "", text: ` ${names.join(" ")} `, kind, gone, released, close: 3 };
  };

  const indexes = new WeakMap();

  const indexOf = (catalog) => {
    let index = indexes.get(catalog);
    if (!index) {
      index = { entries: KINDS.flatMap((kind) => catalog[TABLES[kind]].map(entryOf)), words: null };
      indexes.set(catalog, index);
    }
    return index;
  };

  // The words that rows are called by, made when one is first mistyped.
  const wordsOf = (index) => {
    if (!index.words) {
      const words = new Set(index.entries.flatMap(({ names }) => names.flatMap(parts)));
      index.words = [...words].filter((word) => word.length > 2 && !/^\d+$/.test(word)).map((word) => [word, bits(word)]);
    }
    return index.words;
  };

  // The letters and digits of a word as bits, to pass over at a glance what cannot be near.
  const bits = (word) => {
    let found = 0;
    for (let i = 0; i < word.length; i += 1) found |= 1 << (word.charCodeAt(i) % 32);
    return found;
  };

  const countBits = (number) => {
    let count = 0;
    for (let rest = number; rest !== 0; rest &= rest - 1) count += 1;
    return count;
  };

  // How many letters have to be put in, left out, changed or swapped to make one word of another; `limit + 1` for too many.
  const distance = (a, b, limit) => {
    if (Math.abs(a.length - b.length) > limit) return limit + 1;
    let [before, row] = [[], Array.from({ length: b.length + 1 }, (_, i) => i)];
    for (let i = 1; i <= a.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= b.length; j += 1) {
        const same = a[i - 1] === b[j - 1];
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      if (Math.min(...next) > limit) return limit + 1;
      [before, row] = [row, next];
    }
    return row[b.length];
  };

  // The nearest word to one that nothing has: a whole word, or the beginning of one while it is still being typed.
  const nearest = (word, words) => {
    const limit = word.length < 4 ? 0 : word.length < 7 ? 1 : 2;
    const own = bits(word);
    let [best, found] = [limit + 0.75, null];
    for (const [other, theirs] of words) {
      if (other.length < word.length - limit || countBits(own & ~theirs) > limit) continue;
      const far = distance(word, other, limit);
      const begun = far > limit && other.length > word.length ? distance(word, other.slice(0, word.length), limit) + 0.5 : far;
      if (begun < best || (begun === best && found !== null && other.length < found.length)) [best, found] = [begun, other];
    }
    return found;
  };

  const isInWord = (code) => (code > 96 && code < 123) || (code > 47 && code < 58);

  const startsWord = (text, word) => {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if (!isInWord(text.charCodeAt(at - 1))) return true;
    }
    return false;
  };

  // Whether a text is two names with a sign between them, in either order.
  const isBoth = (text, a, b) => text.length === a.length + 1 + b.length
    && ((text.startsWith(a) && text.endsWith(b)) || (text.startsWith(b) && text.endsWith(a)));

  // Whether a text is the exact id of an offering, with or without an author, beside its provider.
  const namesOffering = ({ row, names, id }, text) => row.kind === "offering"
    && names.slice(-2).some((by) => isBoth(text, id, by) || isBoth(text, id.slice(id.lastIndexOf("/") + 1), by));

  // How well a row is meant: 0 when it is called just so, with or without its author, 1 when its name begins so, 2 when all words begin words, else 3.
  const closeness = (entry, text, words) => {
    if (entry.names.some((name) => name.endsWith(text) && (name.length === text.length || name.endsWith(`/${text}`)))) return 0;
    if (namesOffering(entry, text)) return 0;
    if (entry.names[0].startsWith(text)) return 1;
    return words.every((word) => startsWord(entry.text, word)) ? 2 : 3;
  };

  // Which of two comes first; equal ones stay in the order of the catalog.
  const better = (a, b) => a.close - b.close || a.gone - b.gone || a.kind - b.kind
    || (a.released === b.released ? 0 : a.released < b.released ? 1 : -1) || a.names[0].length - b.names[0].length
    || a.id.length - b.id.length;

  const matching = (entries, words) => entries.filter(({ text }) => words.every((word) => text.includes(word)));

  // What the words have to be for something to be found; null where nothing is near. `gpt4` is `gpt 4` before it is a slip.
  const corrected = (index, entries, words) => {
    const apart = words.flatMap((word) => word.split(/(?<=[a-z])(?=\d)/));
    if (apart.length > words.length && matching(entries, apart).length) return apart;
    const meant = words.map((word) => (entries.some(({ text }) => text.includes(word)) ? word : nearest(word, wordsOf(index))));
    const changed = meant.some((word, place) => word !== words[place]);
    return changed && !meant.includes(null) ? meant : null;
  };

  // The rows that a text means, best first: `limit` in all, `each` of a kind.
  almanac.search = (catalog, text, { kinds = KINDS, limit = 10, each = limit } = {}) => {
    const index = indexOf(catalog);
    const words = parts(text);
    if (words.length === 0) return { rows: [], meant: null };
    const entries = kinds === KINDS ? index.entries : index.entries.filter(({ row }) => kinds.includes(row.kind));
    let [found, meant] = [matching(entries, words), null];
    if (found.length === 0) {
      meant = corrected(index, entries, words);
      found = meant ? matching(entries, meant) : [];
    }
    const asked = meant ? meant.join(" ") : text.trim().toLowerCase();
    for (const entry of found) entry.close = closeness(entry, asked, meant ?? words);
    const left = Object.fromEntries(kinds.map((kind) => [kind, each]));
    const rows = found.sort(better).map(({ row }) => row).filter(({ kind }) => left[kind]-- > 0);
    return { rows: rows.slice(0, limit), meant: found.length && meant ? meant.join(" ") : null };
  };

  // Reads the catalog through beforehand, while the reader has not typed yet.
  almanac.search.prepare = (catalog) => void wordsOf(indexOf(catalog));

  Object.assign(almanac.search, { distance, parts });

  if (typeof module !== "undefined") module.exports = almanac;
})();
