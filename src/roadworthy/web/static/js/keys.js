// Keys: any control with data-key answers to that key, data-chord to two keys in a row.
// A data-mode control opens a mode in which data-mode-key="mode x" controls answer to x.
// Single letters can be switched off in Settings; the list under ? is made from the page.
"use strict";
(() => {
  let mode = null;
  let chord = null;

  const typing = (target) =>
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("textarea, select, input:not([type=radio]):not([type=checkbox]):not([type=hidden])"));

  const lettersOff = () => (document.getElementById("shell") || document.body).dataset.letters === "off";

  const visible = (element) => element.closest("[hidden], dialog:not([open])") === null;

  // The first control of that key; one that is drawn goes before one that this width leaves out.
  const find = (attribute, key) => {
    const found = [...document.querySelectorAll(`[${attribute}]`)].filter(
      (element) => element.getAttribute(attribute).toLowerCase() === key && visible(element));
    return found.find((element) => element.getClientRects().length > 0) || found[0];
  };

  const press = (element) => {
    if (element.dataset.mode) {
      mode = element.dataset.mode;
      element.scrollIntoView({ block: "nearest" });
      (element.querySelector("button, input") || element).focus();
    } else if (element.dataset.opens) {
      showKeys(document.getElementById(element.dataset.opens));
    } else if (element.dataset.focuses) {  // a summary: open it, and into its field
      element.parentElement.open = true;
      document.getElementById(element.dataset.focuses).focus();
    } else if (element.matches("summary")) {
      element.click();
      element.focus();
    } else {
      if (element.matches("input")) element.focus({ preventScroll: true });
      element.click();
    }
  };

  const showKeys = (dialog) => {
    const list = document.getElementById("keys-list");
    const general = document.getElementById("keys-general");
    list.replaceChildren();
    for (const row of general.querySelectorAll("[data-found]")) row.remove();
    for (const element of document.querySelectorAll("[data-key-label]")) {
      if (!visible(element)) continue;
      const own = element.dataset.key;
      if (own && find("data-key", own.toLowerCase()) !== element) continue;
      const row = document.createElement("div");
      const term = document.createElement("dt");
      const keys = document.createElement("dd");
      term.textContent = element.dataset.keyLabel;
      for (const key of (element.dataset.key || element.dataset.chord).split(" ")) {
        const one = document.createElement("kbd");
        one.textContent = key.length === 1 ? key.toUpperCase() : key;
        keys.append(one, " ");
      }
      row.append(term, keys);
      // What the header holds is on every page; in a room ? alone is.
      if (element.closest(".top") || own === "?") { row.dataset.found = ""; general.append(row); }
      else list.append(row);
    }
    list.hidden = !list.children.length;
    dialog.showModal();
  };

  document.addEventListener("click", (event) => {
    const opener = event.target.closest && event.target.closest("[data-opens]");
    if (!opener || !event.isTrusted || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();  // without script the link leads to the same list as a page
    showKeys(document.getElementById(opener.dataset.opens));
  });

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const key = event.key.toLowerCase();
    if (mode) {
      const choice = find("data-mode-key", `${mode} ${key}`);
      mode = null;
      if (choice) { event.preventDefault(); choice.click(); return; }
      if (key === "escape") return;
    }
    if (key.length === 1 && lettersOff()) return;
    if (chord) {
      const element = find("data-chord", `${chord} ${key}`);
      chord = null;
      if (element) { event.preventDefault(); element.click(); }
      return;
    }
    if (key.length === 1 && [...document.querySelectorAll("[data-chord]")].some(
      (element) => element.dataset.chord.startsWith(`${key} `)) && !find("data-key", key)) {
      chord = key;
      window.setTimeout(() => { chord = null; }, 1200);
      return;
    }
    // Enter on a link, a button or a summary does what that control does.
    if (key === "enter" && event.target.closest("a, button, summary") && event.target !== document.body) return;
    const element = find("data-key", key);
    if (element) { event.preventDefault(); press(element); }
  });
})();
