// The words of Vietnamese text as a search compares them: the rules of hooks/portal/search/words.py.

const WORD = /\d{1,3}(?:\.\d{3})+(?!\.?\d)|(?:[\p{L}\p{N}][\u0300-\u036f]*)+/gu;
const GROUPED = /^\d{1,3}(?:\.\d{3})+$/;
const ALONE = /^(b|ch?|d|đ|gh?|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)y(?=[\u0300-\u036f]*$)/;
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
const LOOKALIKES = { ð: "đ", ɖ: "đ", ƣ: "ư", ı: "i" };

/** The form of a word without its tone, and the tone, which a form has at its end. */
export const parted = (form) => [form.replace(TONES, ""), (form.match(TONES) || []).join("")];

const plains = new Map();
/** What somebody types for a form who types without marks. */
export const plainOf = (form) => {
  let plain = plains.get(form);
  if (plain === undefined) {
    plain = form.normalize("NFD").replace(/\p{Mn}/gu, "").replace(/đ/g, "d").replace(/ƀ/g, "b");
    plains.set(form, plain);
  }
  return plain;
};

/** A word as it is written, in small letters, its tone last. */
const spelled = (said) => {
  if (/^[0-9]/.test(said)) {
    if (GROUPED.test(said)) said = said.replaceAll(".", "");
    said = said.replace(/^0+(?=\d)/, "");
  }
  const known = said.replace(/[ðɖƣı]/g, (letter) => LOOKALIKES[letter]);
  const [letters, tone] = parted(known.normalize("NFD"));
  return letters.normalize("NFC") + tone;
};
const formOf = (said) => spelled(said).replace(ALONE, "$1i");

/** The words of a text, each with its form and where it stands in the text. */
export const words = (text) => {
  const lowered = text.toLowerCase();
  const source = lowered.length === text.length ? lowered : text;
  return [...source.matchAll(WORD)].map((found) => ({
    form: formOf(found[0].toLowerCase()),
    start: found.index,
    end: found.index + found[0].length,
  }));
};

/** How a word has to begin for which another is meant that has only begun: "quy" may become "quyền", too, not only "quì". */
const beginningsOf = (form, said) => {
  const letters = [...new Set([form, spelled(said)])].map((one) => parted(one)[0]);
  return letters.map((one) => ({ letters: one, plain: plainOf(one) }));
};

const LETTERS = 2; // of a word that has begun
export const MOST_WORDS = 24; // of a query; those after them are left out

/** A query as clauses, all of which a record has to match. A clause is one word, or several that stand one after another:
    in quotes, or joined by other signs as in 12-AB/CD. The last word, with no space after it, may go on if it has so many
    letters; of one letter it has hardly begun, and says nothing yet where there are others. A word is marked where it has
    marks or a đ: then it is meant so. */
export const parsed = (query, lettersToGoOn = LETTERS) => {
  const clauses = [];
  for (const [, straight, curly, chunk] of query.normalize("NFC").matchAll(/"([^"]*)"|“([^”]*)”|([^\s"“”]+)/g)) {
    const text = straight ?? curly ?? chunk;
    const found = words(text).map(({ form, start, end }) => {
      const [letters, tone] = parted(form), plain = plainOf(form);
      const beginnings = beginningsOf(form, text.slice(start, end).toLowerCase());
      return { form, letters, tone, plain, beginnings, isMarked: plain !== form, goesOn: false };
    });
    if (found.length) clauses.push({ words: found, isOpen: chunk !== undefined });
  }
  const last = clauses.at(-1);
  if (last?.isOpen && !/\s$/.test(query)) {
    const word = last.words.at(-1);
    word.goesOn = word.plain.length >= lettersToGoOn;
    const count = clauses.reduce((sum, clause) => sum + clause.words.length, 0);
    if (count > 1 && !word.tone && /^\p{L}$/u.test(word.plain)) last.words.pop();
    if (!last.words.length) clauses.pop();
  }
  let left = MOST_WORDS;
  for (const clause of clauses) {
    clause.words.length = Math.min(clause.words.length, left);
    clause.isMarked = clause.words.some((word) => word.isMarked);
    left -= clause.words.length;
  }
  return clauses.filter((clause) => clause.words.length);
};
