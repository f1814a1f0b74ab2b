// Most who open a page of search or of models only look: what answers is fetched when somebody is about to ask, or has asked in
// the address (which partials/early.html has seen). Who comes to the page of search with nothing asked is about to.
const root = document.querySelector("[data-index]");
const page = document.documentElement;
const field = root.querySelector("[name=q]");
const asked = new URLSearchParams(location.search);
const start = () =>
  import("./page.js").catch(() => {
    page.classList.remove("asks");
    root.querySelector("[role=status]").textContent = "Chưa tải được phần tìm kiếm; có thể mạng đang chậm. Hãy tải lại trang.";
  });
field.value ||= asked.get("q") || "";
if (page.classList.contains("asks")) start();
else {
  root.addEventListener("focusin", start, { once: true });
  if (asked.has("q")) field.focus();
  if (root.contains(document.activeElement)) start();
}
