/* The filling screen: keyboard like a spreadsheet, sums and broken relations while one types, saved as one goes. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const root = document.querySelector("[data-fill]");
  if (!root) return;
  const setup = JSON.parse(document.getElementById("fill-setup").textContent);
  const say = (text) => { document.querySelector("[data-announce]").textContent = text; };
  const fields = new Map([...root.querySelectorAll("td.box input[type=text]")].map((field) => [field.closest("td").dataset.place, field]));
  const grids = [...root.querySelectorAll("table.grid")].map((table) => new Grid(table));
  const grid = (field) => grids.find((one) => one.table.contains(field));
  const place = (field) => field.closest("td").dataset.place;
  const DASHES = /^[-—–―－/\\无]+$/;

  // ---- what stands where

  /** What was typed as a plain decimal, "" for a blank, or why it is neither. */
  function read(field) {
    let text = field.value.normalize("NFKC").replace(/\s/g, "");
    const unit = field.dataset.unit;
    if (unit && text.endsWith(unit)) text = text.slice(0, -unit.length);
    if (text === "") return { text: "" };
    if (DASHES.test(text)) return { why: "没有发生请填 0，没有统计请留空" };
    if (/^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(text)) text = text.replaceAll(",", "");
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) return { why: "不是数" };
    const kind = field.closest("td").dataset.kind;
    if (kind !== "money" && /\.\d*[1-9]/.test(text)) return { why: "这一格只能填整数" };
    if (kind !== "signed" && /^-.*[1-9]/.test(text)) return { why: "这一格不能是负数" };
    const value = Relations.number(text);
    if (value === null || /\d{12}/.test(text.split(".")[0].replace(/^[+-]?0*/, ""))) return { why: "数字太长，请检查计量单位" };
    return { text: Relations.text(value) };
  }

  const values = { ...setup.values };
  function note(field) {
    const typed = read(field);
    const key = place(field);
    mark(field, typed.why);
    if (typed.why) return typed;
    const rolled = setup.layer === "own" ? Relations.number(setup.rolled[key]) : null;
    const own = Relations.number(typed.text);
    if (own === null && rolled === null) delete values[key];
    else values[key] = Relations.text((own || 0n) + (rolled || 0n));
    field.closest("td").dataset.state = typed.text === "" ? "blank" : typed.text === "0" ? "zero" : "value";
    return typed;
  }

  function mark(field, why) {
    const cell = field.closest("td");
    let hint = cell.querySelector(".why");
    cell.classList.toggle("is-wrong", Boolean(why));
    if (why) {
      field.setAttribute("aria-invalid", "true");
      if (!hint) {
        hint = document.createElement("small");
        hint.className = "why";
        hint.id = `w:${cell.dataset.place}`;
        cell.append(hint);
      }
      hint.textContent = why;
      field.setAttribute("aria-describedby", hint.id);
    } else {
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
      if (hint) hint.remove();
    }
  }

  // ---- relations

  const list = root.querySelector("[data-broken]");
  const count = root.querySelector("[data-broken-count]");
  const LEVELS = { error: "错误", warning: "疑点", note: "说明" };
  function judge() {
    const found = Relations.judge(setup.rules, values, setup.has_previous ? setup.previous : null);
    const errors = found.filter((one) => one.level === "error");
    const anchors = new Set(errors.map((one) => one.anchor));
    const parts = new Set(errors.flatMap((one) => one.places));
    root.querySelectorAll("td.box").forEach((cell) => {
      cell.classList.toggle("is-broken", anchors.has(cell.dataset.place));
      cell.classList.toggle("is-part", parts.has(cell.dataset.place) && !anchors.has(cell.dataset.place));
    });
    const rows = found.length ? found.map(item) : [fine()];
    // a link that is pressed while something is being saved stays the one that was pressed
    if (rows.map((row) => row.outerHTML).join() !== [...list.children].map((row) => row.outerHTML).join()) list.replaceChildren(...rows);
    count.textContent = `${setup.rules.lines.length} 项关系${errors.length ? `，${errors.length} 错误` : ""}${found.length - errors.length ? `，${found.length - errors.length} 提示` : ""}`;
  }

  function item(one) {
    const row = document.createElement("li");
    row.dataset.level = one.level;
    const word = document.createElement("strong");
    word.textContent = LEVELS[one.level];
    const link = document.createElement("a");
    link.href = `#c:${one.anchor}`;
    link.textContent = "转到单元格";
    row.append(word, ` ${one.message}`, document.createElement("br"), link);
    const field = fields.get(one.anchor);
    if (one.sum !== null && field && setup.layer === "value") {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "take-sum";
      button.textContent = `填入 ${one.sum}`;
      button.addEventListener("click", () => { type(field, one.sum); judge(); field.focus(); });
      row.append(" ", button);
    }
    return row;
  }

  function fine() {
    const row = document.createElement("li");
    row.className = "is-fine";
    row.textContent = Object.keys(values).length ? "各项关系都相符。" : "还没有数据。填写后，这里逐项核对。";
    return row;
  }

  list.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#c:']");
    const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    event.preventDefault();
    target.focus();
    target.scrollIntoView({ block: "center", inline: "center" });
  });

  // ---- saving

  const keeper = new Keeper({
    url: setup.save,
    name: `gongkai:cells:${setup.report}:${setup.user}:${setup.layer}`,
    pack: (changes) => ({ layer: setup.layer, changes }),
    state: showState,
    done: (answer) => answer.outcomes.forEach(settle),
  });

  function keep(field) {
    const typed = note(field);
    if (typed.why) { keeper.drop(place(field)); return; }
    const unit = field.closest("td").querySelector("select");
    const chosen = unit ? unit.value : "";
    const asSaved = typed.text === (field.dataset.saved ?? "") && chosen === (field.dataset.savedUnit ?? "");
    // a value on its way would be saved over the one taken back, so that one has to follow it
    if (asSaved && !keeper.isSending(place(field))) { keeper.drop(place(field)); calm(); return; }
    keeper.put(place(field), { place: place(field), text: typed.text, version: Number(field.dataset.version), unit: chosen });
  }

  function settle(outcome) {
    const field = fields.get(outcome.place);
    if (!field) return;
    const cell = field.closest("td");
    if (outcome.result === "saved") {
      field.dataset.version = outcome.version;
      field.dataset.saved = outcome.text;
      const hidden = cell.querySelector("input[type=hidden]");
      if (hidden) hidden.value = outcome.version;
      cell.dataset.source = outcome.source;
      cell.classList.remove("is-conflict");
      if (field === document.activeElement) origin(field);
      // the queue may hold a later value of the same cell, made from the version before
      const later = keeper.queue.get(outcome.place);
      if (later) later.version = outcome.version;
    } else if (outcome.result === "wrong") {
      mark(field, outcome.message);
      say(outcome.message);
    } else {
      conflict(field, outcome);
    }
  }

  function conflict(field, outcome) {
    const cell = field.closest("td");
    cell.classList.add("is-conflict");
    cell.querySelector(".clash")?.remove();
    const both = document.createElement("div");
    both.className = "clash";
    both.setAttribute("role", "group");
    both.setAttribute("aria-label", "两个数");
    const words = document.createElement("p");
    words.textContent = `${outcome.by || "别人"} ${outcome.at} 填的是 ${outcome.text || "空白"}，您填的是 ${field.value || "空白"}。`;
    const mine = document.createElement("button");
    mine.type = "button";
    mine.textContent = `用我的 ${field.value || "空白"}`;
    mine.addEventListener("click", () => {
      both.remove();
      field.dataset.version = outcome.version;
      field.dataset.saved = outcome.text;
      keep(field);
      field.focus();
    });
    const theirs = document.createElement("button");
    theirs.type = "button";
    theirs.textContent = `用对方的 ${outcome.text || "空白"}`;
    theirs.addEventListener("click", () => {
      both.remove();
      field.value = outcome.text;
      settle({ ...outcome, result: "saved" });
      note(field);
      judge();
      calm();
      field.focus();
    });
    both.append(words, mine, theirs);
    cell.append(both);
    setTimeout(() => keeper.say("conflict"), 0);
    say(words.textContent);
  }

  function calm() {
    if (!keeper.queue.size) keeper.say(root.querySelector(".clash") ? "conflict" : "saved");
  }

  function type(field, text) {
    field.value = text;
    keep(field);
  }

  // ---- origin

  const panel = root.querySelector("[data-origin]");
  let asked = null;
  function origin(field) {
    clearTimeout(asked);
    asked = setTimeout(async () => {
      const href = field.closest("td").dataset.href;
      try {
        const response = await fetch(`${href}?panel=1`, { headers: { "X-Requested-With": "fetch" } });
        if (response.ok && !response.redirected) panel.innerHTML = await response.text();
      } catch {
        // without a line there is no origin to show; what is there stays
      }
    }, 200);
  }

  // ---- keyboard, paste

  let before = null;
  root.addEventListener("focusin", (event) => {
    const field = event.target.closest("td.box input[type=text]");
    if (!field) return;
    field.select();
    origin(field);
    root.querySelectorAll("td.is-here").forEach((cell) => cell.classList.remove("is-here"));
    field.closest("td").classList.add("is-here");
  });
  root.addEventListener("input", (event) => {
    const field = event.target.closest("td.box input[type=text]");
    if (!field) return;
    keep(field);
    judge();
  });
  root.addEventListener("change", (event) => {
    const unit = event.target.closest("td.box select");
    if (unit) keep(unit.closest("td").querySelector("input[type=text]"));
  });
  root.addEventListener("keydown", (event) => {
    const field = event.target.closest("td.box input[type=text]");
    if (!field || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const whole = field.selectionStart === 0 && field.selectionEnd === field.value.length;
    const first = field.selectionStart === 0 && field.selectionEnd === 0;
    const last = field.selectionStart === field.value.length && field.selectionEnd === field.value.length;
    const here = grid(field);
    let next = null;
    switch (event.key) {
      case "Enter": next = here.vertical(field, event.shiftKey ? -1 : 1); break;
      case "ArrowDown": next = here.vertical(field, 1); break;
      case "ArrowUp": next = here.vertical(field, -1); break;
      case "ArrowRight": if (whole || last) next = here.horizontal(field, 1); else return; break;
      case "ArrowLeft": if (whole || first) next = here.horizontal(field, -1); else return; break;
      case "Escape":
        type(field, field.dataset.saved ?? "");
        judge();
        field.select();
        event.preventDefault();
        return;
      default: return;
    }
    event.preventDefault();
    if (next) next.focus();
  });
  root.addEventListener("paste", (event) => {
    const field = event.target.closest("td.box input[type=text]");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!field || !/[\t\n]/.test(text.replace(/\n$/, ""))) return;
    event.preventDefault();
    const { pairs, lost } = grid(field).spread(field, text);
    before = pairs.map(([one]) => [one, one.value]);
    pairs.forEach(([one, told]) => type(one, told));
    judge();
    const wrong = pairs.filter(([one]) => one.hasAttribute("aria-invalid")).length;
    pasted(`已粘贴 ${pairs.length} 格${wrong ? `，其中 ${wrong} 格不能保存，已标出` : ""}${lost ? `；有 ${lost} 个数超出表格，没有粘贴` : ""}。`);
  });

  function pasted(sentence) {
    document.querySelector(".pasted")?.remove();
    const bar = document.createElement("p");
    bar.className = "notice pasted";
    const undo = document.createElement("button");
    undo.type = "button";
    undo.className = "button button-small";
    undo.textContent = "撤销粘贴";
    undo.addEventListener("click", () => {
      before.forEach(([one, told]) => type(one, told));
      judge();
      bar.remove();
      say("已撤销粘贴。");
    });
    bar.append(sentence, " ", undo);
    root.before(bar);
    say(sentence);
  }

  // ---- begin

  root.classList.add("is-live");
  fields.forEach((field) => {
    field.dataset.saved = field.defaultValue;
    field.dataset.savedUnit = field.closest("td").querySelector("select")?.value ?? "";
  });
  const left = keeper.left();
  left.forEach((change, key) => {
    const field = fields.get(key);
    if (!field || change.text === field.value) return;
    field.value = change.text;
    note(field);
    keeper.put(key, change);
  });
  if (left.size && setup.editable) say("已找回上次没有保存的内容。");
  if (setup.editable) showState(keeper.queue.size ? "unsaved" : "saved", keeper.queue.size ? "未保存" : "已保存");
  judge();
  const target = location.hash.startsWith("#c:") && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target) target.focus();
  // the figures of a frozen form open their origin at the side, too
  root.addEventListener("click", (event) => {
    const link = event.target.closest("td.box a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || matchMedia("(max-width: 64em)").matches) return;
    event.preventDefault();
    origin(link);
  });
});
