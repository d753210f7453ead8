/* Ticking rows: all of the page at once, and how many. Without script the boxes work by themselves. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("[data-picking]");
  const boxes = form ? [...form.querySelectorAll("input[name=case]")] : [];
  if (!boxes.length) return;
  const all = form.querySelector("[data-pick-all]");
  const told = form.querySelector("[data-picked]");
  all.closest("[hidden]").hidden = false;
  function settle() {
    const cases = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    told.textContent = cases.size ? `已选 ${cases.size} 件` : "";
    form.querySelector("button[type=submit]").disabled = !cases.size;
  }
  all.addEventListener("change", () => { for (const box of boxes) box.checked = all.checked; settle(); });
  form.addEventListener("change", settle);
  settle();
});
