// From what is asked in an address to all that the page shows of it: nothing here knows the page, so it works beside it.
import { filtered, groupsOf } from "./filter.js";
import { open } from "./index.js";
import { LENGTH, marked } from "./marks.js";
import { MOST_WORDS, parsed, words } from "./words.js";

const BRIEFLY = 4; // results: what a phone shows at once
const DRAWN = 50; // ms in which a page draws what was found first, before bodies are fetched beside it
const MOST_PAGES = 50; // of results, one below the other
const LETTERS_IN_BRIEF = 3; // that a word has to have there to stand for all that begin with it, which are many for two

/** Makes one that is asked, with the `turn` of the question, the `address` of the index, the one sort of records to be found
    (`only`; without it all are), how many results go on a page (`perPage`), and what is `asked`: the query of an address, or
    nothing yet, which is answered when the index is there. While somebody types, `isBrief`: a few results, no counts of values,
    and bodies are looked at only where nothing else is found.

    It tells answers with the turn; an earlier question gets none once there is a later one. The first may be of a few results
    and lack what only bodies say, so that it needs little of the index; the last one `isLast`. Where bodies could not be read it `isPartial`. */
export const answering = (tell) => {
  let opened, current;
  const opening = async (address, only) => {
    const index = await open(address);
    return { index, groups: groupsOf(index, only) };
  };
  return async ({ turn, address, only, perPage, asked, isBrief }) => {
    current = turn;
    const isLate = () => turn !== current;
    try {
      opened ||= opening(address, only);
      const { index, groups } = await opened;
      if (isLate()) return;
      if (asked === undefined) {
        tell({ turn });
        return;
      }
      const query = new URLSearchParams(asked), text = query.get("q") || "";
      const clauses = parsed(text, isBrief ? LETTERS_IN_BRIEF : undefined);
      const isWordless = text.trim() !== "" && !clauses.length;
      const isCut = words(text).length > MOST_WORDS;
      const answer = async (result, isWhole, isPartial = false) => {
        const names = only ? await index.piece(index.contents.names) : null;
        const most = isBrief || !isWhole ? BRIEFLY : pagesOf(query) * perPage;
        const { count, first, counts } = filtered(index, groups, result, { query, only, names, most });
        const shown = await Promise.all(first.map((record) => index.shown(record)));
        if (isLate()) return count;
        const results = shown.map((one) => resultOf(index, one, clauses, result, only));
        const facets = isBrief ? null : groups.map((group, which) => facetOf(group, counts[which], query.get(group.key)));
        const isLast = isWhole || (isBrief && count > 0);
        tell({ turn, isLast, isPartial, count, results, facets, isWordless, isCut });
        return count;
      };
      if (isWordless || !clauses.length) {
        await answer(isWordless ? index.nothing() : await index.evaluated(clauses, false), true);
        return;
      }
      let first, count = 0;
      if (!index.hasBodies(clauses)) {
        first = await index.evaluated(clauses, false);
        count = await answer(first, false);
        if (isBrief && count) return;
        await new Promise((done) => setTimeout(done, DRAWN));
        if (isLate()) return;
      }
      const whole = await index.evaluated(clauses, true).catch(() => null);
      if (!whole) opened = undefined; // as below
      if (first && !count && whole && !isBrief) await answer(whole, false);
      await answer(whole || first || (await index.evaluated(clauses, false)), true, !whole);
    } catch (fault) {
      opened = undefined; // to be asked for again: a site that was published anew has other pieces
      if (asked !== undefined && !isLate()) tell({ turn, hasFailed: true, isOutdated: fault.name === "Outdated" });
    }
  };
};

const LABELS = { places: "Địa bàn", fields: "Lĩnh vực" };

const pagesOf = (query) => Math.min(MOST_PAGES, Math.max(1, Number.parseInt(query.get("trang"), 10) || 1));

const resultOf = (index, shown, clauses, { bodies }, only) => {
  const { record, address, cover, alt } = shown;
  const [status, state] = index.tables.statuses[shown.status] || [];
  const [field, label] = index.tables.fields[index.fields[index.field[record]][0]] || [];
  const [sort, kind] = index.tables.sorts[shown.sort], year = sort === "model" && index.year[record];
  const said = only ? [shown.line, year] : [kind, shown.line, year, state];
  const title = marked(shown.title, clauses);
  const kicker = marked(said.filter(Boolean).join(" · "), clauses);
  const summary = marked(shown.summary, clauses, only ? Infinity : LENGTH);
  const seen = new Set([...title.found, ...kicker.found, ...summary.found]);
  const unseen = clauses.map((clause, which) => ({ clause, which })).filter(({ clause }) => clause.words.some((word) => !seen.has(word)));
  const names = index.namesWith(record, unseen.map(({ clause }) => clause));
  const within = names.filter((name) => !only || name.label !== label); // a card shows its field
  return {
    address, cover, alt, field, label, status, state,
    title: title.parts,
    kicker: kicker.parts,
    summary: summary.parts,
    within: marked(within.map((name) => `${LABELS[name.kind]}: ${name.label}`).join(" · "), clauses).parts,
    isElsewhere: unseen.some(({ which }) => bodies[which]?.[record]), // only the body says it
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
