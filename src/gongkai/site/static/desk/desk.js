/* The desk's few lines: HTMX speaks with the CSRF token and writes no styles of its own. */
document.addEventListener("htmx:configRequest", (event) => {
  const config = document.getElementById("wagtail-config");
  const token = config ? JSON.parse(config.textContent).CSRF_TOKEN : null;
  if (token) event.detail.headers["X-CSRFToken"] = token;
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form) form.requestSubmit();
});

/* Trees: a row's children are fetched when first opened, and hidden, not lost, when closed. */
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-toggle]");
  if (!button) return;
  const row = button.closest("tr");
  const below = () => [...row.parentNode.querySelectorAll(`tr[data-path^="${button.dataset.toggle}"]`)].filter((r) => r !== row);
  const opening = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(opening));
  if (!opening) {
    for (const other of below()) {
      other.hidden = true;
      other.querySelector("[data-toggle]")?.setAttribute("aria-expanded", "false");
    }
    return;
  }
  const depth = Number(row.dataset.depth) + 1;
  const next = below().filter((r) => Number(r.dataset.depth) === depth);
  if (next.length) {
    for (const other of next) other.hidden = false;
    return;
  }
  const answer = await fetch(button.dataset.children, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (answer.ok) row.insertAdjacentHTML("afterend", await answer.text());
});

/* Proposals while a name is typed. */
let waiting;
document.addEventListener("input", (event) => {
  const input = event.target.closest("[data-suggest]");
  if (!input) return;
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(input.value)}`);
    if (answer.ok) input.list.innerHTML = await answer.text();
  }, 200);
});

/* Lists narrowed while one types: what lacks one of the typed words is hidden, and with it groups that have nothing left.
   A box that is ticked stays in sight, so that nobody sends what they do not see. */
document.addEventListener("DOMContentLoaded", () => {
  for (const field of document.querySelectorAll("[data-narrows]")) {
    const list = document.getElementById(field.dataset.narrows);
    const input = field.querySelector("input");
    const told = field.querySelector("[role=status]");
    field.hidden = false;
    input.addEventListener("input", () => {
      const words = input.value.split(/\s+/).filter(Boolean);
      const fits = (entry) => entry.querySelector("input:checked") || words.every((word) => entry.textContent.includes(word));
      let left = 0;
      for (const entry of list.querySelectorAll("[data-entry]")) {
        entry.hidden = !fits(entry);
        left += !entry.hidden;
      }
      for (const group of list.querySelectorAll("[data-group]")) group.hidden = !group.querySelector("[data-entry]:not([hidden])");
      told.textContent = words.length ? (left ? `找到 ${left} 项` : told.dataset.none) : "";
    });
    // Enter would send the form around it
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }
});
