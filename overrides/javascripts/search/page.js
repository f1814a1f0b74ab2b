// The page of search: what is asked stands in the address, so that it can be kept, sent and gone back to.
import { cardOf, chosenOf, facetOf, made, number, resultOf, withMarks } from "./drawing.js";

const root = document.querySelector("[data-index]");
const form = root.querySelector("form");
const field = form.elements.q;
const status = root.querySelector("[role=status]");
const list = root.querySelector("[data-results]");
const box = root.querySelector("[data-box]");
const facets = root.querySelector("[data-facets]");
const chosen = root.querySelector("[data-chosen]");
const ways = root.querySelector("[data-ways]");
const more = root.querySelector("[data-more]");
const address = new URL(root.dataset.index, location.href).href;
const site = new URL("..", address).href;

const icons = new Map([...(root.querySelector("[data-icons]")?.content.children || [])].map((icon) => [icon.dataset.field, icon]));

const only = root.dataset.only; // the sort of records that is asked for, where it is one: then they are shown as cards
const perPage = only ? 20 : 10;
const PAUSE = 120, REST = 400; // ms: after a keystroke until it is answered in brief, and then until it is in full
const SHORTEST = 2; // letters that are answered while somebody types
const CHOICES = ["loai", "dia-ban", "linh-vuc", "nam", "trang-thai"];

// --- what is asked ------------------------------------------------------------------------

const changed = (search, change) => {
  const query = new URLSearchParams(search);
  for (const [key, value] of Object.entries(change)) {
    if (value) query.set(key, value);
    else query.delete(key);
  }
  return query.size === 0 ? "" : `?${query}`;
};
const typed = () => changed(location.search, { q: field.value, trang: "" });

// What is answered now. While somebody types it stands in no address yet: browsers let it be changed so many times a minute.
let search = "";
const linkTo = (key, value) => location.pathname + changed(search, { [key]: value, trang: "" });

// --- what is shown -----------------------------------------------------------------------------

/** A sentence of the page itself, where neither title nor summary says what was asked for. */
const fromBody = async (path, text) => {
  const [{ marked }, { parsed }, { LENGTH }] = await Promise.all(["marks", "words", "answers"].map((name) => import(`./${name}.js`)));
  const clauses = parsed(text);
  const page = new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html");
  let best = { hits: 0 };
  for (const part of page.querySelectorAll(".portal-body :is(p, li, td, th, h2, h3, dd)")) {
    part.querySelectorAll(".portal-uses").forEach((note) => note.remove());
    const said = marked(part.textContent.replace(/\s+/g, " ").trim(), clauses, LENGTH);
    if (said.hits > best.hits) best = said;
  }
  return best.parts || [];
};

const extend = async (item, result, text) => {
  const parts = await fromBody(site + result.address.slice(1), text).catch(() => []);
  if (parts.length) item.append(made("p", { className: "portal-extract" }, ...withMarks(parts)));
};

const say = (text) => {
  if (status.textContent !== text) status.textContent = text;
};

let drawn = []; // the results on the page, as text
/** Draws what is not there yet, so that what a reader has come to stays where it is. */
const drawResults = (results) => {
  const wanted = results.map((result) => JSON.stringify(result));
  let same = 0;
  while (same < drawn.length && drawn[same] === wanted[same]) same++;
  while (list.children.length > same) list.lastElementChild.remove();
  list.append(...results.slice(same).map((result) => (only ? cardOf(site, icons, result) : resultOf(site, result))));
  drawn = wanted;
};

let waiting; // facets to be drawn when their box is opened
const drawFacets = () => {
  if (!waiting || !box.open) return;
  facets.replaceChildren(...waiting.filter(({ values }) => values.length).map((facet) => facetOf(facet, linkTo)));
  waiting = undefined;
};

const drawWays = (query) => {
  for (const link of ways.querySelectorAll("a")) {
    link.href = linkTo("xep", link.dataset.order);
    if ((query.get("xep") || "") === link.dataset.order) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
};

/** All that leads on from the results. */
const drawRest = ({ count, results, facets: found }, query) => {
  const text = query.get("q") || "";
  if (!only) results.forEach((result, at) => result.isElsewhere && !list.children[at].querySelector(".portal-extract") && extend(list.children[at], result, text));
  waiting = found;
  drawFacets();
  const conditions = chosenOf(found, linkTo);
  chosen.replaceChildren(...conditions);
  chosen.hidden = !conditions.length;
  more.hidden = count <= results.length;
  more.href = location.pathname + changed(search, { trang: Math.ceil(results.length / perPage) + 1 });
  more.textContent = `Xem thêm kết quả (còn ${number(count - results.length)})`;
  ways.hidden = count === 0;
  drawWays(query);
};

const draw = (answer) => {
  const { count, results, facets: found } = answer;
  const query = new URLSearchParams(search);
  drawResults(results);
  if (found) drawRest(answer, query);
  const what = query.get("q") ? ` cho “${query.get("q")}”` : "";
  say(count ? `Có ${number(count)} kết quả${what}.` : `Không có kết quả nào${what}. Hãy bớt từ, bỏ điều kiện lọc hoặc thử cách viết khác.`);
};

// --- from question to answer ---------------------------------------------------------------------

let turn = 0, isOpen = false;
const told = (answer) => {
  isOpen = !answer.hasFailed;
  if (isOpen) root.dataset.ready = ""; // this and what follows is for who waits
  if (answer.turn !== turn) return;
  if (answer.hasFailed) {
    const again = made("button", { type: "button", className: "portal-button", textContent: "Thử lại" });
    again.addEventListener("click", () => ask(search));
    status.replaceChildren("Chưa tải được chỉ mục tìm kiếm; có thể mạng đang chậm. ", again);
  } else if (answer.results) {
    draw(answer);
    if (answer.isLast) root.dataset[answer.facets ? "answered" : "begun"] = search;
  }
};

/** One that answers beside the page, or, where the browser has none such, in it. */
const answerer = () => {
  let last;
  let answer = (question) => worker.postMessage(question);
  const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => told(data);
  worker.onerror = async () => {
    answer = () => {};
    const module = await import("./answers.js").catch(() => null);
    answer = module ? module.answering(told) : ({ turn }) => told({ turn, hasFailed: true });
    answer(last);
  };
  return (question) => answer((last = question));
};
const answer = answerer();

const isEmpty = (query) => !(query.get("q") || "").trim() && !CHOICES.some((key) => query.get(key));

const ask = (asked, isBrief = false) => {
  turn++;
  search = asked;
  const query = new URLSearchParams(search);
  const nothing = isEmpty(query);
  root.classList.toggle("is-asked", !nothing);
  if (nothing) {
    say("");
    waiting = undefined;
    drawResults([]);
    facets.replaceChildren();
    more.hidden = ways.hidden = chosen.hidden = true;
    return;
  }
  if (isBrief && query.get("q").trim().length < SHORTEST) return;
  if (!isOpen) say("Đang tải chỉ mục…");
  answer({ turn, address, only, perPage, isBrief, asked });
};

box.open = matchMedia("(min-width: 60em)").matches;
box.addEventListener("toggle", drawFacets);
answer({ turn, address, only }); // who came here is about to ask

let pause;
const goTo = (how, to) => {
  clearTimeout(pause);
  history[how](null, "", to || location.pathname);
  ask(location.search);
};
const rest = () => goTo("replaceState", typed());
field.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => {
    ask(typed(), true);
    pause = setTimeout(rest, REST);
  }, PAUSE);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  goTo("pushState", typed());
});
root.addEventListener("click", (event) => {
  const link = event.target.closest("[data-facets] a, [data-chosen] a, [data-ways] a, [data-more]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  goTo("pushState", link.href);
});
const fromAddress = () => {
  clearTimeout(pause);
  field.value = new URLSearchParams(location.search).get("q") || "";
  ask(location.search);
};
addEventListener("popstate", fromAddress);
if (field.value && !new URLSearchParams(location.search).get("q")) field.dispatchEvent(new Event("input")); // typed before this was here
else fromAddress();
