// Most who open a page of search or of models only look: what answers is fetched when somebody is about to ask, or has asked in
// the address. Who comes to the page of search with nothing asked is about to.
const root = document.querySelector("[data-index]");
const asked = new URLSearchParams(location.search);
const start = () =>
  import("./page.js").catch(() => {
    root.querySelector("[role=status]").textContent = "Chưa tải được phần tìm kiếm; có thể mạng đang chậm. Hãy tải lại trang.";
  });
if (["q", "loai", "dia-ban", "linh-vuc", "nam", "trang-thai", "xep"].some((key) => asked.get(key))) start();
else {
  root.addEventListener("focusin", start, { once: true });
  if (asked.has("q")) root.querySelector("[name=q]").focus();
  if (root.contains(document.activeElement)) start();
}
