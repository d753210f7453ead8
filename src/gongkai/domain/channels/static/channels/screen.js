/* An unattended screen. It asks for content every minute, turns by itself, goes on with the last good content when
   the network is gone, and begins anew at night. What it shows is put in as text, never as markup. */
(() => {
  const part = (name) => document.querySelector(`[data-${name}]`);
  const ASK = 60000, PATIENCE = 10000, NIGHT = 3, LONG_TITLE = 34;
  const store = `gongkai${location.pathname}`;
  let content = null, pages = [], place = -1, wanted = null, lastGood = 0, turning = 0, bornOn = new Date().toDateString();

  const element = (tag, text, kind) => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };

  /* -- the clock ------------------------------------------------------------------------------------ */
  const two = (n) => String(n).padStart(2, "0");
  function tick() {
    const now = new Date();
    part("time").textContent = `${two(now.getHours())}:${two(now.getMinutes())}`;
    part("date").textContent = `${now.getFullYear()}年${now.getMonth() + 1}月${now.getDate()}日 星期${"日一二三四五六"[now.getDay()]}`;
    // once a night, and only when there is something to come back to
    if (now.getHours() === NIGHT && now.toDateString() !== bornOn && Date.now() - lastGood < 2 * ASK) location.reload();
    setTimeout(tick, 1000 * (60 - now.getSeconds()) + 50);
  }

  /* -- getting content ------------------------------------------------------------------------------ */
  async function ask() {
    const impatience = new AbortController();
    const timer = setTimeout(() => impatience.abort(), PATIENCE);
    try {
      const answer = await fetch(document.body.dataset.content, { cache: "no-store", signal: impatience.signal });
      if (answer.status === 404) return gone();
      if (!answer.ok) throw new Error(answer.status);
      const fresh = await answer.json();
      // a service worker that had to answer from its store says so
      if (answer.headers.get("X-From-Store")) throw Object.assign(new Error("stored"), { fresh });
      lastGood = Date.now();
      if (content && fresh.version !== content.version) return location.reload();
      keep(fresh);
      state("");
      take(fresh);
    } catch (error) {
      const old = content || error.fresh || kept();
      if (old) take(old);
      const made = old ? new Date(old.made) : null;
      state(made ? `网络中断，显示 ${two(made.getHours())}:${two(made.getMinutes())} 的内容` : "网络中断");
    } finally {
      clearTimeout(timer);
      setTimeout(ask, ASK);
    }
  }
  function keep(fresh) { try { localStorage.setItem(store, JSON.stringify(fresh)); } catch { /* full or forbidden */ } }
  function kept() { try { return JSON.parse(localStorage.getItem(store)); } catch { return null; } }
  function gone() { try { localStorage.removeItem(store); } catch { /* forbidden */ } content = null; show([]); quiet("这块屏已停用"); }
  function state(words) { part("state").textContent = words; }

  function take(fresh) {
    // what nobody could check for days may have been taken back
    if (Date.now() - new Date(fresh.made).getTime() > fresh.keep * 1000) { content = null; show([]); return quiet("网络中断，内容已过期，等待恢复"); }
    const same = content && JSON.stringify(content.items) === JSON.stringify(fresh.items) && content.seconds === fresh.seconds;
    content = fresh;
    part("line").textContent = fresh.line;
    if (same) return;
    if (!fresh.items.length) { show([]); return quiet("暂无内容"); }
    quiet("");
    // what was taken back goes at once; what is new waits for the next turn
    const showing = pages[place];
    if (showing && fresh.items.some((item) => same_item(item, showing.item))) wanted = fresh.items;
    else show(fresh.items);
  }
  const same_item = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  function quiet(words) { part("quiet").textContent = words; part("stage").classList.toggle("is-empty", Boolean(words)); }

  /* -- showing -------------------------------------------------------------------------------------- */
  function show(items) {
    wanted = null;
    pages = items.map((item) => ({ item, from: 0, leaf: 1 }));
    place = -1;
    clearTimeout(turning);
    if (pages.length) turn();
  }

  function turn() {
    if (wanted) {
      const next = pages[place] ? pages[place].item.key : null;
      const at = wanted.findIndex((item) => item.key === next);
      pages = wanted.map((item) => ({ item, from: 0, leaf: 1 }));
      place = at; wanted = null;
    }
    place = (place + 1) % pages.length;
    draw(pages[place]);
    bar();
    turning = setTimeout(turn, content.seconds * 1000);
  }

  function draw(page) {
    const item = page.item;
    part("column").textContent = item.column;
    part("title").textContent = item.title;
    part("title").classList.toggle("is-long", item.title.length > LONG_TITLE);
    const facts = [item.unit, item.number, item.day].filter(Boolean);
    part("facts").replaceChildren(...facts.map((fact) => element("span", fact)));
    // what is short is set larger, as long as it still fits
    part("text").classList.add("is-big");
    let rest = fill(item, page.from);
    if (page.from || rest < item.paragraphs.length) { part("text").classList.remove("is-big"); rest = fill(item, page.from); }
    // a long text goes on on a leaf of its own, twice at most; the code leads to the rest
    const follows = pages[place + 1];
    if (rest < item.paragraphs.length && page.leaf < 3 && !(follows && follows.item === item)) pages.splice(place + 1, 0, { item, from: rest, leaf: page.leaf + 1 });
    code(item.code);
    next();
    const order = [...new Set(pages.map((p) => p.item))];
    part("count").textContent = `${order.indexOf(item) + 1} / ${order.length}`;
  }

  /** Put in as many paragraphs as fit, beginning with *from*; return where to go on. */
  function fill(item, from) {
    const box = part("text");
    box.replaceChildren();
    let at = from;
    for (; at < item.paragraphs.length; at++) {
      const told = item.paragraphs[at];
      const made = element("p", told.text, `is-${told.kind}`);
      box.append(made);
      if (box.scrollHeight <= box.clientHeight + 1) continue;
      if (box.children.length > 1) { made.remove(); break; }
      // one paragraph that is longer than the page: as much of it as fits
      let low = 0, high = told.text.length;
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        made.textContent = `${told.text.slice(0, middle)}……`;
        if (box.scrollHeight <= box.clientHeight + 1) low = middle; else high = middle - 1;
      }
      made.textContent = `${told.text.slice(0, low)}……`;
      at++;
      break;
    }
    const last = box.lastElementChild;
    if (last && last.classList.contains("is-heading") && at < item.paragraphs.length && box.children.length > 1) { last.remove(); at--; }
    return at;
  }

  function code(told) {
    const box = part("code"), svg = box.querySelector("svg");
    box.hidden = !told;
    if (!told) return;
    svg.setAttribute("viewBox", `0 0 ${told.size} ${told.size}`);
    svg.setAttribute("shape-rendering", "crispEdges");
    svg.querySelector(".sc-code-ground").setAttribute("d", `M0 0h${told.size}v${told.size}H0z`);
    svg.querySelector(".sc-code-dark").setAttribute("d", told.path);
  }

  function next() {
    const box = part("next"), list = box.querySelector("ol"), here = pages[place].item;
    const order = [...new Set(pages.map((p) => p.item))], at = order.indexOf(here);
    const following = [...order.slice(at + 1), ...order.slice(0, at)].slice(0, 6);
    box.hidden = !following.length;
    list.replaceChildren(...following.map((item) => element("li", item.title)));
    for (const row of list.children) row.classList.toggle("is-over", row.offsetTop + row.offsetHeight > box.offsetTop + box.clientHeight);
  }

  function bar() {
    part("bar").getAnimations().forEach((running) => running.cancel());
    part("bar").animate([{ transform: "scaleX(0)" }, { transform: "scaleX(1)" }], { duration: content.seconds * 1000 });
  }

  /* -- */
  if ("serviceWorker" in navigator && window.isSecureContext) navigator.serviceWorker.register(document.body.dataset.worker).catch(() => {});
  tick();
  ask();
})();
