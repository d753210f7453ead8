/* Suggestions while typing. Without this the form works all the same. */
(() => {
  const variant = document.documentElement.lang === "zh-hant" ? "/hant" : "";
  document.addEventListener("DOMContentLoaded", () => {
    for (const field of document.querySelectorAll("input[data-suggest]")) begin(field);
  });

  function begin(field) {
    const list = document.createElement("ul");
    list.className = "search-suggestions";
    list.id = `${field.id}-suggestions`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "建议");
    list.hidden = true;
    field.form.append(list);
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-expanded", "false");
    let waiting = 0;
    let asked = "";
    let chosen = -1;

    const close = () => { list.hidden = true; chosen = -1; field.setAttribute("aria-expanded", "false"); field.removeAttribute("aria-activedescendant"); };
    const mark = () => {
      [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
      if (chosen >= 0) field.setAttribute("aria-activedescendant", list.children[chosen].id);
      else field.removeAttribute("aria-activedescendant");
    };
    const show = (suggestions) => {
      list.replaceChildren(...suggestions.map((each, at) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${at}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.textContent = each.text;
        /* an option may hold nothing that is operated by itself, so it is no link */
        item.addEventListener("mousedown", (event) => event.preventDefault());
        item.addEventListener("click", () => location.assign(`${variant}${each.href}`));
        return item;
      }));
      chosen = -1;
      list.hidden = !suggestions.length;
      field.setAttribute("aria-expanded", String(!list.hidden));
    };
    const ask = async () => {
      const text = field.value.trim();
      if (text === asked) return;
      asked = text;
      if (text.length < 2) { show([]); return; }
      try {
        const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(text)}`);
        if (answer.ok && asked === text) show((await answer.json()).suggestions);
      } catch { close(); }
    };
    field.addEventListener("input", (event) => {
      if (event.isComposing) return; // wait for the characters of an input method
      clearTimeout(waiting);
      waiting = setTimeout(ask, 150);
    });
    field.addEventListener("compositionend", () => { waiting = setTimeout(ask, 50); });
    field.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      const count = list.children.length;
      if (event.key === "ArrowDown") { chosen = (chosen + 1) % count; mark(); event.preventDefault(); }
      else if (event.key === "ArrowUp") { chosen = (chosen - 1 + count) % count; mark(); event.preventDefault(); }
      else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); list.children[chosen].click(); }
      else if (event.key === "Escape") { close(); event.preventDefault(); }
    });
    field.addEventListener("blur", () => setTimeout(close, 200));
  }
})();
