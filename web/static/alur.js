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

  // A long text is not cut on paper.
  addEventListener("beforeprint", () => {
    for (const area of document.querySelectorAll("textarea")) area.style.height = `${area.scrollHeight}px`;
  });

  // A draft saves itself: now and then, when a file is chosen, and when the page is left. What was saved once is only named.
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const said = form.querySelector("[data-saved]");
    const stored = new Map();
    let changed = Boolean(summary);
    let busy = false;
    let sending = false;
    const content = (fresh) => {
      const all = new FormData(form);
      for (const { name, files } of form.querySelectorAll("input[type=file]")) {
        all.delete(name);
        if (stored.has(name)) for (const digest of stored.get(name)) all.append("_berkas." + name, digest);
        else if (fresh) for (const file of files) all.append(name, file);
      }
      all.set("_diam", "1");
      return all;
    };
    const save = async () => {
      if (!changed || busy || sending) return;
      changed = false;
      busy = true;
      try {
        const answer = await fetch(form.dataset.draft, { method: "POST", body: content(true) });
        if (answer.redirected) said.textContent = said.dataset.ended;
        else {
          const { kata, berkas } = await answer.json();
          said.textContent = kata;
          for (const { name, files } of form.querySelectorAll("input[type=file]")) {
            if (files.length && !stored.has(name) && berkas?.[name]) stored.set(name, berkas[name]);
          }
        }
      } catch {
        changed = true;
        said.textContent = said.dataset.failed;
      }
      busy = false;
    };
    const leave = () => {
      if (!changed || sending) return true;
      const sent = navigator.sendBeacon(form.dataset.draft, content(false));
      changed = busy || !sent;
      return sent;
    };
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("change", ({ target }) => {
      if (target.type !== "file") return;
      stored.delete(target.name);
      changed = true;
      save();
    });
    form.addEventListener("submit", () => { sending = true; });
    window.addEventListener("pageshow", () => { sending = false; });
    window.addEventListener("beforeunload", (event) => { if (!leave()) event.preventDefault(); });
    document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });
    setInterval(save, 15000);
  }

  // Fields that depend on others: the server says what is there now, and only the boxes that differ are changed. What is
  // typed, chosen and focused elsewhere stays as it is; what was chosen as a file comes back with its field.
  for (const said of document.querySelectorAll("[data-changed]")) {
    const form = said.closest("form");
    const fallback = form.querySelector(".refresh");
    const chosen = new Map();
    let asked = 0;
    if (fallback) fallback.remove();
    form.addEventListener("change", async ({ target }) => {
      if (!target.matches("[data-trigger]")) return;
      const turn = ++asked;
      const body = new FormData(form);
      for (const input of form.querySelectorAll("input[type=file]:not([data-trigger])")) body.delete(input.name);
      try {
        const answer = await fetch(form.getAttribute("action"), { method: "POST", headers: { "X-Fragment": "1" }, body });
        if (!answer.ok || answer.redirected) throw new Error(answer.status);
        const html = await answer.text();
        if (turn === asked) change(new DOMParser().parseFromString(html, "text/html"), target);
      } catch {
        if (fallback && turn === asked) form.append(fallback);
      }
    });
    const change = (answer, target) => {
      const news = new Set();
      for (const box of answer.querySelectorAll("[data-part]")) {
        const old = form.querySelector(`[data-part="${box.dataset.part}"]`);
        if (!old || old.dataset.state === box.dataset.state) continue;
        const focus = old.contains(document.activeElement) && document.activeElement.id;
        for (const control of old.querySelectorAll("[id]")) keep(control, answer.getElementById(control.id));
        old.replaceWith(box);
        for (const input of box.querySelectorAll("input[type=file]")) {
          if (chosen.has(input.name)) input.replaceWith(chosen.get(input.name));
        }
        if (focus !== false) (document.getElementById(focus) || target).focus();
        news.add("says" in box.dataset ? box.textContent : said.dataset.changed);
      }
      said.textContent = [...news].join(" ");
    };
    const keep = (old, fresh) => {
      if (old.type === "file") {
        if (old.files.length) chosen.set(old.name, old);
      } else if (fresh && fresh.name && fresh.type === old.type) {
        if (/^(radio|checkbox)$/.test(old.type)) fresh.checked = old.checked;
        else if (old.value) fresh.value = old.value;
        if (fresh.selectedIndex < 0) fresh.value = "";
      }
    };
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

  // The filter of a list is open where there is room, and on a phone when it is in use.
  const filter = document.querySelector("details.filter");
  if (filter) {
    const wide = matchMedia("(min-width:48.01rem)");
    const fit = () => { filter.open = wide.matches || "used" in filter.dataset; };
    wide.addEventListener("change", fit);
    fit();
  }

  // One box for all tasks of the page.
  const all = document.getElementById("pilih-semua");
  if (all) {
    all.parentElement.hidden = false;
    all.addEventListener("change", () => {
      for (const box of document.querySelectorAll("input[name=tugas]")) box.checked = all.checked;
    });
  }
})();
