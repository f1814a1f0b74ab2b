// Comfort for readers: dark or light, tables sorted and filtered, the page's address copied. Every page works without.
"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const folded = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();

  // --- dark or light: the reader's wish goes before the system's, until both are the same
  const dark = document.getElementById("dark");
  const bySystem = dark.dataset.media;
  const wish = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (dark.media === bySystem ? wish.matches : dark.media === "screen");
  const remember = (theme) => {
    try {
      if (theme) localStorage.setItem("portal-theme", theme);
      else localStorage.removeItem("portal-theme");
    } catch (refused) {
      // a browser that keeps nothing shows the choice on this page alone
    }
  };
  for (const button of all(".portal-theme")) {
    const say = () => button.setAttribute("aria-pressed", isDark());
    button.addEventListener("click", () => {
      const chosen = !isDark();
      const isTheirs = chosen === wish.matches;
      dark.media = isTheirs ? bySystem : chosen ? "screen" : "not all";
      remember(isTheirs ? "" : chosen ? "dark" : "light");
      say();
    });
    wish.onchange = say;
    say();
  }

  // --- the drawer closes behind a reader who leaves it by keyboard
  for (const menu of all("[popover]")) {
    menu.addEventListener("focusout", ({ relatedTarget: next }) => {
      if (next && !menu.contains(next) && !next.matches("[popovertarget]") && menu.hidePopover) menu.hidePopover();
    });
  }

  // --- sorting: a column is of numbers as Vietnamese writes them, in one unit, or of days, or else of words; what is unknown
  // is last
  const collator = new Intl.Collator("vi", { numeric: true });
  const number = /^(?:(?:gần|trên|hơn|khoảng|ít nhất|từ) )?([−-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?)(\D*)$/;
  const day = /(?:(\d{1,2})\/)?(?:(\d{1,2})\/)?((?:19|20)\d\d)(?!\d)/g;
  const unknown = /^(–|không rõ.*|nguồn không .*|chưa .*|không chấm .*)?$/;
  const asNumber = (text) => {
    const found = number.exec(text);
    return found && parseFloat(found[1].replace(/\./g, "").replace(",", ".").replace("−", "-"));
  };
  // The last day that is named, as text that sorts: of "04/2023 – 04/2024" 2024-04.
  const asDay = (text) => {
    const found = [...text.matchAll(day)].pop();
    if (!found || text.length > 40) return null;
    const [first, second] = found[2] ? [found[2], found[1]] : [found[1], undefined];
    return [found[3], first || "", second || ""].map((part) => part.padStart(2, "0")).join("-");
  };
  const textOf = (cell) => {
    const time = cell.querySelector("time");
    return (cell.dataset.value || (time && cell.textContent.trim() === time.textContent && time.textContent) || cell.textContent).trim();
  };
  const valuesOf = (cells) => {
    const texts = cells.map(textOf);
    const units = new Set(texts.map((text) => number.exec(text)?.[2].trim()).filter(Boolean));
    for (const read of units.size > 1 ? [asDay] : [asNumber, asDay]) {
      const values = texts.map((text) => (unknown.test(text) ? null : read(text)));
      if (values.every((value, index) => value !== null || unknown.test(texts[index]))) return values;
    }
    return texts.map((text) => (unknown.test(text) ? null : text));
  };
  const compare = (a, b) => (typeof a === "number" ? a - b : collator.compare(a, b));
  for (const table of all("table[data-sort]")) {
    const body = table.tBodies[0];
    const written = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      if (head.className === "portal-report-cell") return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "portal-sort";
      button.setAttribute("aria-label", "Sắp xếp theo " + head.textContent.trim());
      button.addEventListener("click", () => {
        const next = { ascending: "descending", descending: "", "": "ascending" }[head.getAttribute("aria-sort") || ""];
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        let rows = written;
        if (next) {
          head.setAttribute("aria-sort", next);
          const values = valuesOf(written.map((row) => row.cells[column]));
          const way = next === "ascending" ? 1 : -1;
          const order = written.map((_, index) => index);
          order.sort((one, other) => {
            const [a, b] = [values[one], values[other]];
            return a === null || b === null ? (a === null) - (b === null) : way * compare(a, b);
          });
          rows = order.map((index) => written[index]);
        }
        body.append(...rows);
      });
      head.append(button);
    });
  }

  // --- filtering: every word, marks or not
  for (const field of all("[data-filter]")) {
    const line = field.closest(".portal-filter");
    const rows = all("tbody tr", line.nextElementSibling);
    const foot = line.nextElementSibling.querySelector("tfoot"); // the sums of all rows
    const texts = rows.map((row) => folded(all("th, td:not(.portal-report-cell)", row).map((cell) => cell.textContent).join(" ")));
    const said = (count) => count.toLocaleString("vi");
    field.addEventListener("input", () => {
      const words = folded(field.value).split(/\s+/).filter(Boolean);
      let count = 0;
      rows.forEach((row, index) => {
        row.hidden = !words.every((word) => texts[index].includes(word));
        count += !row.hidden;
      });
      if (foot) foot.hidden = words.length > 0;
      line.querySelector("output").textContent = words.length ? `Còn ${said(count)} trong ${said(rows.length)} dòng` : "";
    });
  }

  // --- what models are narrowed by: all conditions in the address of the gallery
  for (const nav of all("[data-gallery]")) {
    nav.firstElementChild.open = matchMedia("(min-width: 60em)").matches;
    for (const link of all("[data-query]", nav)) link.href = nav.dataset.gallery + "?" + link.dataset.query;
  }

  // --- the page's address, without what was clicked on it
  for (const button of all("[data-copy]")) {
    const said = button.parentElement.querySelector("output");
    button.addEventListener("click", () => {
      const address = location.href.split("#")[0];
      const done = () => (said.textContent = "Đã sao chép");
      const failed = () => (said.textContent = address);
      if (navigator.clipboard) navigator.clipboard.writeText(address).then(done, failed);
      else failed();
    });
  }
  document.documentElement.classList.add("ready");
})();
