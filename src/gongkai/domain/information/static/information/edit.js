/* The form of an item: saved as one writes, kept in the browser until the server has it. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const data = document.getElementById("edit-setup");
  const form = document.querySelector("[data-edit]");
  if (!data || !form) return;
  const setup = JSON.parse(data.textContent);
  const part = (name) => form.querySelector(`[data-part="${name}"]`);
  const clash = form.querySelector("[data-clash]");

  const entries = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "next");

  const keeper = new Keeper({
    url: setup.save,
    name: `gongkai:item:${setup.item}:${setup.user}`,
    pack: ([sent]) => ({ entries: [...sent.entries.filter(([name]) => name !== "seen"), ["seen", form.elements.seen.value], ...(explicit ? [["explicit", "1"]] : [])] }),
    state: (word, sentence) => showState(word, word === "saved" && at ? `已保存 ${at}` : sentence),
    done,
  });
  let at = "";
  let explicit = false;
  let outcome = "";

  function keep() {
    keeper.put("form", { entries: entries() });
  }

  function done(answer, batch) {
    outcome = answer.result;
    if (answer.result === "conflict") {
      clash.innerHTML = answer.html;
      clash.dataset.seen = answer.seen;
      clash.scrollIntoView({ block: "nearest" });
      const mine = batch.get("form");
      // not saved: the copy in the browser stays until somebody has chosen
      setTimeout(() => {
        try { localStorage.setItem(keeper.name, JSON.stringify([["form", mine]])); } catch { /* a full store */ }
        keeper.say("conflict");
      }, 0);
      return;
    }
    at = answer.at;
    form.elements.seen.value = answer.seen;
    const parts = { ...answer.parts };
    // what is being typed into is not replaced under one's hands
    if (part("files").contains(document.activeElement) || keeper.queue.has("form")) delete parts.files;
    for (const [name, html] of Object.entries(parts)) if (part(name).innerHTML !== html) part(name).innerHTML = html;
    if (parts.files) form.querySelectorAll(".upload-row.is-done").forEach((row) => row.remove());
    showErrors(answer.errors);
    const heading = document.querySelector(".desk-head h1");
    const title = form.elements.title.value.trim();
    if (heading && title) heading.textContent = title;
  }

  function showErrors(errors) {
    form.querySelectorAll("[data-live-error]").forEach((old) => old.remove());
    form.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
    for (const [name, sentences] of Object.entries(errors)) {
      const field = form.querySelector(`.field [name="${name}"]`);
      if (!field) continue;
      field.setAttribute("aria-invalid", "true");
      const list = document.createElement("ul");
      list.className = "errorlist";
      list.dataset.liveError = "";
      for (const sentence of sentences) {
        const line = document.createElement("li");
        line.textContent = sentence;
        list.append(line);
      }
      field.closest(".field").append(list);
    }
  }

  form.addEventListener("input", keep);
  form.addEventListener("change", (event) => { if (event.target.type !== "file") keep(); withhold(); });
  form.addEventListener("upload:done", () => setTimeout(keep, 0));

  /* a press on a button saves the same way; only what the server has is left behind */
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const next = event.submitter?.value || "";
    explicit = true;
    outcome = "";
    keep();
    await keeper.flush();
    while (keeper.waiting || (keeper.queue.size && !keeper.blocked && outcome !== "conflict")) await new Promise((go) => setTimeout(go, 50));
    explicit = false;
    const wrong = form.querySelector("[aria-invalid=true]");
    if (wrong) wrong.focus();
    else if (outcome === "saved" && setup.next[next]) location.assign(setup.next[next]);
  });

  clash.addEventListener("click", (event) => {
    if (event.target.closest("[data-keep-mine]")) {
      event.preventDefault();
      form.elements.seen.value = clash.dataset.seen || form.elements.seen.value;
      clash.innerHTML = "";
      keep();
    } else if (event.target.closest("[data-take-theirs]")) {
      localStorage.removeItem(keeper.name);
    }
  });

  /* what an earlier page could not send */
  const left = keeper.left().get("form");
  const box = document.querySelector("[data-left]");
  const differs = left && JSON.stringify(left.entries.filter(comparable)) !== JSON.stringify(entries().filter(comparable));
  if (differs) {
    box.hidden = false;
    box.querySelector("[data-left-take]").addEventListener("click", () => {
      fill(left.entries);
      box.hidden = true;
      keep();
    });
    box.querySelector("[data-left-drop]").addEventListener("click", () => {
      localStorage.removeItem(keeper.name);
      box.hidden = true;
    });
  }

  function comparable([name]) {
    return name !== "seen" && !name.startsWith("file");
  }

  function fill(saved) {
    for (const [name, value] of saved.filter(comparable)) set(name, value);
  }

  function set(name, value) {
    const field = form.elements[name];
    if (!field) return;
    if (field instanceof RadioNodeList || field.type !== "file") field.value = value;
    if (field.dispatchEvent && field.matches("[data-editor]")) field.dispatchEvent(new Event("take"));
    withhold();
  }

  /* the ground is asked for only where there is something to justify */
  function withhold() {
    const open = form.elements.publicity.value === "open";
    form.querySelector("[data-withheld]").hidden = open;
  }

  /* proposals: one key each, or all at once */
  const proposals = [...form.querySelectorAll("[data-proposal]")];
  function accept(button) {
    set(button.dataset.proposal, button.dataset.value);
    const line = button.closest("li");
    line.classList.add("is-taken");
    button.disabled = true;
    button.textContent = "已采用";
    if (proposals.every((one) => one.disabled)) settled();
    keep();
  }
  function settled() {
    const card = form.querySelector(".info-proposals");
    const left = [...card.querySelectorAll("[data-proposal-note]")].map((note) => note.textContent);
    const told = document.createElement("p");
    told.className = left.length ? "notice is-warn" : "notice is-good";
    told.setAttribute("role", "status");
    told.textContent = `从文件中读出的 ${proposals.length} 项都已采用，请在下面核对。${left.join("")}`;
    card.replaceWith(told);
    form.elements.title.focus();
  }
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-proposal]");
    if (button) { event.preventDefault(); accept(button); }
    if (event.target.closest("[data-accept-all]")) {
      event.preventDefault();
      for (const one of proposals) if (!one.disabled) accept(one);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey && /^Digit[0-9]$/.test(event.code)) {
      const number = Number(event.code.slice(5));
      const chosen = number ? proposals.filter((one) => one.dataset.number === String(number)) : proposals;
      if (chosen.length) event.preventDefault();
      for (const one of chosen) if (!one.disabled) accept(one);
    }
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      keep();
      keeper.flush();
    }
  });

  document.body.classList.add("info-live");
  withhold();
  showState("saved", "已保存");
});
