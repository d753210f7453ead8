/* The list and the case by keyboard: j and k move, Enter opens, x ticks, / searches, n registers. What comes by HTMX takes the focus. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const rows = [...document.querySelectorAll("[data-row]")];
  const links = rows.map((row) => row.querySelector("[data-open]"));
  const typing = (target) => target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");

  function move(by) {
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    const next = Math.min(Math.max(here + by, 0), rows.length - 1);
    links[next]?.focus();
    rows[next]?.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key === "Enter") {
      const form = event.target.closest("form");
      if (form?.id === "register") form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const acts = {
      j: () => move(1),
      k: () => move(-1),
      x: () => document.activeElement.closest("[data-row]")?.querySelector("input[type=checkbox]")?.click(),
      "/": () => document.querySelector("[data-search]")?.focus(),
      n: () => document.querySelector("a.button-primary[href$='/new/']")?.click(),
      Enter: () => document.activeElement === document.body && document.querySelector("[data-primary]")?.click(),
    };
    const act = acts[event.key];
    if (!act || (event.key === "Enter" && document.activeElement !== document.body)) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    const close = event.target.closest("[data-close]");
    const place = close && document.getElementById("act");
    if (place?.contains(close)) {
      event.preventDefault();
      place.replaceChildren();
      document.querySelector("[data-primary]")?.focus();
    }
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    event.target.querySelector?.("[data-focus]")?.focus();
  });
});
