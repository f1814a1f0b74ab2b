// From what is asked in an address to all that the page shows of it: nothing here knows the page, so it works beside it.
import { filtered, groupsOf } from "./filter.js";
import { open } from "./index.js";
import { marked } from "./marks.js";
import { parsed } from "./words.js";

const SOON = 80; // ms: what bodies say is waited for so long before the rest is shown without
const BRIEFLY = 4; // results: what a phone shows at once
const LETTERS = 2, LETTERS_IN_BRIEF = 3; // that a word has to have to stand for all that begin with it, which are many for two
export const LENGTH = 180; // letters of an extract

/** Makes one that is asked, with the `turn` of the question, the `address` of the index, the sort of records if it is `only`
    one, how many results go on a page, and what is `asked`: the query of an address, or nothing yet, which is answered when
    the index is there. It tells answers with the turn; an earlier question gets none once there is a later one. What is told first may lack what only bodies say. Who
    is asked while somebody types is `brief`: a few results, no counts of values. */
export const answering = (tell) => {
  let opened, current;
  const opening = async (address, only) => {
    const index = await open(address);
    return { index, groups: groupsOf(index, only) };
  };
  return async ({ turn, address, only, perPage, asked, isBrief }) => {
    current = turn;
    try {
      opened ||= opening(address, only);
      opened.catch(() => (opened = undefined)); // to be asked for again
      const { index, groups } = await opened;
      if (turn !== current) return;
      if (asked === undefined) {
        tell({ turn });
        return;
      }
      const query = new URLSearchParams(asked);
      const clauses = parsed(query.get("q") || "", isBrief ? LETTERS_IN_BRIEF : LETTERS);
      const answer = async (result, isLast) => {
        const names = only || query.get("xep") === "ten" ? await index.piece(index.contents.names) : null;
        const most = isBrief ? BRIEFLY : pagesOf(query) * perPage;
        if (turn !== current) return;
        const { count, first, counts } = filtered(index, groups, result, { query, only, names, most });
        const shown = await Promise.all(first.map((record) => index.shown(record)));
        if (turn !== current) return;
        const results = shown.map((one) => resultOf(index, one, clauses, only));
        const facets = isBrief ? null : groups.map((group, which) => facetOf(group, counts[which], query.get(group.key)));
        tell({ turn, isLast, count, results, facets });
      };
      const deep = index.evaluated(clauses, true);
      deep.catch(() => {}); // told below
      const isSoon = await Promise.race([deep.then(() => true), new Promise((done) => setTimeout(done, SOON))]);
      if (!isSoon) await answer(await index.evaluated(clauses, false), false);
      await answer(await deep, true);
    } catch {
      if (asked !== undefined && turn === current) tell({ turn, hasFailed: true });
    }
  };
};

/** How many pages of results are shown, one below the other. */
const pagesOf = (query) => Math.max(1, Number.parseInt(query.get("trang"), 10) || 1);

const resultOf = (index, shown, clauses, only) => {
  const { record, address, line, cover, alt } = shown;
  const title = marked(shown.title, clauses), summary = marked(shown.summary, clauses, only ? Infinity : LENGTH);
  const [status, state] = index.tables.statuses[shown.status] || [];
  const [field, label] = index.tables.fields[index.fields[index.field[record]][0]] || [];
  const kicker = only ? [line, index.year[record]] : [index.tables.sorts[shown.sort][1], line, state];
  return {
    address, cover, alt, field, label, status, state,
    title: title.parts,
    summary: summary.parts,
    kicker: kicker.filter(Boolean).join(" · "),
    isElsewhere: clauses.length > 0 && !title.hits && !summary.hits, // what was asked for
  };
};

/** The values that there are, with their counts: what was chosen first, even where no record has it; places by their counts. */
const facetOf = (group, counts, chosen) => {
  const values = [...group.values].filter(([key, { place }]) => counts.get(place) || key === chosen);
  if (chosen && !group.values.has(chosen)) values.push([chosen, { label: chosen }]);
  if (group.key === "dia-ban") values.sort(([, a], [, b]) => (counts.get(b.place) || 0) - (counts.get(a.place) || 0) || a.place - b.place);
  values.sort(([one], [other]) => (other === chosen) - (one === chosen));
  return {
    key: group.key,
    label: group.label,
    values: values.map(([key, { label, place }]) => ({ key, label, count: counts.get(place) || 0, isChosen: key === chosen })),
  };
};
