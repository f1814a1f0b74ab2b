// What is left of the records that match by what was chosen in the address, and how often each value is among them.
import { firstOf } from "./index.js";

/** The groups of values, each with its key in the address and the words of its values. A record has the value in the column,
    or those of the set whose number stands there. */
export const groupsOf = (index, only) => {
  const named = (pairs) => new Map(pairs.map(([key, label], place) => [key, { label, place }]));
  const years = [...new Set(index.year)].filter(Boolean).sort((a, b) => b - a);
  const { sorts, places, fields, statuses } = index.tables;
  const groups = [
    { key: "loai", label: "Loại", values: named(sorts), column: index.sort },
    { key: "dia-ban", label: "Địa bàn", values: named(places), column: index.place, sets: index.places },
    { key: "linh-vuc", label: "Lĩnh vực", values: named(fields), column: index.field, sets: index.fields },
    { key: "nam", label: "Năm", values: new Map(years.map((year) => [`${year}`, { label: `${year}`, place: year }])), column: index.year },
    { key: "trang-thai", label: "Trạng thái", values: named(statuses), column: index.status },
  ];
  for (const group of groups) group.size = group.sets ? group.sets.length : Math.max(0, ...new Set(group.column)) + 1;
  return only ? groups.slice(1) : groups;
};

const NO_PLACE = -2; // of a value that no record has; -1 is none

/** Whether the value of a column is or holds what was chosen, by value. */
const holds = ({ sets }, place) => (sets ? sets.map((set) => set.includes(place)) : null);

/** How many records each value would leave, by its place, from how often each value of the column was counted. */
const counted = ({ sets }, tally) => {
  const counts = new Map();
  tally.forEach((count, value) => {
    if (!count) return;
    for (const place of sets ? sets[value] : [value]) counts.set(place, (counts.get(place) || 0) + count);
  });
  return counts;
};

/** How many records match and have what was chosen, the first `most` of them in the order that is asked for, and for each
    group how many each of its values would leave. `query` is that of the address, `only` the sort of records that is asked
    for, `names` the place of each among names. */
export const filtered = (index, groups, result, { query, only, names, most }) => {
  const { points } = result;
  const chosen = groups.map((group) => {
    const key = query.get(group.key);
    if (!key) return null;
    const place = group.values.get(key)?.place ?? NO_PLACE;
    return { place, inSet: holds(group, place) };
  });
  const sort = index.tables.sorts.findIndex(([key]) => key === only);
  const tallies = groups.map(({ size }) => new Uint32Array(size));
  const records = [];
  for (let record = 0; record < index.count; record++) {
    if (points[record] < 0 || (only && index.sort[record] !== sort)) continue;
    let missed = -1, misses = 0;
    for (let which = 0; which < groups.length; which++) {
      const choice = chosen[which];
      if (!choice) continue;
      const value = groups[which].column[record];
      if (choice.inSet ? !choice.inSet[value] : value !== choice.place) {
        missed = which;
        misses++;
      }
    }
    if (misses > 1) continue;
    for (let which = 0; which < groups.length; which++) {
      const value = groups[which].column[record];
      if ((!misses || missed === which) && value >= 0) tallies[which][value]++;
    }
    if (!misses) records.push(record);
  }
  const byName = (a, b) => (names ? names[a] - names[b] : a - b);
  const byDay = (a, b) => index.day[b] - index.day[a] || byName(a, b);
  const byStatus = (a, b) => index.status[a] - index.status[b] || byName(a, b);
  const orders = new Map([["ngay", byDay], ...(only ? [["ten", byName], ["trang-thai", byStatus]] : [])]);
  const order = orders.get(query.get("xep")) || index.byWorth(result, byName);
  return { count: records.length, first: firstOf(records, order, most), counts: groups.map((group, which) => counted(group, tallies[which])) };
};
