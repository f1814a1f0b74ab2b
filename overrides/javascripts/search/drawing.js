// What the page shows of an answer. Addresses and texts come from the index, and are set as such, never as HTML.

const SHOWN_VALUES = 8, MORE_VALUES = 100;
const format = new Intl.NumberFormat("vi");
export const number = (value) => format.format(value);

export const made = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

/** The parts of a text, those that were asked for marked. */
export const withMarks = (parts) => parts.map(([text, isHit]) => (isHit ? made("mark", { textContent: text }) : text));

/** Where a result lies that says no word of it itself. */
const withinOf = ({ within }) => (within.length ? [made("p", { className: "portal-line" }, ...withMarks(within))] : []);

export const resultOf = (site, result) =>
  made(
    "li",
    { className: "portal-result" },
    made("h3", {}, made("a", { href: site + result.address.slice(1) }, ...withMarks(result.title))),
    made("p", { className: "portal-line" }, ...withMarks(result.kicker)),
    made("p", {}, ...withMarks(result.summary)),
    ...withinOf(result),
    ...(result.isElsewhere ? [made("p", { className: "portal-extract" })] : []), // room for what the page itself says
  );

/** As `cover_html` in hooks/portal/picture_markup.py makes it: a drawing is one file, with its suffix. */
const coverOf = (address, alt) => {
  const isDrawing = address.split("/").pop().includes(".");
  const sources = isDrawing ? [] : [made("source", { type: "image/webp", srcset: `${address}.webp` })];
  const picture = made("img", { src: isDrawing ? address : `${address}.jpg`, alt, width: 480, height: 320, loading: "lazy", decoding: "async" });
  return made("picture", { className: "portal-card__cover" }, ...sources, picture);
};

/** As overrides/portal/card.html draws it; `icons` are of the fields, by slug. */
export const cardOf = (site, icons, result) => {
  const { address, title, summary, kicker, field, label, status, state, cover, alt } = result;
  const text = made(
    "div",
    { className: "portal-card__text" },
    ...(label ? [made("p", { className: "portal-card__field" }, ...(icons.get(field)?.cloneNode(true).childNodes || []), label)] : []),
    made("p", { className: "portal-card__kicker" }, ...withMarks(kicker)),
    made("h3", { className: "portal-card__title" }, made("a", { href: site + address.slice(1) }, ...withMarks(title))),
    made("p", { className: "portal-card__summary" }, ...withMarks(summary)),
    ...withinOf(result),
    ...(state ? [made("p", { className: "portal-card__status" }, made("span", { className: `portal-status portal-status--${status}`, textContent: state.toLowerCase() }))] : []),
  );
  const item = made("li", { className: `portal-card${field ? ` field--${field}` : ""}` });
  if (cover) item.append(coverOf(site + cover.slice(1), alt));
  item.append(text);
  return item;
};

/** The values of a group, of many the rest behind a button, so many at a time. `linkTo` gives the address with a value in a
    key. */
export const facetOf = ({ key, label, values }, linkTo) => {
  const itemOf = (value) => {
    const link = made("a", { href: linkTo(key, value.isChosen ? "" : value.key) }, value.label);
    link.dataset.choice = `${key}=${value.key}`;
    if (value.isChosen) link.setAttribute("aria-current", "true");
    return made("li", {}, link, made("span", { className: "portal-count", textContent: ` (${number(value.count)})` }));
  };
  const listOf = (some, most) => {
    const parts = [made("ul", {}, ...some.slice(0, most).map(itemOf))];
    if (some.length > most) {
      const rest = made("details", {}, made("summary", { textContent: `Xem thêm ${number(some.length - most)} mục` }));
      rest.addEventListener("toggle", () => rest.append(...listOf(some.slice(most), MORE_VALUES)), { once: true });
      parts.push(rest);
    }
    return parts;
  };
  const isLong = values.length > SHOWN_VALUES + 2;
  const box = made("section", {}, made("h3", { textContent: label }), ...listOf(values, isLong ? SHOWN_VALUES : values.length));
  box.dataset.group = key;
  return box;
};

/** What was chosen, each with a way to take it back. */
export const chosenOf = (facets, linkTo) =>
  facets.flatMap(({ key, label, values }) =>
    values
      .filter(({ isChosen }) => isChosen)
      .map((value) => {
        const said = `${label}: ${value.label}`;
        return made("li", {}, made("a", { href: linkTo(key, ""), ariaLabel: `Bỏ điều kiện ${said}` }, said));
      }),
  );
