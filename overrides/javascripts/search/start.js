// Most who open a page of search or of models only look: what answers is fetched when somebody is about to ask, or has asked in
// the address.
const start = () => import("./page.js");
if (location.search) start();
else document.querySelector("[data-index]").addEventListener("focusin", start, { once: true });
