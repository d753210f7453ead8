/* What was typed is kept: a queue in the page, a copy in the browser, another try when the line is back. */
"use strict";

class Keeper {
  /** url: where to post; name: under which name the browser keeps the queue;
      pack: queue → body; done: (answer, batch) → nothing; state: (word, sentence) → nothing. */
  constructor({ url, name, pack, done, state }) {
    Object.assign(this, { url, name, pack, done, state });
    this.queue = new Map();
    this.waiting = false;
    this.batch = new Map();
    this.pause = 1000;
    this.timer = null;
    addEventListener("online", () => this.flush());
    addEventListener("beforeunload", (event) => {
      if (this.queue.size && this.blocked !== "refused") event.preventDefault();
    });
  }

  /** What an earlier page could not send. */
  left() {
    try {
      return new Map(JSON.parse(localStorage.getItem(this.name) || "[]"));
    } catch {
      return new Map();
    }
  }

  put(key, item) {
    this.queue.set(key, item);
    this.store();
    this.say("unsaved");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), 500);
  }

  /** Whether a value for *key* is on its way to the server. */
  isSending(key) {
    return this.waiting && this.batch.has(key);
  }

  drop(key) {
    this.queue.delete(key);
    this.store();
  }

  store() {
    try {
      if (this.queue.size) localStorage.setItem(this.name, JSON.stringify([...this.queue]));
      else localStorage.removeItem(this.name);
    } catch {
      // a full or forbidden store: the queue in the page goes on working
    }
  }

  say(word, sentence = "") {
    const words = { saved: "已保存", unsaved: "未保存", saving: "正在保存", offline: "未保存：连接中断，恢复后自动保存", conflict: "冲突：别人也改了", refused: "未保存" };
    this.state(word, sentence || words[word]);
  }

  async flush() {
    clearTimeout(this.timer);
    if (this.waiting || !this.queue.size) return;
    this.waiting = true;
    this.say("saving");
    const batch = (this.batch = new Map(this.queue));
    try {
      const response = await fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token(), "X-Requested-With": "fetch" },
        body: JSON.stringify(this.pack([...batch.values()])),
      });
      if (response.status >= 500) throw new Error("later");
      const json = (response.headers.get("Content-Type") || "").includes("json");
      if (!json || response.redirected) {
        this.refuse("登录已过期。请在新窗口登录后回到这里，没保存的内容还在。");
      } else {
        const answer = await response.json();
        if (response.ok) this.sent(answer, batch);
        else this.refuse(answer.message || "没有保存，请刷新页面。");
      }
    } catch {
      this.say("offline");
      this.timer = setTimeout(() => this.flush(), this.pause);
      this.pause = Math.min(this.pause * 2, 30000);
    }
    this.waiting = false;
    if (this.queue.size && !this.timer && !this.blocked) this.timer = setTimeout(() => this.flush(), 500);
  }

  sent(answer, batch) {
    this.pause = 1000;
    this.timer = null;
    this.blocked = null;
    // what was typed again while the answer was on its way stays in the queue
    for (const [key, item] of batch) if (this.queue.get(key) === item) this.queue.delete(key);
    this.done(answer, batch);
    this.store();
    if (!this.queue.size) this.say("saved");
    else this.timer = setTimeout(() => this.flush(), 100);
  }

  refuse(sentence) {
    this.blocked = "refused";
    this.timer = null;
    this.say("refused", sentence);
  }
}

function token() {
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  return field ? field.value : "";
}

/** Show the state of saving in the head of the page. */
function showState(word, sentence) {
  const place = document.querySelector("[data-save-state]");
  if (!place) return;
  place.hidden = false;
  place.dataset.saveState = word;
  if (place.textContent !== sentence) place.textContent = sentence;
}
