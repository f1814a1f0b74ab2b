// The page of search: what is asked stands in the address, so that it can be kept, sent and gone back to.
import { cardOf, chosenOf, facetOf, made, number, resultOf, withMarks } from "./drawing.js";

const root = document.querySelector("[data-index]");
const form = root.querySelector("form");
const field = form.elements.q;
const status = root.querySelector("[role=status]");
status.tabIndex = -1;
const list = root.querySelector("[data-results]");
const box = root.querySelector("[data-box]");
const facets = root.querySelector("[data-facets]");
const chosen = root.querySelector("[data-chosen]");
const ways = root.querySelector("[data-ways]");
const more = root.querySelector("[data-more]");
const address = new URL(root.dataset.index, location.href).href;
const site = new URL("..", address).href;
const icons = new Map([...(root.querySelector("[data-icons]")?.content.children || [])].map((icon) => [icon.dataset.field, icon]));
const title = document.title;
const isWide = () => matchMedia("(min-width: 60em)").matches;

const only = root.dataset.only; // the sort of records that is asked for, where it is one: then they are shown as cards
const perPage = only ? 20 : 10;
const PAUSE = 120, REST = 400; // ms: after a keystroke until it is answered in brief, and then until it is in full
const SHORTEST = 2; // letters that are answered while somebody types
const CHOICES = ["loai", "dia-ban", "linh-vuc", "nam", "trang-thai", ...(only ? ["xep"] : [])]; // all models may be sorted, too

// --- what is asked ------------------------------------------------------------------------

const changed = (search, change) => {
  const query = new URLSearchParams(search);
  for (const [key, value] of Object.entries(change)) {
    if (value) query.set(key, value);
    else query.delete(key);
  }
  const said = query.toString();
  return said ? `?${said}` : "";
};
const typed = () => changed(location.search, { q: field.value, trang: "" });

// What is answered now. While somebody types it stands in no address yet: browsers let it be changed so many times a minute.
let search = "";
const linkTo = (key, value) => location.pathname + changed(search, { [key]: value, trang: "" });

// --- what is shown -----------------------------------------------------------------------------

/** A sentence of the page itself, where neither title nor summary says what was asked for. */
const fromBody = async (path, text) => {
  const [{ LENGTH, marked }, { parsed }] = await Promise.all([import("./marks.js"), import("./words.js")]);
  const clauses = parsed(text);
  const answer = await fetch(path);
  if (!answer.ok) return [];
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  page.querySelectorAll(".portal-uses, .footnote-ref").forEach((note) => note.remove());
  let best = { parts: [], found: new Set() };
  for (const part of page.querySelectorAll(".portal-body :is(p, li, td, th, h2, h3, h4, h5, h6, dt, dd, caption, figcaption)")) {
    const said = marked(part.textContent.replace(/\s+/g, " ").trim(), clauses, LENGTH);
    if (said.found.size > best.found.size) best = said;
  }
  return best.parts;
};

const extracts = new WeakMap(); // by result what its extract is to be made of, until it is
/** Fills an extract when it is about to be seen: a whole page is fetched for it. */
const watch = new IntersectionObserver((entries) => {
  for (const { target: item, isIntersecting } of entries) {
    const wanted = extracts.get(item);
    if (!isIntersecting || !wanted) continue;
    extracts.delete(item);
    watch.unobserve(item);
    fromBody(wanted.path, wanted.text).then((parts) => {
      const extract = item.querySelector(".portal-extract");
      if (parts.length) extract.replaceChildren(...withMarks(parts));
      else extract.remove();
    }, () => {});
  }
});

const say = (text) => {
  if (status.textContent !== text) status.textContent = text;
};

let drawn = []; // the results on the page, as text
/** Draws what is not there yet, so that what a reader has come to stays where it is. */
const drawResults = (results, text) => {
  // An extract is of what was asked.
  const wanted = results.map((result) => JSON.stringify([result, result.isElsewhere && text]));
  let same = 0;
  while (same < drawn.length && drawn[same] === wanted[same]) same++;
  while (list.children.length > same) list.lastElementChild.remove();
  for (const result of results.slice(same)) {
    const item = only ? cardOf(site, icons, result) : resultOf(site, result);
    list.append(item);
    if (!item.querySelector(".portal-extract")) continue;
    extracts.set(item, { path: site + result.address.slice(1), text });
    watch.observe(item);
  }
  drawn = wanted;
};

let waiting; // facets to be drawn when their box is opened
const drawFacets = () => {
  if (!waiting || !box.open) return;
  const choice = facets.contains(document.activeElement) ? document.activeElement.dataset.choice : null;
  const group = facets.contains(document.activeElement) ? document.activeElement.closest("section").dataset.group : null;
  const open = [...facets.querySelectorAll("section:has(details[open])")].map((section) => section.dataset.group);
  facets.replaceChildren(...waiting.filter(({ values }) => values.length).map((facet) => facetOf(facet, linkTo)));
  for (const key of open) facets.querySelector(`[data-group="${key}"] details`)?.setAttribute("open", "");
  const same = choice && facets.querySelector(`[data-choice="${CSS.escape(choice)}"]`);
  if (group) (same || facets.querySelector(`[data-group="${group}"] :is(summary, a)`) || box.firstElementChild).focus();
  waiting = undefined;
};

const drawChosen = (found) => {
  const hadFocus = chosen.contains(document.activeElement);
  const conditions = chosenOf(found, linkTo);
  chosen.replaceChildren(...conditions);
  chosen.hidden = !conditions.length;
  if (hadFocus) (chosen.querySelector("a") || status).focus();
};

const drawWays = (query) => {
  if (only) ways.querySelector("a").textContent = query.get("q") ? "phù hợp nhất" : "mới nhất";
  for (const link of ways.querySelectorAll("a")) {
    link.href = linkTo("xep", link.dataset.order);
    if ((query.get("xep") || "") === link.dataset.order) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
};

/** What else leads on from the results; what stands above them is there with the first of them, so that none moves. */
const drawRest = ({ count, results, facets: found, isLast }, query) => {
  drawChosen(found);
  ways.hidden = count === 0;
  drawWays(query);
  if (!isLast) return;
  waiting = found;
  drawFacets();
  more.hidden = count <= results.length;
  more.href = location.pathname + changed(search, { trang: Math.ceil(results.length / perPage) + 1 });
  more.textContent = `Xem thêm kết quả (còn ${number(count - results.length)})`;
};

const sentence = ({ count, facets: found, isPartial, isWordless, isCut }, text) => {
  if (isWordless) return "Hãy gõ ít nhất một chữ cái hoặc chữ số.";
  const what = text ? ` cho “${text}”` : "", things = only ? "mô hình" : "kết quả";
  const isNarrowed = found.some(({ values }) => values.some(({ isChosen }) => isChosen));
  const advice = isNarrowed ? "Hãy bỏ điều kiện lọc, bớt từ hoặc thử cách viết khác." : "Hãy bớt từ hoặc thử cách viết khác.";
  const said = count ? `Có ${number(count)} ${things}${what}.` : `Không có ${things} nào${what}. ${advice}`;
  const cut = isCut ? " Nội dung tìm quá dài nên cổng chỉ tìm theo những từ đầu." : "";
  return said + cut + (isPartial ? " Chưa tìm được trong nội dung bài, có thể do mạng chậm." : "");
};

/** Who types on, or waits, is told nothing that the next moment takes back: no count, and not that there is nothing. */
const draw = (answer) => {
  const { results, facets: found, isLast } = answer;
  const query = new URLSearchParams(search), text = (query.get("q") || "").trim();
  const isWhole = found && isLast;
  if (isWhole || results.length) {
    drawResults(results, text);
    if (found) drawRest(answer, query);
  }
  if (isWhole) {
    say(sentence(answer, text));
  } else if (found) say("Đang tìm trong nội dung bài…");
  else if (results.length) say("");
};

// --- from question to answer ---------------------------------------------------------------------

let turn = 0, isOpen = false;
let afterwards; // to be done when the answer to the last question is drawn

const drawFailure = ({ isOutdated }) => {
  drawResults([]);
  more.hidden = ways.hidden = true;
  const again = made("button", { type: "button", className: "portal-button", textContent: isOutdated ? "Tải lại trang" : "Thử lại" });
  again.addEventListener("click", () => (isOutdated ? location.reload() : (status.focus(), ask(search))));
  const why = isOutdated ? "Cổng vừa được cập nhật. " : "Chưa tải được dữ liệu tìm kiếm; có thể mạng đang chậm. ";
  status.replaceChildren(why, again);
};

const told = (answer) => {
  isOpen = !answer.hasFailed;
  if (isOpen) root.dataset.ready = ""; // this and what follows is for who waits
  if (answer.turn !== turn) return;
  if (answer.hasFailed) drawFailure(answer);
  else if (answer.results) {
    draw(answer);
    if (!answer.isLast) return;
    if (!answer.facets) root.dataset.begun = search;
    else root.dataset.answered = location.search;
    if (answer.facets) {
      afterwards?.();
      afterwards = undefined;
    }
  }
};

/** One that answers beside the page, or, where the browser has none such, in it. */
const answerer = () => {
  let last, inPage;
  const answerInPage = async () => {
    inPage ||= import("./answers.js").then((module) => module.answering(told));
    const answer = await inPage.catch(() => (inPage = undefined)); // to be asked for again
    if (answer) answer(last);
    else if (last.asked !== undefined) told({ turn: last.turn, hasFailed: true });
  };
  let answer;
  try {
    const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }) => told(data);
    worker.onerror = () => {
      answer = answerInPage;
      answerInPage();
    };
    answer = () => worker.postMessage(last);
  } catch {
    answer = answerInPage;
  }
  return (question) => {
    last = question;
    answer();
  };
};
const answer = answerer();

const isEmpty = (query) => !(query.get("q") || "").trim() && !CHOICES.some((key) => query.get(key));

const ask = (asked, { isBrief = false, then } = {}) => {
  turn++;
  afterwards = then;
  search = asked;
  const query = new URLSearchParams(search), text = (query.get("q") || "").trim();
  const nothing = isEmpty(query);
  root.classList.toggle("is-asked", !nothing);
  if (!isBrief) document.title = text ? `${text} – ${title}` : title;
  if (nothing) {
    document.documentElement.classList.remove("asks"); // as the address had it
    say("");
    waiting = undefined;
    drawResults([]);
    facets.replaceChildren();
    more.hidden = ways.hidden = chosen.hidden = true;
    return;
  }
  if (isBrief && text.length < SHORTEST) return;
  if (!isOpen) say("Đang tải dữ liệu tìm kiếm…");
  answer({ turn, address, only, perPage, isBrief, asked });
};

// Headings of what only a script shows, above those of its groups and results.
for (const part of [box.parentElement, list.parentElement]) {
  part.prepend(made("h2", { className: "portal-unseen", textContent: part.getAttribute("aria-label") }));
}
box.open = isWide();
box.addEventListener("toggle", drawFacets);
answer({ turn, address, only }); // who came here is about to ask

let pause;
let isTyping = false; // what was typed last stands in the address by itself
/** Answers an address in full, and goes there if it is another. */
const goTo = (to, { isOver = false, then } = {}) => {
  clearTimeout(pause);
  pause = undefined;
  if (to !== changed(location.search, {})) history[isOver ? "replaceState" : "pushState"](null, "", to || location.pathname);
  ask(to, { then });
};
field.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => {
    ask(typed(), { isBrief: true });
    pause = setTimeout(() => {
      goTo(typed(), { isOver: isTyping });
      isTyping = true;
    }, REST);
  }, PAUSE);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (matchMedia("(pointer: coarse)").matches) field.blur(); // or its keyboard lies over the results
  goTo(typed(), { isOver: isTyping });
  isTyping = false;
});
root.addEventListener("click", (event) => {
  const link = event.target.closest("[data-facets] a, [data-chosen] a, [data-ways] a, [data-more]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  isTyping = false;
  // The link may be older than what stands in the field.
  const query = new URL(link.href).searchParams;
  const to = changed(query, { q: field.value, ...((query.get("q") || "") === field.value ? {} : { trang: "" }) });
  const count = list.children.length;
  let then;
  if (link === more) then = () => list.children[count]?.querySelector("a").focus({ preventScroll: true });
  else if (!isWide()) {
    if (facets.contains(link)) box.firstElementChild.focus();
    box.open = false;
    then = () => status.scrollIntoView({ block: "nearest" });
  }
  goTo(to, { then });
});
const fromAddress = ({ then } = {}) => {
  clearTimeout(pause);
  pause = undefined;
  isTyping = false;
  field.value = new URLSearchParams(location.search).get("q") || "";
  ask(changed(location.search, {}), { then });
};
addEventListener("popstate", () => changed(location.search, {}) !== search && fromAddress());
// Who goes to a result, and back, finds what was asked and where it was.
addEventListener("pagehide", () => history.replaceState({ top: scrollY }, "", (pause ? typed() : location.search) || location.pathname));
if (field.value !== (new URLSearchParams(location.search).get("q") || "")) field.dispatchEvent(new Event("input")); // typed before this was here
else fromAddress({ then: () => history.state?.top && scrollTo(0, history.state.top) });
