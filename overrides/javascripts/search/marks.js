// The words of a query where they stand in a text.
import { plainOf, words } from "./words.js";

/** The text in parts, each with whether the query says it; where it is longer, `length` of it from about the first word that
    is sought. With it how many different words were found. */
export const marked = (text, clauses, length = Infinity) => {
  const sought = clauses.flatMap((clause) => clause.words);
  const isSought = (form) => sought.some(({ goesOn, plain }) => (goesOn ? plainOf(form).startsWith(plain) : plainOf(form) === plain));
  const hits = sought.length ? words(text).filter(({ form }) => isSought(form)) : [];
  let start = 0;
  if (text.length > length && hits.length && hits[0].start > length / 2) start = text.lastIndexOf(" ", hits[0].start - length / 3) + 1;
  let end = text.length > start + length ? text.lastIndexOf(" ", start + length) : text.length;
  if (end <= start) end = text.length;
  const parts = start ? [["… ", false]] : [];
  let at = start;
  for (const hit of hits.filter((one) => one.start >= start && one.end <= end)) {
    parts.push([text.slice(at, hit.start), false], [text.slice(hit.start, hit.end), true]);
    at = hit.end;
  }
  parts.push([text.slice(at, end) + (end < text.length ? " …" : ""), false]);
  return { parts: parts.filter(([said]) => said), hits: new Set(hits.map(({ form }) => plainOf(form))).size };
};
