/* The narrative: saved as one writes, with the live figures shown as they will be printed. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const data = document.getElementById("text-setup");
  if (!data) return;
  const setup = JSON.parse(data.textContent);
  let last = null;

  document.querySelectorAll("[data-chapter-form]").forEach((form) => {
    const heading = form.elements.heading.value;
    const area = form.elements.text;
    const view = form.closest("[data-chapter]").querySelector("[data-preview]");
    let timer = null;

    const keeper = new Keeper({
      url: setup.save,
      name: `gongkai:text:${setup.report}:${setup.user}:${heading}`,
      pack: ([change]) => change,
      state: showState,
      done: (answer) => {
        if (answer.result === "conflict") return clash(answer);
        area.dataset.version = answer.version;
        form.elements.version.value = answer.version;
        const later = keeper.queue.get(heading);
        if (later) later.version = answer.version;
      },
    });

    function keep() {
      keeper.put(heading, { heading, text: area.value, version: Number(area.dataset.version) });
    }

    function clash(answer) {
      form.parentElement.querySelector(".clash")?.remove();
      const box = document.createElement("div");
      box.className = "notice is-error clash";
      box.setAttribute("role", "alert");
      const words = document.createElement("p");
      words.textContent = `${answer.by || "别人"} ${answer.at} 也改了这一章。下面是对方的文字；您的还在编辑框里，没有保存。`;
      const theirs = document.createElement("p");
      theirs.className = "theirs";
      theirs.textContent = answer.text;
      const mine = button("保存我的", () => { area.dataset.version = answer.version; keep(); box.remove(); });
      const yours = button("改用对方的", () => { area.value = answer.text; area.dataset.version = answer.version; box.remove(); show(); keeper.say("saved"); });
      box.append(words, theirs, mine, " ", yours);
      form.before(box);
      setTimeout(() => keeper.say("conflict"), 0);
    }

    async function show() {
      const body = new FormData();
      body.set("text", area.value);
      body.set("csrfmiddlewaretoken", token());
      try {
        const response = await fetch(setup.preview, { method: "POST", body });
        if (response.ok && !response.redirected) view.innerHTML = await response.text();
      } catch {
        // shown again with the next letter
      }
    }

    area.addEventListener("focus", () => { last = area; });
    area.addEventListener("input", () => {
      keep();
      grow(area);
      clearTimeout(timer);
      timer = setTimeout(show, 500);
    });
    form.addEventListener("submit", (event) => { event.preventDefault(); keep(); keeper.flush(); });
    const left = keeper.left().get(heading);
    if (left && left.text !== area.value) {
      area.value = left.text;
      keeper.put(heading, left);
      show();
    }
    grow(area);
  });

  document.querySelectorAll("[data-insert]").forEach((one) => one.addEventListener("click", () => {
    const area = last || document.querySelector("[data-chapter-form] textarea");
    if (!area) return;
    area.focus();
    area.setRangeText(one.dataset.insert, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }));

  document.body.classList.add("text-live");
  if (document.querySelector("[data-chapter-form]")) showState("saved", "已保存");

  function button(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button button-small";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }

  function grow(area) {
    area.rows = Math.max(6, Math.min(40, area.value.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 45), 1)));
  }
});
