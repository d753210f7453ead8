/* Drawing a box with mouse or pen: it fills in the ruler's fields, and 遮盖 sends them. Without script
   the words and the ruler do the same. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const svg = document.querySelector("svg[data-drawing]");
  const form = document.querySelector("form[data-add]");

  const point = (key, on) => {
    document.querySelectorAll(`[data-mark="${key}"]`).forEach((each) => each.classList.toggle("is-pointed", on));
  };
  for (const kind of ["mouseover", "focusin", "mouseout", "focusout"]) {
    document.addEventListener(kind, (event) => {
      const marked = event.target.closest && event.target.closest("[data-mark]");
      if (marked) point(marked.dataset.mark, kind === "mouseover" || kind === "focusin");
    });
  }
  const showRow = (key) => {
    const row = document.getElementById(`mark-${key}`);
    if (row) { row.scrollIntoView({ block: "nearest" }); row.focus({ preventScroll: true }); }
  };
  document.addEventListener("click", (event) => {
    const box = event.target.closest && event.target.closest("rect[data-mark], mark[data-mark]");
    if (box) showRow(box.dataset.mark);
  });

  // another ground for what is covered counts at once
  document.addEventListener("change", (event) => {
    const row = event.target.closest && event.target.closest(".rd-marks li[data-state=accepted]");
    if (!row || event.target.name !== "ground") return;
    const state = Object.assign(document.createElement("input"), { type: "hidden", name: "state", value: "accept" });
    event.target.form.append(state);
    event.target.form.requestSubmit();
  });

  // a word chosen, then another one further on with Shift held: all between them too
  const boxes = form ? [...form.querySelectorAll("input[name=word]")] : [];
  let last = null;
  for (const box of boxes) {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last && last !== box) {
        const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
        boxes.slice(from, to + 1).forEach((each) => { each.checked = box.checked; });
      }
      last = box;
    });
  }

  if (!svg || !form || !svg.classList.contains("is-drawn-on")) return;
  const hint = form.querySelector("[data-hint]");
  if (hint) hint.hidden = false;
  const fresh = svg.querySelector("[data-new]");
  const fields = ["left", "top", "width", "height"].map((name) => form.elements[name]);
  const millimetre = 72 / 25.4;
  let begun = null;

  const place = (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const view = svg.viewBox.baseVal;
    return { x: Math.min(Math.max(at.x, 0), view.width), y: Math.min(Math.max(at.y, 0), view.height) };
  };
  const show = (x, y, width, height) => {
    fresh.setAttribute("x", x);
    fresh.setAttribute("y", y);
    fresh.setAttribute("width", width);
    fresh.setAttribute("height", height);
  };
  const clear = () => { show(0, 0, 0, 0); fields.forEach((field) => { field.value = ""; }); };

  svg.addEventListener("pointerdown", (event) => {
    // a finger scrolls the page; on a phone words are chosen from the list
    if (event.button !== 0 || event.pointerType === "touch") return;
    begun = place(event);
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (!begun) return;
    const now = place(event);
    show(Math.min(begun.x, now.x), Math.min(begun.y, now.y), Math.abs(now.x - begun.x), Math.abs(now.y - begun.y));
  });
  svg.addEventListener("pointerup", (event) => {
    if (!begun) return;
    const now = place(event);
    const found = [Math.min(begun.x, now.x), Math.min(begun.y, now.y), Math.abs(now.x - begun.x), Math.abs(now.y - begun.y)];
    begun = null;
    if (found[2] < 3 || found[3] < 3) {
      clear();
      // the page holds the pointer, so that the click does not reach the mark below by itself
      const below = document.elementFromPoint(event.clientX, event.clientY);
      if (below && below.matches("rect[data-mark]")) showRow(below.dataset.mark);
      return;
    }
    boxes.forEach((each) => { each.checked = false; });
    fields.forEach((field, index) => { field.value = (found[index] / millimetre).toFixed(2); });
    form.querySelector("[data-cover]").focus({ preventScroll: true });
  });
  svg.addEventListener("pointercancel", () => { begun = null; clear(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });

  // the ruler shows on the page where the box will lie
  fields.forEach((field) => field.addEventListener("input", () => {
    const [x, y, width, height] = fields.map((each) => Number(each.value) * millimetre);
    if ([x, y, width, height].every(Number.isFinite)) show(x, y, width, height);
  }));
});
