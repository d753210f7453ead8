/* The channels at the desk: one click copies a text; the documents of a gazette are put in order by hand or by key. */
(() => {
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
  for (const button of document.querySelectorAll("[data-print-page]")) { button.hidden = false; button.addEventListener("click", () => window.print()); }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const words = button.textContent;
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
      button.textContent = "已复制";
    } catch {
      button.textContent = "复制不了，请手动选中";
    }
    setTimeout(() => { button.textContent = words; }, 2000);
  });

  const list = document.querySelector("[data-order]");
  if (!list) return;
  const place = document.querySelector("[data-place]");
  const move = (row, by) => {
    const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (by < 0) other.before(row); else other.after(row);
    place.textContent = `第 ${[...list.children].indexOf(row) + 1} 篇，共 ${list.children.length} 篇`;
  };

  // an order that was not saved goes along with what is pressed next, and is not lost on the way out
  const form = list.closest("form");
  const told = () => [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  const shown = JSON.stringify(told());
  let sent = false;
  document.addEventListener("submit", ({ target }) => {
    sent = target.method === "post";
    if (!target.matches("[data-with-order]")) return;
    for (const old of target.querySelectorAll("[data-order-field]")) old.remove();
    for (const [name, value] of told()) {
      const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      field.dataset.orderField = "";
      target.append(field);
    }
  });
  addEventListener("beforeunload", (event) => {
    if (!sent && JSON.stringify(told()) !== shown) event.preventDefault();
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-up], [data-down]");
    if (!button) return;
    move(button.closest("li"), "up" in button.dataset ? -1 : 1);
    button.focus();
  });
  list.addEventListener("keydown", (event) => {
    const row = event.target.closest("li");
    if (!row || !event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    move(row, event.key === "ArrowUp" ? -1 : 1);
    event.target.focus();
  });
  list.addEventListener("change", (event) => {
    if (event.target.name === "remove") event.target.closest("li").classList.toggle("is-gone", event.target.checked);
  });
  let carried = null;
  list.addEventListener("dragstart", (event) => {
    carried = event.target.closest("li");
    if (!carried) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    carried.classList.add("is-carried");
  });
  list.addEventListener("dragover", (event) => {
    const row = event.target.closest("li");
    if (!carried || !row || row === carried) return;
    event.preventDefault();
    const box = row.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) row.before(carried); else row.after(carried);
  });
  list.addEventListener("drop", (event) => event.preventDefault());
  list.addEventListener("dragend", () => { carried?.classList.remove("is-carried"); carried = null; });
})();
