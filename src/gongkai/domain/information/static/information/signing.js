/* Signing by keyboard: Alt+A agrees, Alt+B sends back (after the reason was written). */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("[data-signing]");
  if (!form) return;
  document.addEventListener("keydown", (event) => {
    if (!event.altKey) return;
    const verdict = { KeyA: "agree", KeyB: "return" }[event.code];
    if (!verdict) return;
    event.preventDefault();
    const comment = form.elements.comment;
    if (verdict === "return" && !comment.value.trim()) { comment.focus(); return; }
    form.requestSubmit(form.querySelector(`[name=verdict][value=${verdict}]`));
  });
});
