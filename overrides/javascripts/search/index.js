// Reads the index that hooks/portal/search makes: what matches a query, how well, and how often each value is among it.
import { parsed, parted, plainOf, words } from "./words.js";

// What a word is worth by where it stands; twice as much as a whole word than as the beginning of one.
const TITLE = 16, NAMED = 9, MORE = 6, SUMMARY = 4, HEADING = 3, BODY = 1;
const BESIDE = { title: 24, else: 20, body: 18 }; // for two words of the query that stand one after another
const FIRST = 10; // records that are shown first: where these were found in bodies, it is looked how their words stand there
const ALL_OF_TITLE = 10; // the part of a title that was asked for, in tenths
const MORE_FROM = 128, SUMMARY_FROM = 512; // hooks/portal/search/layout.py
const SHORTEST = 2; // letters that a word has to have to stand for all that begin with it

const SIGNS = [...Array(94).keys()].map((n) => String.fromCharCode(0x21 + n)).filter((sign) => !'"\\'.includes(sign));
const BASE = SIGNS.length / 2;
const VALUES = new Uint8Array(128);
SIGNS.forEach((sign, value) => (VALUES[sign.charCodeAt(0)] = value));

/** Ascending numbers that are written as their gaps. */
export const unpacked = (text) => {
  const found = [];
  let place = 0, gap = 0;
  for (let at = 0; at < text.length; at++) {
    const value = VALUES[text.charCodeAt(at)];
    if (value < BASE) {
      place += gap * BASE + value;
      found.push(place);
      gap = 0;
    } else gap = gap * BASE + value - BASE;
  }
  return found;
};

const expanded = (runs, into) => {
  for (let at = 0, to = 0; at < runs.length; to += runs[at + 1], at += 2) into.fill(runs[at], to, to + runs[at + 1]);
  return into;
};
const summed = (gaps) => {
  let value = 0;
  return Int32Array.from(gaps, (gap) => (value += gap));
};

/** A word in full or as the beginning of one, in its own marks or in others: nothing where it is another word. */
const likeness = (word, form, plain) => {
  if (plain !== word.plain) {
    if (!word.goesOn || !plain.startsWith(word.plain)) return null;
    const [letters, tone] = parted(form);
    return { whole: false, exact: letters.startsWith(word.letters) && (!word.tone || tone === word.tone) };
  }
  return { whole: true, exact: form === word.form };
};

/** Of ascending numbers those of which the next number is in the other list too. */
const followed = (places, next) => {
  const found = [];
  for (let at = 0, to = 0; at < places.length; at++) {
    while (to < next.length && next[to] <= places[at]) to++;
    if (next[to] === places[at] + 1) found.push(places[at]);
  }
  return found;
};

/** How the words that are sought are like those of a name, wherever they stand in it one after another. */
const runs = (name, sought) => {
  const found = [];
  for (let at = 0; at + sought.length <= name.length; at++) {
    const likes = sought.map((word, index) => likeness(word, ...name[at + index]));
    if (likes.every(Boolean)) {
      found.push({ whole: likes.every((one) => one.whole), exact: likes.every((one) => one.exact) });
    }
  }
  return found;
};

export const open = async (address, fetched = fetch) => {
  const known = new Map();
  const json = (url, options) => {
    if (!known.has(url)) {
      const asked = fetched(url, options).then((answer) => {
        if (!answer.ok) throw new Error(`${answer.status} ${url}`);
        return answer.json();
      });
      asked.catch(() => known.delete(url)); // to be asked for again
      known.set(url, asked);
    }
    return known.get(url);
  };
  const piece = (name) => json(new URL(`chi-muc/${name}.json`, address).href);
  const contents = await json(new URL(address).href, { cache: "no-cache" });
  const [columns, tables] = await Promise.all([piece(contents.columns), piece(contents.tables)]);
  return new Index(contents, columns, tables, piece);
};

class Index {
  constructor(contents, columns, tables, piece) {
    const count = contents.records;
    Object.assign(this, { contents, tables, piece, count, places: columns.places, fields: columns.fields });
    this.sort = expanded(columns.sort, new Uint8Array(count));
    this.status = expanded(columns.status, new Int8Array(count));
    this.title = Uint8Array.from(columns.title);
    this.place = Uint32Array.from(columns.place);
    this.field = Uint32Array.from(columns.field);
    this.year = Uint16Array.from(columns.year);
    this.day = summed(columns.day);
    this.named = ["places", "fields"].map((kind) => ({
      kind,
      sets: this[kind],
      column: kind === "places" ? this.place : this.field,
      names: tables[kind].map(([, ...names]) => names.map((name) => words(name).map(({ form }) => [form, plainOf(form)]))),
    }));
    this.heads = new Map(); // what was read of words, by what it depends on
    this.bodies = new Map();
  }

  /** What a word or phrase is found in: points by record, and where it is written so. `deep`: also in bodies. */
  async evaluated(query, deep) {
    const clauses = parsed(query);
    const heads = await Promise.all(clauses.map((clause) => this.once(this.heads, clause, () => this.inHeads(clause))));
    if (!deep) return this.scored(clauses, heads, []);
    const inBodies = (clause) => this.once(this.bodies, clause, () => this.inBodies(clause));
    const bodies = await Promise.all(clauses.map(inBodies));
    const result = this.scored(clauses, heads, bodies);
    const first = this.ordered(result).slice(0, FIRST);
    const isOfBodies = heads.map((head) => first.some((record) => !head.points[record]));
    const pairs = clauses.slice(0, -1).flatMap((clause, at) => {
      const next = clauses[at + 1];
      const isPair = isOfBodies[at] && isOfBodies[at + 1] && clause.words.length === 1 && next.words.length === 1;
      return isPair ? [{ words: [...clause.words, ...next.words] }] : [];
    });
    for (const pair of await Promise.all(pairs.map(inBodies))) {
      for (let record = 0; record < this.count; record++) {
        if (pair.points[record] && result.points[record] >= 0) result.points[record] += BESIDE.body;
      }
    }
    return result;
  }

  /** The records that were found, the best first: those that have all of it as it is written, then by points, then the
      newest. */
  ordered({ points, exact }) {
    const records = [];
    for (let record = 0; record < this.count; record++) if (points[record] >= 0) records.push(record);
    return records.sort(
      (a, b) => exact[b] - exact[a] || points[b] - points[a] || this.day[b] - this.day[a] || a - b,
    );
  }

  once(kept, clause, find) {
    const key = clause.words.map((word) => word.form + (word.goesOn ? "*" : "")).join(" ");
    if (!kept.has(key)) {
      if (kept.size > 50) kept.clear();
      const asked = find();
      asked.catch(() => kept.delete(key));
      kept.set(key, asked);
    }
    return kept.get(key);
  }

  /** The forms of a word that there are in some files, with what is said of each and how it is like the word. */
  async forms(word, shards) {
    const goesOn = word.goesOn && word.plain.length >= SHORTEST;
    const sought = { ...word, goesOn };
    const starts = Object.keys(shards);
    const own = starts.filter((start) => word.plain.startsWith(start)).sort((a, b) => b.length - a.length)[0];
    const wanted = new Set(own === undefined ? [] : [own]);
    if (goesOn) starts.filter((start) => start.startsWith(word.plain)).forEach((start) => wanted.add(start));
    const parts = await Promise.all([...wanted].map((start) => this.piece(shards[start])));
    const found = [];
    for (const part of parts) {
      part.forEach((held, number) => {
        for (const [form, said] of Object.entries(held)) {
          const like = likeness(sought, form, plainOf(form));
          if (like) found.push({ said, number, ...like });
        }
      });
    }
    return found;
  }

  async inHeads(clause) {
    const shift = Math.log2(this.contents.stride), rest = this.contents.stride - 1;
    const read = await Promise.all(clause.words.map((word) => this.forms(word, this.contents.heads)));
    const each = read.map((forms) => {
      const all = [], exact = [], whole = new Set();
      for (const form of forms) {
        const places = unpacked(form.said);
        for (const place of places) all.push(place);
        if (form.exact) for (const place of places) exact.push(place);
        if (form.whole) for (const place of places) whole.add(place);
      }
      return { all: all.sort((a, b) => a - b), exact: exact.sort((a, b) => a - b), whole };
    });
    const first = clause.words.length === 1 ? each[0] : this.phrase(each);
    const points = new Uint16Array(this.count), exact = new Uint8Array(this.count), titles = new Uint8Array(this.count);
    const size = clause.words.length;
    let before = -1;
    for (const place of first.all) {
      const record = place >>> shift, at = place & rest;
      const worth = (at < MORE_FROM ? TITLE : at < SUMMARY_FROM ? MORE : SUMMARY) * (first.whole.has(place) ? 2 : 1) * size;
      if (worth > points[record]) points[record] = worth;
      if (at < MORE_FROM && first.whole.has(place)) {
        if (record !== before) titles[record] += size;
        before = record;
      }
    }
    for (const place of first.exact) exact[place >>> shift] = 1;
    this.inNames(clause, points, exact);
    return { points, exact, titles, places: first.all, last: each.at(-1).all, size };
  }

  phrase(each) {
    const chained = (kind) => each.slice(0, -1).reduceRight((next, one) => followed(one[kind], next), each.at(-1)[kind]);
    const all = chained("all"), last = each.at(-1).whole, size = each.length;
    return { all, exact: chained("exact"), whole: new Set(all.filter((place) => last.has(place + size - 1))) };
  }

  /** Records by the names of their places and fields. */
  inNames({ words: sought }, points, exact) {
    for (const { sets, column, names } of this.named) {
      const likes = names.map((some) => {
        const found = some.flatMap((name) => runs(name, sought));
        return { found: found.length > 0, whole: found.some((one) => one.whole), exact: found.some((one) => one.exact) };
      });
      const worthOf = ({ found, whole }) => (found ? NAMED * (whole ? 2 : 1) * sought.length : 0);
      const worth = sets.map((set) => Math.max(0, ...set.map((one) => worthOf(likes[one]))));
      const isExact = sets.map((set) => set.some((one) => likes[one].exact));
      for (let record = 0; record < this.count; record++) {
        const set = column[record];
        if (worth[set] > points[record]) points[record] = worth[set];
        if (isExact[set]) exact[record] = 1;
      }
    }
  }

  async inBodies(clause) {
    const points = new Uint16Array(this.count), exact = new Uint8Array(this.count);
    const { blocks } = this.contents;
    if (clause.words.length === 1) {
      for (const { said, number, whole, exact: isExact } of await this.forms(clause.words[0], this.contents.bodies)) {
        const [records, headings] = Array.isArray(said) ? said : [said, ""];
        const mark = (text, worth) => {
          for (const one of unpacked(text)) {
            const record = blocks[number] + one;
            points[record] = Math.max(points[record], worth * (whole ? 2 : 1));
            if (isExact) exact[record] = 1;
          }
        };
        mark(records, BODY);
        mark(headings, HEADING);
      }
      return { points, exact };
    }
    const [starts, ...read] = await Promise.all([
      this.piece(this.contents.starts),
      ...clause.words.map((word) => this.forms(word, this.contents.near)),
    ]);
    starts.forEach((text, number) => {
      const each = read.map((forms) => {
        const here = forms.filter((form) => form.number === number);
        const gathered = (some) => some.flatMap((form) => unpacked(form.said)).sort((a, b) => a - b);
        return { all: gathered(here), exact: gathered(here.filter((form) => form.exact)), whole: new Set() };
      });
      if (!each.every((one) => one.all.length)) return;
      const first = this.phrase(each), records = unpacked(text);
      const mark = (places, column, worth) => {
        let at = 0;
        for (const place of places) {
          while (at + 1 < records.length && records[at + 1] <= place) at++;
          column[blocks[number] + at] = worth;
        }
      };
      mark(first.all, points, BODY * 2 * clause.words.length);
      mark(first.exact, exact, 1);
    });
    return { points, exact };
  }

  /** The records in which every clause is found, with their points; those that have all of it as it is written go first. */
  scored(clauses, heads, bodies) {
    const { count } = this;
    const points = new Int32Array(count).fill(-1), exact = new Uint8Array(count);
    const shift = Math.log2(this.contents.stride), rest = this.contents.stride - 1;
    const beside = new Uint16Array(count);
    for (let index = 0; index + 1 < heads.length; index++) {
      const best = new Uint8Array(count);
      const end = heads[index].places.map((place) => place + heads[index].size - 1);
      for (const place of followed(end, heads[index + 1].places)) {
        const worth = (place & rest) < MORE_FROM ? BESIDE.title : BESIDE.else;
        best[place >>> shift] = Math.max(best[place >>> shift], worth);
      }
      for (let record = 0; record < count; record++) beside[record] += best[record];
    }
    for (let record = 0; record < count; record++) {
      let sum = 0, hits = 0, isExact = 1;
      const isFound = clauses.every((_, index) => {
        const worth = Math.max(heads[index].points[record], bodies[index]?.points[record] ?? 0);
        sum += worth;
        hits += heads[index].titles[record];
        isExact &= heads[index].exact[record] | (bodies[index]?.exact[record] ?? 0);
        return worth > 0;
      });
      if (!isFound) continue;
      points[record] = sum + beside[record] + Math.floor((ALL_OF_TITLE * Math.min(hits, this.title[record])) / (this.title[record] || 1));
      exact[record] = isExact;
    }
    return { points, exact };
  }

  /** What is shown of a record. */
  async shown(record) {
    const { shelf, shelves } = this.contents;
    const [address, title, summary, line, cover, alt] = (await this.piece(shelves[Math.floor(record / shelf)]))[record % shelf];
    return { record, address, title, summary, line, cover, alt, sort: this.sort[record], status: this.status[record] };
  }
}
