// What a page does after it was put in: count the time, move focus, say the finding, reconnect.
"use strict";
(() => {
  let shownAt = performance.now();
  let spoken = false;

  const settle = (moveFocus) => {
    shownAt = performance.now();
    const title = document.querySelector("[data-speak]") || document.querySelector("h1");
    const field = document.querySelector("input[autofocus]");
    if (moveFocus && field) field.focus({ preventScroll: true });
    else if (moveFocus && title && !location.hash) {
      title.setAttribute("tabindex", "-1");
      title.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    if (moveFocus && location.hash) {
      const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (place) place.scrollIntoView({ block: "nearest" });
      unfold(place);
    }
    const says = document.querySelector("[data-speak]");
    if (says && spoken) document.getElementById("spoken").textContent = says.textContent.trim();
    spoken = true;
    needs();
  };

  // A part that an address names is opened; without script CSS shows what is in it.
  const unfold = (place) => {
    const fold = place?.querySelector(":scope > details[data-opens-at-hash]");
    if (fold) fold.open = true;
  };

  // A button with data-needs="name name=2" is unavailable, yet focusable, until each has its choices.
  const needs = () => {
    for (const button of document.querySelectorAll("[data-needs]")) {
      const lacking = button.dataset.needs.split(" ").filter((need) => {
        const [name, count] = need.split("=");
        return document.querySelectorAll(`input[name="${name}"]:checked`).length !== Number(count || 1);
      });
      if (lacking.length) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
  };

  // The bar that saves a long form stays in sight once there is something to save.
  const follow = (event) => {
    const form = event.target.closest("form");
    const bar = form?.querySelector("[data-follows-changes]");
    if (!bar) return;
    bar.classList.add("has-changes");
    const words = bar.querySelector("[data-changes]");
    if (!words) return;
    const changed = new Set([...form.elements].filter((field) => field.name && field.type !== "hidden" &&
      (field.matches("[type=radio], [type=checkbox]") ? field.checked !== field.defaultChecked : field.value !== field.defaultValue),
    ).map((field) => field.name));
    words.dataset.changes ||= words.textContent;
    words.textContent = changed.size === 0 ? words.dataset.changes
      : `${changed.size} ${changed.size === 1 ? "change" : "changes"} not saved`;
  };

  window.addEventListener("hashchange", () => unfold(document.getElementById(decodeURIComponent(location.hash.slice(1)))));
  document.addEventListener("change", needs);
  document.addEventListener("input", follow);
  document.addEventListener("submit", (event) => {
    for (const field of event.target.querySelectorAll("[data-elapsed]")) {
      field.value = String(Math.round(performance.now() - shownAt));
    }
  }, true);

  document.addEventListener("DOMContentLoaded", () => settle(false));
  document.addEventListener("htmx:afterSettle", () => settle(true));
  document.addEventListener("htmx:historyRestore", () => settle(true));

  // The program has stopped: say so, keep the page, and look for it every two seconds.
  // Meanwhile its buttons are unavailable: pressing one shows the note that says why.
  let waiting = false;
  const buttons = "main .button, main button, .foot .button";
  const mark = (gone) => {
    document.getElementById("shell")?.classList.toggle("is-stopped", gone);
    for (const one of document.querySelectorAll(gone ? buttons : "[data-stopped]")) {
      if (!gone) {
        delete one.dataset.stopped;
        one.removeAttribute("aria-disabled");
      } else if (!one.hasAttribute("aria-disabled")) {
        one.dataset.stopped = "";
        one.setAttribute("aria-disabled", "true");
      }
    }
  };
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-stopped]")) return;
    event.preventDefault();
    event.stopPropagation();
    document.getElementById("stopped")?.scrollIntoView({ block: "start" });
  }, true);
  const stopped = () => {
    const note = document.getElementById("stopped");
    if (note) note.hidden = false;
    mark(true);
    if (waiting) return;
    waiting = true;
    const timer = window.setInterval(() => {
      fetch("/alive", { cache: "no-store" }).then((answer) => {
        if (!answer.ok) return;
        window.clearInterval(timer);
        waiting = false;
        const shown = document.getElementById("stopped");
        if (shown) shown.hidden = true;
        mark(false);
      }).catch(() => {});
    }, 2000);
  };
  document.addEventListener("htmx:sendError", stopped);
  document.addEventListener("htmx:timeout", stopped);
})();
