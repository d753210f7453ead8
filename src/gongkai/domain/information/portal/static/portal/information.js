/* Reading tools of an item: size of type, printing, copying the link, closing. Nothing here is needed to read. */
(() => {
  const root = document.documentElement;
  const keep = (value) => { try { localStorage.setItem("size", value); } catch { /* private window */ } };

  const say = (button, text) => {
    const before = button.textContent;
    button.textContent = text;
    setTimeout(() => { button.textContent = before; }, 2000);
  };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      /* no permission, or no secure connection: by the old way */
      const field = document.createElement("textarea");
      field.value = text;
      field.className = "visually-hidden";
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  };

  for (const tools of document.querySelectorAll("[data-tools]")) {
    tools.hidden = false;
    const sizes = tools.querySelectorAll("[data-type]");
    const show = () => sizes.forEach((button) => {
      button.setAttribute("aria-pressed", String((root.dataset.size || "normal") === button.dataset.type));
      button.setAttribute("aria-label", `${button.textContent}字`);
    });
    sizes.forEach((button) => button.addEventListener("click", () => {
      if (button.dataset.type === "normal") delete root.dataset.size;
      else root.dataset.size = button.dataset.type;
      keep(button.dataset.type);
      show();
    }));
    show();
    tools.querySelector("[data-print-page]").addEventListener("click", () => window.print());
    tools.querySelector("[data-copy]").addEventListener("click", async (event) => {
      const button = event.currentTarget;
      say(button, (await copy(location.href.split("#")[0])) ? "已复制" : "请从地址栏复制");
    });
    /* the system's own sheet, with whatever the reader has: nothing of anybody else's is loaded for it */
    const share = tools.querySelector("[data-share]");
    if (share && navigator.share) {
      share.hidden = false;
      share.addEventListener("click", () => navigator.share({ title: document.title, url: location.href.split("#")[0] }).catch(() => {}));
    }
    tools.querySelector("[data-close]").addEventListener("click", () => {
      window.close();
      /* only a window that a page opened can be closed by one */
      if (history.length > 1) history.back();
      else location.href = document.querySelector(".crumbs a:last-of-type, .mast-name a").href;
    });
  }
})();
