/* The reading room: jump between a finding and its place, j and k, panes on a phone, files by dragging.
   Everything here also works without, as links and a plain file field. */
(() => {
  const room = document.querySelector("[data-room]");
  if (room) openRoom(room);
  for (const drop of document.querySelectorAll("[data-drop]")) openDrop(drop);

  function openRoom(room) {
    const findings = [...document.querySelectorAll(".finding")];
    const tabs = [...document.querySelectorAll(".room-tabs a")];
    const narrow = matchMedia("(max-width: 63.99em)");
    const calm = matchMedia("(prefers-reduced-motion: reduce)");
    let current = -1;

    document.body.classList.add("is-tabbed");
    for (const keys of document.querySelectorAll(".room-keys")) keys.hidden = narrow.matches || !findings.length;

    const show = (pane) => {
      for (const child of room.children) child.classList.toggle("is-open", child === pane);
      for (const tab of tabs) {
        if (tab.hash === `#${pane.id}`) tab.setAttribute("aria-current", "true");
        else tab.removeAttribute("aria-current");
      }
    };

    const light = (element) => {
      for (const lit of document.querySelectorAll(".is-lit")) lit.classList.remove("is-lit");
      if (element) element.classList.add("is-lit");
    };

    /* the element a place stands for: the highlight behind an anchor, or the element itself */
    const seen = (id) => {
      const element = id && document.getElementById(id);
      if (!element || !element.classList.contains("spot")) return element;
      let next = element.nextElementSibling;
      while (next && next.classList.contains("spot")) next = next.nextElementSibling;
      return next || element;
    };

    const go = (id) => {
      const element = seen(id);
      const pane = element && element.closest("[data-room] > *");
      if (!pane) return false;
      show(pane);
      light(element);
      element.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
      if (element.matches(".finding")) {
        current = findings.indexOf(element);
        element.focus({ preventScroll: true });
      }
      if (element.matches(".correct")) {
        const cell = narrow.matches ? null : seen(element.dataset.cell);
        if (cell) {
          cell.scrollIntoView({ block: "center" });
          light(cell);
        }
        const field = element.querySelector("input:not([type=hidden])");
        (field || element).focus({ preventScroll: true });
      }
      return true;
    };

    const step = (by) => {
      if (!findings.length) return;
      current = Math.max(0, Math.min(findings.length - 1, current + by));
      const finding = findings[current];
      go(finding.id);
      /* on a wide screen its place in the text comes along */
      const link = finding.querySelector("a[data-jump]");
      const place = !narrow.matches && link && link.getAttribute("href").startsWith("#") ? seen(link.hash.slice(1)) : null;
      if (place) {
        place.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
        place.classList.add("is-lit");
      }
    };

    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      if (!link || link.hash.length < 2) return;
      const id = decodeURIComponent(link.hash.slice(1));
      if (tabs.includes(link)) {
        event.preventDefault();
        show(document.getElementById(id));
      } else if (go(id)) {
        event.preventDefault();
        history.replaceState(null, "", link.hash);
      }
    });

    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest("input, textarea, select, [contenteditable]")) return;
      if (event.key === "j") step(1);
      if (event.key === "k") step(-1);
    });

    const opened = decodeURIComponent(location.hash.slice(1));
    if (!opened || !go(opened)) show(room.querySelector("#original") || room.firstElementChild);
    if (opened === "findings") show(document.getElementById("findings"));
  }

  function openDrop(drop) {
    const field = drop.querySelector("input[type=file]");
    const list = drop.querySelector(".drop-list");
    drop.querySelector(".drop-hint").hidden = false;
    drop.classList.add("is-live");

    const size = (bytes) => (bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`);
    const show = () => {
      list.replaceChildren(...[...field.files].map((file) => {
        const item = document.createElement("li");
        const name = document.createElement("span");
        const weight = document.createElement("span");
        name.textContent = file.name;
        weight.textContent = size(file.size);
        item.append(name, weight);
        return item;
      }));
    };

    field.addEventListener("change", show);
    for (const kind of ["dragenter", "dragover"]) {
      drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("is-over"); });
    }
    for (const kind of ["dragleave", "drop"]) {
      drop.addEventListener(kind, () => drop.classList.remove("is-over"));
    }
    drop.addEventListener("drop", (event) => {
      if (!event.dataTransfer || !event.dataTransfer.files.length) return;
      event.preventDefault();
      field.files = event.dataTransfer.files;
      show();
    });
  }
})();
