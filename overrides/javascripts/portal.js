// Comfort for readers: dark or light, tables sorted and filtered, the page's address copied. Every page works without.
"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const folded = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();

  // --- dark or light: the reader's wish goes before the system's, until both are the same
  const dark = document.getElementById("dark");
  const wish = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (dark.media === "screen" ? true : dark.media === "not all" ? false : wish.matches);
  const remember = (theme) => {
    try {
      theme ? localStorage.setItem("portal-theme", theme) : localStorage.removeItem("portal-theme");
    } catch {
      // a browser that keeps nothing shows the choice on this page alone
    }
  };
  for (const button of all(".portal-theme")) {
    const say = () => button.setAttribute("aria-pressed", isDark());
    button.addEventListener("click", () => {
      const chosen = !isDark();
      dark.media = chosen ? "screen" : "not all";
      remember(chosen === wish.matches ? "" : chosen ? "dark" : "light");
      if (chosen === wish.matches) dark.media = "screen and (prefers-color-scheme: dark)";
      say();
    });
    wish.addEventListener("change", say);
    say();
  }

  // --- sorting: numbers as Vietnamese writes them, days by their date, words in Vietnamese order; what is unknown last
  const collator = new Intl.Collator("vi", { numeric: true });
  const number = /^\D*?([−-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?)\D*$/;
  const valueOf = (cell) => {
    const day = cell.querySelector("time");
    if (day) return day.getAttribute("datetime");
    const text = (cell.querySelector("a") || cell).textContent.trim();
    if (cell.tagName === "TH") return text;
    const found = number.exec(text);
    if (found) return parseFloat(found[1].replace(/\./g, "").replace(",", ".").replace("−", "-"));
    return /^(–|không rõ|chưa .*)?$/.test(text) ? null : text;
  };
  const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : collator.compare(a, b));
  for (const table of all("table[data-sort]")) {
    const body = table.tBodies[0];
    const written = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      if (!head.textContent.trim() || head.className === "portal-report-cell") return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "portal-sort";
      button.setAttribute("aria-label", "Sắp xếp theo " + head.textContent.trim());
      button.addEventListener("click", () => {
        const next = { ascending: "descending", descending: "" }[head.getAttribute("aria-sort")] ?? "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        const rows = [...written];
        if (next) {
          head.setAttribute("aria-sort", next);
          const values = new Map(rows.map((row) => [row, valueOf(row.cells[column])]));
          const way = next === "ascending" ? 1 : -1;
          rows.sort((one, other) => {
            const [a, b] = [values.get(one), values.get(other)];
            return a === null || b === null ? (a === null) - (b === null) : way * compare(a, b);
          });
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
    const texts = rows.map((row) => folded(row.textContent));
    field.addEventListener("input", () => {
      const words = folded(field.value).split(/\s+/).filter(Boolean);
      let count = 0;
      rows.forEach((row, index) => {
        row.hidden = !words.every((word) => texts[index].includes(word));
        count += !row.hidden;
      });
      line.querySelector("output").textContent = words.length ? `Còn ${count} trong ${rows.length} dòng` : "";
    });
  }

  // --- the page's address, without what was clicked on it
  for (const button of all("[data-copy]")) {
    const said = button.parentElement.querySelector("output");
    button.addEventListener("click", () => {
      const address = location.href.split("#")[0];
      const done = () => (said.textContent = "Đã chép");
      const failed = () => (said.textContent = address);
      navigator.clipboard ? navigator.clipboard.writeText(address).then(done, failed) : failed();
    });
  }
})();
