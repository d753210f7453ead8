/* Big files go piece by piece, show how far they are, and go on after a broken line.
   Without this script the input is a plain file input and everything goes with the form. */
(() => {
  const config = document.getElementById("wagtail-config");
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  const csrf = field ? field.value : config ? JSON.parse(config.textContent).CSRF_TOKEN : "";
  const headers = { "X-CSRFToken": csrf, "X-Requested-With": "XMLHttpRequest" };
  const PATIENCE = [1000, 3000, 8000, 15000];
  const wait = (time) => new Promise((done) => setTimeout(done, time));
  const sized = (bytes) => (bytes >= 1048576 ? `${(bytes / 1048576).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`);

  class Refused extends Error {}

  /* ask until the line is back; an answer that refuses is final */
  async function ask(address, options) {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const answer = await fetch(address, { ...options, headers: { ...headers, ...(options.headers || {}) } });
        if (answer.status < 500) {
          const told = await answer.json().catch(() => ({}));
          if (answer.status === 409) return told;
          if (!answer.ok) throw new Refused(told.refused || "没有收下，请刷新页面再试。");
          return told;
        }
      } catch (error) {
        if (error instanceof Refused || error.name === "AbortError") throw error;
      }
      if (attempt >= PATIENCE.length) throw new Refused("网络中断，没有传完。请重新选择同一个文件，会从中断处继续。");
      await wait(PATIENCE[attempt]);
    }
  }

  async function send(box, file, shown, signal) {
    if (file.size > Number(box.dataset.limit)) throw new Refused(`超过单个文件 ${box.dataset.limitWords} 的上限，没有上传。请拆分，或压缩其中的图片。`);
    if (!file.size) throw new Refused("是空文件。请重新导出后再上传。");
    const piece = Number(box.dataset.piece);
    let state = await ask(box.dataset.upload, {
      method: "POST", signal,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ name: file.name, size: file.size, mark: String(file.lastModified) }),
    });
    const address = `${box.dataset.upload}${state.id}/`;
    shown.forget = () => fetch(address, { method: "DELETE", headers }).catch(() => {});
    while (!state.token) {
      const percent = Math.floor((100 * state.offset) / file.size);
      shown.bar.value = percent;
      shown.state.textContent = `${percent}% / ${sized(file.size)}`;
      if (state.offset + piece >= file.size && file.size > piece) shown.state.textContent = "正在检查…";
      state = await ask(`${address}?offset=${state.offset}`, {
        method: "PUT", signal,
        headers: { "Content-Type": "application/octet-stream" },
        body: file.slice(state.offset, state.offset + piece),
      });
    }
    return state;
  }

  function open(box) {
    const input = box.querySelector("input[type=file]");
    const list = box.querySelector(".upload-list");
    const drop = box.querySelector(".upload-drop");
    const form = input.form;
    let busy = 0;

    box.classList.add("is-live");
    drop.hidden = false;

    const settle = (by) => {
      busy += by;
      if (form) for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = busy > 0;
    };

    function row(file) {
      const line = document.createElement("li");
      line.className = "upload-row";
      const parts = {};
      for (const [kind, tag] of [["name", "span"], ["state", "span"], ["cancel", "button"], ["bar", "progress"], ["note", "span"]]) {
        parts[kind] = document.createElement(tag);
        line.append(parts[kind]);
      }
      parts.name.className = "upload-name";
      parts.name.textContent = file.name;
      parts.state.className = "upload-state";
      parts.note.className = "upload-note";
      parts.bar.max = 100;
      parts.bar.setAttribute("aria-label", `${file.name} 上传进度`);
      parts.cancel.type = "button";
      parts.cancel.className = "button button-small button-quiet";
      parts.cancel.textContent = "移除";
      parts.cancel.setAttribute("aria-label", `移除 ${file.name}`);
      list.append(line);
      return { line, ...parts };
    }

    async function take(file) {
      if (!input.multiple) for (const old of [...list.children]) old.remove();
      const shown = row(file);
      const stopper = new AbortController();
      shown.cancel.addEventListener("click", () => {
        stopper.abort();
        if (shown.forget && !shown.line.classList.contains("is-done")) shown.forget();
        shown.line.remove();
        input.focus();
      });
      settle(1);
      try {
        const done = await send(box, file, shown, stopper.signal);
        const token = document.createElement("input");
        Object.assign(token, { type: "hidden", name: `${box.dataset.name}-token`, value: done.token });
        shown.line.append(token);
        shown.line.classList.add("is-done");
        shown.name.textContent = done.name;
        shown.state.textContent = `${sized(done.size)} · 已收下`;
        shown.note.textContent = done.note;
        box.dispatchEvent(new CustomEvent("upload:done", { bubbles: true, detail: done }));
      } catch (error) {
        shown.line.classList.add("is-refused");
        shown.state.textContent = "没有收下";
        shown.note.textContent = error.message;
      } finally {
        shown.bar.remove();
        settle(-1);
      }
    }

    const takeAll = async (files) => {
      for (const file of files) await take(file);
    };
    input.addEventListener("change", () => {
      const files = [...input.files];
      input.value = "";
      input.required = false;
      takeAll(files);
    });
    for (const kind of ["dragenter", "dragover"]) box.addEventListener(kind, (event) => { event.preventDefault(); box.classList.add("is-over"); });
    for (const kind of ["dragleave", "drop"]) box.addEventListener(kind, () => box.classList.remove("is-over"));
    box.addEventListener("drop", (event) => {
      event.preventDefault();
      const files = [...event.dataTransfer.files];
      takeAll(input.multiple ? files : files.slice(0, 1));
    });
    for (const done of list.querySelectorAll(".upload-row.is-done")) {
      const remove = document.createElement("button");
      Object.assign(remove, { type: "button", className: "button button-small button-quiet", textContent: "移除" });
      remove.addEventListener("click", () => done.remove());
      done.querySelector(".upload-state").after(remove);
    }
  }

  for (const box of document.querySelectorAll("[data-upload]")) open(box);

  /* for scripts that bring a file of their own: what it became, or an error with a sentence */
  window.sendFile = (box, file) => send(box, file, { bar: {}, state: {} });
})();
