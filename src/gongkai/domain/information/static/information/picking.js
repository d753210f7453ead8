/* Picking rows of a list: all of the page at once, and how many. Without script the boxes work by themselves. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-picking]").forEach((form) => {
    const boxes = [...form.querySelectorAll("input[type=checkbox][name=item]")];
    const all = form.querySelector("[data-pick-all]");
    const told = form.querySelector("[data-picked]");
    const buttons = [...form.querySelectorAll("button[type=submit]")];
    if (all) all.closest("[hidden]").hidden = false;
    function settle() {
      const count = boxes.filter((box) => box.checked).length;
      if (told) told.textContent = count ? `已选 ${count} 条` : "";
      for (const button of buttons) button.disabled = !count;
      if (all) {
        all.checked = count > 0 && count === boxes.length;
        all.indeterminate = count > 0 && count < boxes.length;
      }
    }
    all?.addEventListener("change", () => { for (const box of boxes) box.checked = all.checked; settle(); });
    form.addEventListener("change", settle);
    settle();
  });
});
