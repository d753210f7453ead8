/* Signing by keyboard: Alt+A agrees, Alt+B sends back (after the reason was written). */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("[data-signing]");
  if (!form) return;
  document.addEventListener("keydown", (event) => {
    if (!event.altKey) return;
    const opinion = { KeyA: "agree", KeyB: "return" }[event.code];
    if (!opinion) return;
    event.preventDefault();
    const comment = form.elements.comment;
    if (opinion === "return" && !comment.value.trim()) { comment.focus(); return; }
    form.requestSubmit(form.querySelector(`[name=opinion][value=${opinion}]`));
  });
});
