/* Previews in two widths. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const group = document.querySelector("[data-widths]");
  const frame = document.querySelector("[data-frame]");
  if (!group || !frame) return;
  group.hidden = false;
  group.addEventListener("click", (event) => {
    const button = event.target.closest("[data-width]");
    if (!button) return;
    frame.classList.toggle("is-phone", button.dataset.width === "phone");
    for (const one of group.querySelectorAll("[data-width]")) one.setAttribute("aria-pressed", String(one === button));
  });
});
