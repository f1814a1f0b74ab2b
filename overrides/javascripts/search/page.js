// The page of search: what is asked stands in the address, so that it can be kept, sent and gone back to.
import { filtered, groupsOf } from "./filter.js";
import { open } from "./index.js";
import { parsed, plainOf, words } from "./words.js";

const root = document.querySelector("[data-index]");
const form = root.querySelector("form");
const field = form.elements.q;
const status = root.querySelector("[role=status]");
const list = root.querySelector("[data-results]");
const facets = root.querySelector("[data-facets]");
const ways = root.querySelector("[data-ways]");
const more = root.querySelector("[data-more]");
const address = new URL(root.dataset.index, location.href).href;
const site = new URL("..", address).href;

const only = root.dataset.only; // the sort of records that is asked for, where it is one: then they are shown as cards
const PER_PAGE = only ? 20 : 10, SHOWN_VALUES = 8, PAUSE = 120, SOON = 80, REST = 400, LENGTH = 180;
const format = new Intl.NumberFormat("vi");
const number = (value) => format.format(value);
const made = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

// --- what is asked ------------------------------------------------------------------------

const asked = () => new URLSearchParams(location.search);
const withChange = (change) => {
  const query = asked();
  for (const [key, value] of Object.entries(change)) {
    if (value) query.set(key, value);
    else query.delete(key);
  }
  const said = query.toString();
  return location.pathname + (said ? `?${said}` : "");
};

// --- what is shown -----------------------------------------------------------------------------

/** The text with the words of the query marked, from where the first of them stands where it is long. */
const marked = (text, clauses, length = Infinity) => {
  const sought = clauses.flatMap((clause) => clause.words);
  const isSought = (form) =>
    sought.some((word) => (word.goesOn && word.plain.length > 1 ? plainOf(form).startsWith(word.plain) : plainOf(form) === word.plain));
  const hits = words(text).filter(({ form: one }) => isSought(one));
  let start = 0;
  if (text.length > length && hits.length && hits[0].start > length / 2) start = text.lastIndexOf(" ", hits[0].start - length / 3) + 1;
  let end = text.length > start + length ? text.lastIndexOf(" ", start + length) : text.length;
  if (end <= start) end = text.length;
  const parts = [start ? "… " : ""];
  let at = start;
  for (const hit of hits.filter((one) => one.start >= start && one.end <= end)) {
    parts.push(text.slice(at, hit.start), made("mark", { textContent: text.slice(hit.start, hit.end) }));
    at = hit.end;
  }
  parts.push(text.slice(at, end), end < text.length ? " …" : "");
  return { parts, hits: new Set(hits.map(({ form: one }) => plainOf(one))).size };
};

/** A sentence of the page itself, where neither title nor summary says what was asked for. */
const fromBody = async (path, clauses) => {
  const text = await (await fetch(path)).text();
  const page = new DOMParser().parseFromString(text, "text/html");
  let best = { hits: 0 };
  for (const part of page.querySelectorAll(".portal-body :is(p, li, td, th, h2, h3, dd)")) {
    part.querySelectorAll(".portal-uses").forEach((note) => note.remove());
    const said = marked(part.textContent.replace(/\s+/g, " ").trim(), clauses, LENGTH);
    if (said.hits > best.hits) best = said;
  }
  return best.parts || [];
};

const resultOf = (index, shown, clauses) => {
  const to = site + shown.address.slice(1);
  const title = marked(shown.title, clauses), summary = marked(shown.summary, clauses, LENGTH);
  const [, label] = index.tables.sorts[shown.sort];
  const state = index.tables.statuses[shown.status];
  const said = [label, shown.line, state?.[1]].filter(Boolean).join(" · ");
  const item = made(
    "li",
    { className: "portal-result" },
    made("h3", {}, made("a", { href: to }, ...title.parts)),
    made("p", { className: "portal-kicker", textContent: said }),
    made("p", {}, ...summary.parts),
  );
  if (clauses.length && !title.hits && !summary.hits && shown.address.startsWith("/")) {
    // Who goes on typing wants no pages fetched for what is gone at once.
    setTimeout(async () => {
      const parts = item.isConnected ? await fromBody(to, clauses).catch(() => []) : [];
      if (parts.length) item.append(made("p", { className: "portal-extract" }, ...parts));
    }, REST);
  }
  return item;
};

/** As overrides/portal/card.html draws it. */
const cardOf = (index, shown, clauses) => {
  const to = site + shown.address.slice(1);
  const [field, label] = index.tables.fields[index.fields[index.field[shown.record]][0]] || [];
  const [status, said] = index.tables.statuses[shown.status] || [];
  const year = index.year[shown.record];
  const text = made(
    "div",
    { className: "portal-card__text" },
    ...(label ? [made("p", { className: "portal-card__field", textContent: label })] : []),
    made("p", { className: "portal-card__kicker", textContent: [shown.line, year || ""].filter(Boolean).join(" · ") }),
    made("h3", { className: "portal-card__title" }, made("a", { href: to }, ...marked(shown.title, clauses).parts)),
    made("p", { className: "portal-card__summary" }, ...marked(shown.summary, clauses).parts),
    ...(said ? [made("p", { className: "portal-card__status" }, made("span", { className: `portal-status portal-status--${status}`, textContent: said.toLowerCase() }))] : []),
  );
  const item = made("li", { className: `portal-card${field ? ` field--${field}` : ""}` });
  if (shown.cover) item.append(made("img", { className: "portal-card__cover", src: site + shown.cover.slice(1), alt: shown.alt, loading: "lazy" }));
  item.append(text);
  return item;
};

const facetOf = (group, counts, chosen) => {
  const order = [...group.values].filter(([key, { place }]) => counts.get(place) || key === chosen);
  if (group.key === "dia-ban") order.sort(([, a], [, b]) => (counts.get(b.place) || 0) - (counts.get(a.place) || 0) || a.place - b.place);
  if (!order.length) return "";
  order.sort(([one], [other]) => (other === chosen) - (one === chosen));
  const itemOf = ([key, { label, place }]) => {
    const isChosen = key === chosen;
    const link = made("a", { href: withChange({ [group.key]: isChosen ? "" : key, trang: "" }) }, label);
    if (isChosen) link.setAttribute("aria-current", "true");
    return made("li", {}, link, made("span", { className: "portal-count", textContent: ` (${number(counts.get(place) || 0)})` }));
  };
  const isLong = order.length > SHOWN_VALUES + 2;
  const shown = made("ul", {}, ...(isLong ? order.slice(0, SHOWN_VALUES) : order).map(itemOf));
  const box = made("section", {}, made("h3", { textContent: group.label }), shown);
  if (isLong) {
    const rest = made("details", {}, made("summary", { textContent: `Xem thêm ${number(order.length - SHOWN_VALUES)}` }));
    rest.addEventListener("toggle", () => rest.append(made("ul", {}, ...order.slice(SHOWN_VALUES).map(itemOf))), { once: true });
    box.append(rest);
  }
  return box;
};

const say = (text) => {
  if (status.textContent !== text) status.textContent = text;
};

const present = async (index, groups, result, query, turn) => {
  const clauses = parsed(query.get("q") || "");
  const names = only || query.get("xep") === "ten" ? await index.piece(index.contents.names) : null;
  if (turn !== current) return;
  const pages = Math.max(1, Number.parseInt(query.get("trang"), 10) || 1);
  const { count, first, counts } = filtered(index, groups, result, { query, only, names, most: pages * PER_PAGE });
  const shown = await Promise.all(first.map((record) => index.shown(record)));
  if (turn !== current) return;
  list.replaceChildren(...shown.map((one) => (only ? cardOf : resultOf)(index, one, clauses)));
  facets.replaceChildren(...groups.map((group, which) => facetOf(group, counts[which], query.get(group.key))));
  more.hidden = count <= shown.length;
  more.href = withChange({ trang: pages + 1 });
  more.textContent = `Xem thêm kết quả (còn ${number(count - shown.length)})`;
  ways.hidden = count === 0;
  for (const link of ways.querySelectorAll("a")) {
    link.href = withChange({ xep: link.dataset.order, trang: "" });
    if ((query.get("xep") || "") === link.dataset.order) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const what = query.get("q") ? ` cho “${query.get("q")}”` : "";
  say(count ? `Có ${number(count)} kết quả${what}.` : `Không có kết quả nào${what}. Hãy bớt từ, bỏ điều kiện lọc hoặc thử cách viết khác.`);
};

// --- from question to answer ---------------------------------------------------------------------

root.querySelector("[data-box]").open = matchMedia("(min-width: 60em)").matches;

let current = 0;
let opened;
const answer = async () => {
  const turn = ++current;
  const query = asked(), asking = location.search;
  const isEmpty = !(query.get("q") || "").trim() && !["loai", "dia-ban", "linh-vuc", "nam", "trang-thai"].some((key) => query.get(key));
  root.classList.toggle("is-asked", !isEmpty);
  if (isEmpty) {
    say("");
    for (const part of [list, facets]) part.replaceChildren();
    more.hidden = ways.hidden = true;
    return;
  }
  try {
    if (!opened) say("Đang tải chỉ mục…");
    opened ||= open(address);
    const index = await opened;
    const groups = (index.groups ||= groupsOf(index, only));
    const text = query.get("q") || "";
    const deep = index.evaluated(text, true);
    deep.catch(() => {}); // told below
    const isSoon = await Promise.race([deep.then(() => true), new Promise((done) => setTimeout(done, SOON))]);
    if (!isSoon) await present(index, groups, await index.evaluated(text, false), query, turn);
    await present(index, groups, await deep, query, turn);
    if (turn !== current) return;
    root.dataset.answered = asking; // for who waits
  } catch (fault) {
    if (turn !== current) return;
    opened = undefined;
    const again = made("button", { type: "button", className: "portal-button", textContent: "Thử lại" });
    again.addEventListener("click", answer);
    status.replaceChildren("Chưa tải được chỉ mục tìm kiếm; có thể mạng đang chậm. ", again);
  }
};

// Who goes into the field is about to ask.
field.addEventListener("focus", () => {
  opened ||= open(address);
  opened.catch(() => (opened = undefined)); // told when something is asked
});
if (document.activeElement === field) field.dispatchEvent(new Event("focus"));

let pause;
field.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => {
    history.replaceState(null, "", withChange({ q: field.value, trang: "" }));
    answer();
  }, PAUSE);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  history.pushState(null, "", withChange({ q: field.value, trang: "" }));
  answer();
});
root.addEventListener("click", (event) => {
  const link = event.target.closest("[data-facets] a, [data-ways] a, [data-more]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  answer();
});
const fromAddress = () => {
  field.value = asked().get("q") || "";
  answer();
};
addEventListener("popstate", fromAddress);
if (field.value && !asked().get("q")) field.dispatchEvent(new Event("input")); // typed before this was here
else fromAddress();
