// Reads the index that hooks/portal/search makes: what matches a query, how well, and how often each value is among it.
import { parted, plainOf, words } from "./words.js";

const FORMAT = 1; // hooks/portal/search/files.py

// What a word is worth by where it stands; twice as much as a whole word than as the beginning of one.
const TITLE = 16, NAMED = 9, MORE = 6, SUMMARY = 4, HEADING = 3, BODY = 1;
const BESIDE = { title: 24, named: 22, else: 20, body: 18 }; // for two words of the query that stand one after another
const FIRST = 10; // records that are shown first: where these were found in bodies, it is looked how their words stand there
const ALL_OF_TITLE = 10; // the part of a title that was asked for, in tenths
const LETTERS_IN_BODIES = 3; // that a word has to have there to stand for all that begin with it

const SIGNS = [...Array(94).keys()].map((n) => String.fromCharCode(0x21 + n)).filter((sign) => !'"\\'.includes(sign));
const BASE = SIGNS.length / 2;
const VALUES = new Uint8Array(128);
SIGNS.forEach((sign, value) => (VALUES[sign.charCodeAt(0)] = value));

/** Ascending numbers that are written as their gaps. */
export const unpacked = (text) => {
  const found = new Uint32Array(text.length);
  let count = 0, place = 0, gap = 0;
  for (let at = 0; at < text.length; at++) {
    const value = VALUES[text.charCodeAt(at)];
    if (value < BASE) {
      place += gap * BASE + value;
      found[count++] = place;
      gap = 0;
    } else gap = gap * BASE + value - BASE;
  }
  return found.subarray(0, count);
};

/** Several lists of ascending numbers as one. */
const merged = (lists) => {
  if (lists.length === 1) return lists[0];
  const all = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all.sort();
};

const expanded = (runs, into) => {
  for (let at = 0, to = 0; at < runs.length; to += runs[at + 1], at += 2) into.fill(runs[at], to, to + runs[at + 1]);
  return into;
};
/** Days as numbers, 20240517. */
const daysOf = ({ years, days }, count) => {
  const found = expanded(years, new Int32Array(count));
  for (let at = 0; at < count; at++) {
    found[at] = found[at] * 10000 + (days.charCodeAt(2 * at) - 97) * 100 + days.charCodeAt(2 * at + 1) - 48; // from a, from 0
  }
  return found;
};

/** A word in full or as the beginning of one, in its own marks or in others: nothing where it is another word. One without
    marks begins no word in its own: who types none may mean any. */
const likeness = (word, form, plain) => {
  if (plain === word.plain) return { whole: true, exact: form === word.form };
  const begun = word.goesOn && word.beginnings.find((one) => plain.startsWith(one.plain));
  if (!begun) return null;
  const [letters, tone] = parted(form);
  return { whole: false, exact: word.isMarked && letters.startsWith(begun.letters) && (!word.tone || tone === word.tone) };
};

/** Of ascending numbers those from which it is so far to one of the other list. */
const followed = (places, next, distance = 1) => {
  const found = new Uint32Array(places.length);
  let count = 0;
  for (let at = 0, to = 0; at < places.length; at++) {
    const wanted = places[at] + distance;
    while (to < next.length && next[to] < wanted) to++;
    if (next[to] === wanted) found[count++] = places[at];
  }
  return found.subarray(0, count);
};

/** The places of words that stand one after another: of their first. */
const chained = (lists) => {
  let found = lists[0];
  for (let distance = 1; distance < lists.length; distance++) found = followed(found, lists[distance], distance);
  return found;
};

/** The first of the records, in order: few of many, so all others are only looked at. */
export const firstOf = (records, order, most) => {
  const first = [];
  for (const record of records) {
    if (first.length === most && order(record, first[most - 1]) >= 0) continue;
    let low = 0, high = first.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (order(record, first[middle]) < 0) high = middle;
      else low = middle + 1;
    }
    first.splice(low, 0, record);
    if (first.length > most) first.pop();
  }
  return first;
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

/** The site was published anew, and this script is an old one. */
class Outdated extends Error {
  name = "Outdated";
}

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
  if (contents.format !== FORMAT) throw new Outdated();
  const [columns, tables] = await Promise.all([piece(contents.columns), piece(contents.tables)]);
  return new Index(contents, columns, tables, piece);
};

const keyOf = (clause) => clause.words.map((word) => word.form + (word.goesOn ? `*${word.beginnings.at(-1).letters}` : "")).join(" ");

class Index {
  constructor(contents, columns, tables, piece) {
    const count = contents.records;
    Object.assign(this, { contents, tables, piece, count, places: columns.places, fields: columns.fields });
    this.shift = Math.log2(contents.stride);
    this.rest = contents.stride - 1;
    [this.moreFrom, this.summaryFrom] = contents.zones;
    this.sort = expanded(columns.sort, new Uint8Array(count));
    this.status = expanded(columns.status, new Int8Array(count));
    this.title = Uint8Array.from(columns.title);
    this.place = Uint32Array.from(columns.place);
    this.field = Uint32Array.from(columns.field);
    this.year = Uint16Array.from(columns.year);
    this.day = daysOf(columns.day, count);
    this.named = ["places", "fields"].map((kind) => ({
      kind,
      sets: this[kind],
      column: kind === "places" ? this.place : this.field,
      names: tables[kind].map(([, ...names]) => names.map((name) => words(name).map(({ form }) => [form, plainOf(form)]))),
    }));
    this.heads = new Map(); // what was read of words, by what it depends on
    this.bodies = new Map();
  }

  /** What all words and phrases of a query are found in: points by record, negative where it is not; whether it is written
      there as in the query; what bodies gave for each. Without a `deep` look bodies are left out. */
  async evaluated(clauses, deep) {
    const heads = await Promise.all(clauses.map((clause) => this.once(this.heads, clause, () => this.inHeads(clause))));
    if (!deep) return this.scored(clauses, heads, []);
    const inBodies = (clause) => this.once(this.bodies, clause, () => this.inBodies(clause));
    const bodies = await Promise.all(clauses.map(inBodies));
    const result = this.scored(clauses, heads, bodies);
    const first = this.ordered(result, FIRST);
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

  /** Whether what bodies say of all these clauses is there. */
  hasBodies(clauses) {
    return clauses.every((clause) => this.bodies.has(keyOf(clause)));
  }

  /** As if a word were sought that there is not. */
  nothing() {
    return { points: new Int32Array(this.count).fill(-1), exact: new Uint8Array(this.count), isMarked: false, bodies: [] };
  }

  /** The order of what was found, the best first. Who typed marks wants what has them, before all else; then come points,
      what has just the words that were typed, the newest, and what `tie` says. */
  byWorth({ points, exact, isMarked }, tie = (a, b) => a - b) {
    const byPoints = (a, b) => points[b] - points[a], byExact = (a, b) => exact[b] - exact[a];
    const [first, second] = isMarked ? [byExact, byPoints] : [byPoints, byExact];
    return (a, b) => first(a, b) || second(a, b) || this.day[b] - this.day[a] || tie(a, b);
  }

  /** The first `most` records that were found. */
  ordered(result, most = this.count) {
    const records = [];
    for (let record = 0; record < this.count; record++) if (result.points[record] >= 0) records.push(record);
    return firstOf(records, this.byWorth(result), most);
  }

  once(kept, clause, find) {
    const key = keyOf(clause);
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
    const goesOn = word.goesOn && (shards === this.contents.heads || word.plain.length >= LETTERS_IN_BODIES);
    const sought = { ...word, goesOn };
    const starts = Object.keys(shards);
    const wanted = new Set();
    for (const plain of [word.plain, ...(goesOn ? word.beginnings.map((one) => one.plain) : [])]) {
      const own = starts.filter((start) => plain.startsWith(start)).sort((a, b) => b.length - a.length)[0];
      if (own !== undefined) wanted.add(shards[own]);
      if (goesOn) starts.filter((start) => start.startsWith(plain)).forEach((start) => wanted.add(shards[start]));
    }
    const parts = await Promise.all([...wanted].map(this.piece));
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
    const read = await Promise.all(clause.words.map((word) => this.forms(word, this.contents.heads)));
    const size = clause.words.length;
    const each = read.map((forms) => forms.map((form) => ({ ...form, places: unpacked(form.said) })));
    const of = (forms, is) => merged(forms.filter(is).map((form) => form.places));
    const points = new Uint16Array(this.count), exact = new Uint8Array(this.count), titles = new Uint8Array(this.count);
    const ends = each.map((forms) => of(forms, () => true));
    const places = chained(ends);
    const mark = (some, times) => {
      for (const place of some) {
        const record = place >>> this.shift, at = place & this.rest;
        const worth = (at < this.moreFrom ? TITLE : at < this.summaryFrom ? MORE : SUMMARY) * times * size;
        if (worth > points[record]) points[record] = worth;
        if (times === 2 && at < this.moreFrom) titles[record] = size;
      }
    };
    mark(places, 1);
    mark(followed(places, of(each[size - 1], (form) => form.whole), size - 1), 2);
    for (const place of chained(each.map((forms) => of(forms, (form) => form.exact)))) exact[place >>> this.shift] = 1;
    this.inNames(clause, points, exact);
    return { points, exact, titles, places, size };
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
    const { starts, near } = await this.piece(this.contents.phrases);
    const read = await Promise.all(clause.words.map((word) => this.forms(word, near)));
    starts.forEach((text, number) => {
      const each = read.map((forms) => forms.filter((form) => form.number === number).map((form) => ({ ...form, places: unpacked(form.said) })));
      if (!each.every((forms) => forms.length)) return;
      const records = unpacked(text);
      const mark = (is, column, worth) => {
        let at = 0;
        for (const place of chained(each.map((forms) => merged(forms.filter(is).map((form) => form.places))))) {
          while (at + 1 < records.length && records[at + 1] <= place) at++;
          column[blocks[number] + at] = worth;
        }
      };
      mark(() => true, points, BODY * 2 * clause.words.length);
      mark((form) => form.exact, exact, 1);
    });
    return { points, exact };
  }

  /** As `evaluated` tells it. */
  scored(clauses, heads, bodies) {
    const { count, shift, rest } = this;
    const points = new Int32Array(count), exact = new Uint8Array(count).fill(1), hits = new Uint8Array(count);
    const isMarked = clauses.some((clause) => clause.isMarked);
    heads.forEach((head, index) => {
      const body = bodies[index];
      const isAny = isMarked && !clauses[index].isMarked; // beside words with marks one without them means any
      for (let record = 0; record < count; record++) {
        if (points[record] < 0) continue;
        const worth = body && body.points[record] > head.points[record] ? body.points[record] : head.points[record];
        points[record] = worth ? points[record] + worth : -1;
        hits[record] += head.titles[record];
        if (!isAny) exact[record] &= head.exact[record] | (body ? body.exact[record] : 0);
      }
    });
    for (let index = 0; index + 1 < heads.length; index++) {
      const { places, size } = heads[index];
      const best = new Uint8Array(count);
      for (const place of followed(places, heads[index + 1].places, size)) {
        const worth = ((place + size - 1) & rest) < this.moreFrom ? BESIDE.title : BESIDE.else;
        if (worth > best[place >>> shift]) best[place >>> shift] = worth;
      }
      this.besideInNames([...clauses[index].words, ...clauses[index + 1].words], best);
      for (let record = 0; record < count; record++) if (points[record] >= 0) points[record] += best[record];
    }
    for (let record = 0; record < count; record++) {
      if (points[record] < 0) exact[record] = 0;
      else if (hits[record]) points[record] += Math.floor((ALL_OF_TITLE * Math.min(hits[record], this.title[record])) / (this.title[record] || 1));
    }
    return { points, exact, isMarked, bodies: bodies.map((body) => body.points) };
  }

  /** Notes the records of a place or field whose name has all these words one after another. */
  besideInNames(sought, best) {
    for (const { sets, column, names } of this.named) {
      const isNamed = names.map((some) => some.some((name) => runs(name, sought).length > 0));
      const isOfNamed = sets.map((set) => set.some((one) => isNamed[one]));
      for (let record = 0; record < this.count; record++) {
        if (isOfNamed[column[record]] && best[record] < BESIDE.named) best[record] = BESIDE.named;
      }
    }
  }

  /** Of the places and fields of a record those whose names say most of some clauses, as they are shown. */
  namesWith(record, clauses) {
    const found = this.named.flatMap(({ kind, sets, column, names }) =>
      sets[column[record]].map((one) => ({
        kind,
        label: this.tables[kind][one][1],
        count: clauses.filter((clause) => names[one].some((name) => runs(name, clause.words).length > 0)).length,
      })),
    );
    const most = Math.max(1, ...found.map(({ count }) => count));
    return found.filter(({ count }) => count === most);
  }

  /** What is shown of a record. */
  async shown(record) {
    const { shelf, shelves } = this.contents;
    const [address, title, summary, line, cover, alt] = (await this.piece(shelves[Math.floor(record / shelf)]))[record % shelf];
    return { record, address, title, summary, line, cover, alt, sort: this.sort[record], status: this.status[record] };
  }
}
