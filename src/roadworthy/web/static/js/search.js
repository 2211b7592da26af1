// On the page of results: arrows walk from the field through the links, Escape goes back to it.
"use strict";
(() => {
  const results = () => [...document.querySelectorAll("#results [data-result]")];

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (document.querySelector("dialog[open]")) return;
    const field = document.getElementById("search");
    const links = results();
    if (!field || !links.length) return;
    const here = links.indexOf(event.target);
    const inside = here >= 0 || event.target === field || event.target.closest("h1") !== null
      || event.target === document.body;
    if (!inside) return;
    if (event.key === "ArrowDown" && here < links.length - 1) {
      links[here + 1].focus();
      event.preventDefault();
    } else if (event.key === "ArrowUp" && here >= 0) {
      (links[here - 1] || field).focus();
      event.preventDefault();
    } else if (event.key === "Escape" && here >= 0) {
      field.focus();
      event.preventDefault();
    }
  });
})();
