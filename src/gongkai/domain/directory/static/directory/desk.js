/* One box ticks them all. */
document.addEventListener("change", (event) => {
  const all = event.target.closest("[data-tick-all]");
  if (!all) return;
  for (const box of all.closest("form").querySelectorAll(`input[name="${all.dataset.tickAll}"]`)) box.checked = all.checked;
});

/* A column is dragged to another place among its neighbours; the arrows do the same without a mouse. */
(() => {
  let dragged = null;
  let place = null;
  const row = (event) => (event.target.closest ? event.target.closest("tr[data-column]") : null);
  const clear = () => document.querySelectorAll(".is-before, .is-after").forEach((one) => one.classList.remove("is-before", "is-after"));

  /* the neighbour of the dragged one that a row is, or lies below */
  function neighbour(over) {
    const { path, above } = dragged.dataset;
    if (!over.dataset.path.startsWith(above) || over.dataset.path === above || over.dataset.path.startsWith(path)) return null;
    const mine = over.dataset.path.slice(0, path.length);
    return document.querySelector(`tr[data-path="${mine}"]`);
  }

  document.addEventListener("dragstart", (event) => {
    if (!event.target.matches || !event.target.matches(".columns-handle")) return;
    dragged = row(event);
    dragged.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.column);
    event.dataTransfer.setDragImage(dragged, 12, 12);
  });
  document.addEventListener("dragover", (event) => {
    const over = dragged && row(event);
    clear();
    place = null;
    const beside = over && neighbour(over);
    if (!beside || beside.querySelector(".columns-handle") === null) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    const after = over !== beside || event.clientY > box.top + box.height / 2;
    place = { [after ? "after" : "before"]: beside.dataset.column };
    // behind a group means behind all that lies below it
    const last = [...document.querySelectorAll("tr[data-path]")].filter((one) => one.dataset.path.startsWith(beside.dataset.path)).pop();
    (after ? last : beside).classList.add(after ? "is-after" : "is-before");
  });
  document.addEventListener("drop", (event) => {
    if (!dragged || !place) return;
    event.preventDefault();
    const form = dragged.closest("form");
    htmx.ajax("POST", form.getAttribute("hx-post"), {
      target: form.getAttribute("hx-target"), swap: "innerHTML",
      values: { dragged: dragged.dataset.column, ...place, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value },
    });
  });
  document.addEventListener("dragend", () => {
    clear();
    if (dragged) dragged.classList.remove("is-dragged");
    dragged = null;
    place = null;
  });
})();
