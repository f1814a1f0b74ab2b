// What the page shows of an answer. Addresses and texts come from the index, and are set as such, never as HTML.

const SHOWN_VALUES = 8;
const format = new Intl.NumberFormat("vi");
export const number = (value) => format.format(value);

export const made = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

/** The parts of a text, those that were asked for marked. */
export const withMarks = (parts) => parts.map(([text, isHit]) => (isHit ? made("mark", { textContent: text }) : text));

export const resultOf = (site, result) =>
  made(
    "li",
    { className: "portal-result" },
    made("h3", {}, made("a", { href: site + result.address.slice(1) }, ...withMarks(result.title))),
    made("p", { className: "portal-kicker", textContent: result.kicker }),
    made("p", {}, ...withMarks(result.summary)),
  );

/** As overrides/portal/card.html draws it; `icons` are of the fields, by slug. */
export const cardOf = (site, icons, { address, title, summary, kicker, field, label, status, state, cover, alt }) => {
  const text = made(
    "div",
    { className: "portal-card__text" },
    ...(label ? [made("p", { className: "portal-card__field" }, ...(icons.get(field)?.cloneNode(true).childNodes || []), label)] : []),
    made("p", { className: "portal-card__kicker", textContent: kicker }),
    made("h3", { className: "portal-card__title" }, made("a", { href: site + address.slice(1) }, ...withMarks(title))),
    made("p", { className: "portal-card__summary" }, ...withMarks(summary)),
    ...(state ? [made("p", { className: "portal-card__status" }, made("span", { className: `portal-status portal-status--${status}`, textContent: state.toLowerCase() }))] : []),
  );
  const item = made("li", { className: `portal-card${field ? ` field--${field}` : ""}` });
  if (cover) item.append(made("img", { className: "portal-card__cover", src: site + cover.slice(1), alt, loading: "lazy" }));
  item.append(text);
  return item;
};

/** The values of a group, the rest of many behind a button. `linkTo` gives the address with a value in a key. */
export const facetOf = ({ key, label, values }, linkTo) => {
  const itemOf = (value) => {
    const link = made("a", { href: linkTo(key, value.isChosen ? "" : value.key) }, value.label);
    if (value.isChosen) link.setAttribute("aria-current", "true");
    return made("li", {}, link, made("span", { className: "portal-count", textContent: ` (${number(value.count)})` }));
  };
  const isLong = values.length > SHOWN_VALUES + 2;
  const shown = made("ul", {}, ...(isLong ? values.slice(0, SHOWN_VALUES) : values).map(itemOf));
  const box = made("section", {}, made("h3", { textContent: label }), shown);
  if (isLong) {
    const rest = made("details", {}, made("summary", { textContent: `Xem thêm ${number(values.length - SHOWN_VALUES)}` }));
    rest.addEventListener("toggle", () => rest.append(made("ul", {}, ...values.slice(SHOWN_VALUES).map(itemOf))), { once: true });
    box.append(rest);
  }
  return box;
};

/** What was chosen, each with a way to take it back. */
export const chosenOf = (facets, linkTo) =>
  facets.flatMap(({ key, label, values }) =>
    values
      .filter(({ isChosen }) => isChosen)
      .map((value) => made("li", {}, made("a", { href: linkTo(key, ""), title: "Bỏ điều kiện này" }, `${label}: ${value.label}`))),
  );
