// Small comforts; every page works without them.
"use strict";
(() => {
  const summary = document.getElementById("kesalahan");
  if (summary) summary.focus();

  // Typed text is not lost by a wrong click: the browser asks before the page is left.
  for (const form of document.querySelectorAll("form[data-typed]")) {
    let typed = Boolean(summary);
    let sending = false;
    form.addEventListener("input", () => { typed = true; });
    form.addEventListener("submit", () => { sending = true; });
    window.addEventListener("beforeunload", (event) => {
      if (typed && !sending) event.preventDefault();
    });
    window.addEventListener("pageshow", () => { sending = false; });
  }

  // A row that came or went by a button: go on where one was.
  const place = "alur-tempat";
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button && (button.name === "_tambah" || button.name === "_hapus")) {
      sessionStorage.setItem(place, JSON.stringify([location.pathname, button.name, button.value.split(".")[0]]));
    }
  });
  const kept = sessionStorage.getItem(place);
  sessionStorage.removeItem(place);
  if (kept) {
    const [path, name, table] = JSON.parse(kept);
    const rows = document.getElementById("isian-" + table);
    if (path === location.pathname && rows) {
      const last = [...rows.querySelectorAll(".row input, .row select, .row textarea")].at(-1);
      const row = last && last.closest(".row");
      const goal = name === "_tambah" && row ? row.querySelector("input, select, textarea") : rows;
      goal.focus();
    }
  }
})();
