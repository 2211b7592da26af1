// The room of a mock: saves each change at once, counts the clock down, goes by number.
"use strict";
(() => {
  const sheet = () => document.querySelector("form[data-saves]");
  const clock = () => document.getElementById("mock-clock");

  // -- saving: one request at a time, so that a page never overtakes itself
  let sending = null;
  let waits = false;
  let leaving = null;

  const save = async () => {
    const form = sheet();
    if (!form) return;
    if (sending) { waits = true; return; }
    sending = form;
    const words = document.getElementById("saved-words");
    try {
      const answer = await fetch(form.dataset.saves, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      const told = answer.headers.get("content-type")?.startsWith("application/json") ? await answer.json() : {};
      if (form.isConnected) {
        if (told.go) { window.location.assign(told.go); return; }
        if (!answer.ok) throw new Error(told.what ? `${told.what} ${told.mend}` : "This answer is not saved.");
        for (const name of ["rev", "was", "since"]) form.elements[name].value = told[name];
        words.textContent = `Saved ${told.saved}`;
        words.parentElement.classList.remove("is-lost");
        setClock(told.left);
        markMap(told.state, told.counts);
        setPace(told.pace);
      }
    } catch (trouble) {
      words.textContent = trouble.message.startsWith("This answer") ? trouble.message : "Not saved yet: Roadworthy does not answer. Your choice stays on this page.";
      if (!words.parentElement.classList.contains("is-lost")) document.getElementById("spoken").textContent = words.textContent;
      words.parentElement.classList.add("is-lost");
      // The program or the line is gone: the choice stays here and is sent again until it is kept.
      window.setTimeout(() => { if (form.isConnected && sheet() === form) save(); }, 2000);
    } finally {
      sending = null;
    }
    if (leaving) { const [form_, button] = leaving; leaving = null; waits = false; form_.requestSubmit(button); return; }
    if (waits) { waits = false; save(); }
  };

  const markMap = (state, counts) => {
    const cell = document.querySelector(".map-cell[aria-current]");
    if (!cell) return;
    const answered = state.startsWith("answered");
    cell.classList.toggle("is-answered", answered);
    cell.classList.toggle("is-half", !answered && !state.startsWith("open"));
    cell.setAttribute("aria-label", `Item ${cell.dataset.ordinal}, ${state}`);
    for (const shown of document.querySelectorAll("#answered-count, .answered-now")) shown.textContent = counts.answered;
    document.getElementById("open-count").textContent = counts.open;
    document.getElementById("half-count").textContent = `${counts.half} ${counts.half_words}`;
    document.getElementById("half-row").hidden = !counts.half;
  };

  const setPace = (pace) => {
    if (!pace || !document.getElementById("pace-words")) return;
    document.getElementById("pace-words").textContent = pace.words;
    document.getElementById("pace-done").setAttribute("width", pace.done);
    for (const end of ["x1", "x2"]) document.getElementById("pace-even").setAttribute(end, pace.even);
  };

  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("form[data-saves]");
    if (!form || event.target.name !== "chosen") return;
    const count = document.getElementById("chosen-count");
    if (count) count.textContent = form.querySelectorAll("input[name=chosen]:checked").length;
    const clear = document.querySelector("button[value=clear]");
    if (clear) clear.removeAttribute("aria-disabled");
    const must = document.getElementById("must-choose");
    if (must) must.hidden = true;
    form.querySelector("[data-refused]")?.removeAttribute("data-refused");
    save();
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-saves]")) return;
    // htmx knows no button outside of its form, so the form says itself which one was pressed.
    let go = event.target.querySelector("input[name=go]");
    if (!go) {
      go = Object.assign(document.createElement("input"), { type: "hidden", name: "go" });
      event.target.prepend(go);
    }
    go.value = event.submitter?.value || "next";
    if (!sending) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    leaving = [event.target, event.submitter];
  }, true);

  // -- the clock: what the server said, less what this page has counted since
  let left = 0;
  let from = 0;
  let spokenAt = Infinity;
  const setClock = (seconds) => { left = seconds; from = performance.now(); };
  const wordsOf = (seconds) => {
    const whole = Math.max(0, Math.ceil(seconds));
    const two = (n) => String(n).padStart(2, "0");
    if (clock()?.hasAttribute("data-coarse") && whole > 60) {
      const minutes = Math.ceil(whole / 60);
      return minutes >= 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes} min`;
    }
    const hours = Math.floor(whole / 3600);
    return hours ? `${hours}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}` : `${Math.floor(whole / 60)}:${two(whole % 60)}`;
  };
  const ask = async () => {
    const shown = clock();
    if (!shown) return;
    try {
      const answer = await fetch(`/mock/${shown.dataset.form}/clock.json`, { cache: "no-store" });
      const told = await answer.json();
      if (!told.open) window.location.assign(`/mock/${shown.dataset.form}/result`);
      else { setClock(told.left); setPace(told.pace); }
    } catch { /* the note that the program has stopped says so */ }
  };
  window.setInterval(() => {
    const shown = clock();
    if (!shown || from === 0) return;
    const now = left - (performance.now() - from) / 1000;
    document.getElementById("clock-words").textContent = wordsOf(now);
    shown.classList.toggle("is-late", now <= 300);
    for (const minutes of [60, 30, 10, 5]) {
      if (now <= minutes * 60 && spokenAt > minutes && now > minutes * 60 - 5) {
        spokenAt = minutes;
        document.getElementById("spoken").textContent = `${minutes} minutes left`;
      }
    }
    if (now <= 0) { from = 0; window.setTimeout(ask, 300); }
  }, 250);
  window.setInterval(ask, 30000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });

  // -- striking out: an aid of this page, kept in this tab
  const place = () => sheet()?.getAttribute("action");
  const struck = () => new Set(JSON.parse(window.sessionStorage.getItem(place()) || "[]"));
  const strike = (option) => {
    const now = struck();
    if (!now.delete(option)) now.add(option);
    window.sessionStorage.setItem(place(), JSON.stringify([...now]));
    draw();
  };
  const draw = () => {
    if (!sheet()) return;
    const now = struck();
    for (const button of document.querySelectorAll("[data-strike]")) {
      const on = now.has(Number(button.dataset.strike));
      button.hidden = false;
      button.setAttribute("aria-pressed", String(on));
      button.firstChild.textContent = on ? "Restore" : "Strike";
      button.parentElement.classList.toggle("is-struck", on);
    }
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-strike]");
    if (button) strike(Number(button.dataset.strike));
  });

  // -- keys: a number and Enter, arrows on the map, Shift and a letter
  let digits = "";
  const map = () => [...document.querySelectorAll("[data-map] .map-cell")];
  // Tab stops once on the map; arrows go on from there.
  const reach = (cell) => { for (const one of map()) one.tabIndex = one === cell ? 0 : -1; };
  document.addEventListener("keydown", (event) => {
    if (!clock() || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const handled = () => { event.preventDefault(); event.stopImmediatePropagation(); };
    if (/^[0-9]$/.test(event.key)) {
      digits = (digits + event.key).slice(-2);
      document.getElementById("spoken").textContent = `Item ${digits}, Enter goes there`;
      handled();
      return;
    }
    const on = event.target.closest?.("[data-map] .map-cell");
    if (event.key === "Enter" && digits) {
      const cell = map().find((one) => one.dataset.ordinal === String(Number(digits)));
      digits = "";
      if (cell) { handled(); cell.click(); }
      return;
    }
    digits = "";
    if (event.shiftKey && /^[A-H]$/.test(event.key)) {
      const button = document.querySelector(`[data-strike="${event.key.charCodeAt(0) - 65}"]`);
      if (button && document.getElementById("shell").dataset.letters !== "off") { handled(); strike(Number(button.dataset.strike)); }
      return;
    }
    if (event.key === "m" && map()[0]?.getClientRects().length && document.getElementById("shell").dataset.letters !== "off") {
      handled();
      map().find((one) => one.tabIndex === 0).focus();
      return;
    }
    if (on) {
      const row = getComputedStyle(on.closest("[data-map]")).gridTemplateColumns.split(" ").length;
      const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: row, ArrowUp: -row }[event.key];
      const cells = map();
      const next = step && cells[cells.indexOf(on) + step];
      if (next) { handled(); reach(next); next.focus(); }
      return;
    }
    if (event.key === "Enter" && sheet() && !event.target.closest("a, button")) {
      handled();
      document.querySelector("button[form=place][data-key=j]").click();
    }
  }, true);

  const settle = () => {
    digits = "";
    if (clock()) setClock(Number(clock().dataset.left));
    draw();
    reach(map().find((one) => one.hasAttribute("aria-current")) || map()[0]);
    // After htmx has scrolled to the top.
    window.requestAnimationFrame(() => document.getElementById("must-choose")?.scrollIntoView({ block: "nearest" }));
  };
  document.addEventListener("DOMContentLoaded", settle);
  document.addEventListener("htmx:afterSettle", settle);
  document.addEventListener("htmx:historyRestore", settle);
})();
