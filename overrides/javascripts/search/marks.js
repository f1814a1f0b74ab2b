// The words of a query where they stand in a text.
import { plainOf, words } from "./words.js";

export const LENGTH = 180; // letters of an extract

/** Whether a text's word is one that is sought. */
const isMeant = ({ goesOn, plain, beginnings }, form) => {
  const said = plainOf(form);
  return said === plain || (goesOn && beginnings.some((one) => said.startsWith(one.plain)));
};

/** The text in parts, each with whether the query says it; where it is longer, `length` of it from about the first word that
    is sought. With it the words of the query that stand in these parts. */
export const marked = (text, clauses, length = Infinity) => {
  const sought = clauses.flatMap((clause) => clause.words);
  const hits = sought.length ? words(text).filter(({ form }) => sought.some((word) => isMeant(word, form))) : [];
  let start = 0;
  if (text.length > length && hits.length && hits[0].start > length / 2) start = text.lastIndexOf(" ", hits[0].start - length / 3) + 1;
  let end = text.length > start + length ? text.lastIndexOf(" ", start + length) : text.length;
  if (end <= start) end = text.length;
  const parts = start ? [["… ", false]] : [];
  const found = new Set();
  let at = start;
  for (const hit of hits.filter((one) => one.start >= start && one.end <= end)) {
    for (const word of sought) if (isMeant(word, hit.form)) found.add(word);
    parts.push([text.slice(at, hit.start), false], [text.slice(hit.start, hit.end), true]);
    at = hit.end;
  }
  parts.push([text.slice(at, end) + (end < text.length ? " …" : ""), false]);
  return { parts: parts.filter(([said]) => said), found };
};
