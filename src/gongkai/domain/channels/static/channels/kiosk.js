/* A touch screen: goes back to its first page by itself when nobody touches it any more, and never leaves its own pages. */
(() => {
  const part = (name) => document.querySelector(`[data-${name}]`);
  const home = document.body.dataset.home, COUNTDOWN = 15, FRESH = 600;
  const idle = Number(document.body.dataset.idle);
  const leaving = part("leaving"), left = part("left");
  let quiet = 0, remaining = 0;

  function clock() {
    const now = new Date(), two = (n) => String(n).padStart(2, "0");
    part("clock").textContent = `${now.getMonth() + 1}月${now.getDate()}日 星期${"日一二三四五六"[now.getDay()]}　${two(now.getHours())}:${two(now.getMinutes())}`;
  }
  function beat() {
    clock();
    quiet += 1;
    if (!idle) {
      // the first page only looks for what is new, and only where there is a network
      if (quiet >= FRESH) { quiet = 0; fetch(home, { method: "HEAD", cache: "no-store" }).then((answer) => answer.ok && location.reload()).catch(() => {}); }
      return;
    }
    if (quiet < idle) return;
    if (leaving.hidden) { leaving.hidden = false; remaining = COUNTDOWN; part("stay").focus(); } else remaining -= 1;
    left.textContent = remaining;
    if (remaining <= 0) location.replace(home);
  }
  function stay() { quiet = 0; leaving.hidden = true; }
  for (const kind of ["pointerdown", "keydown", "wheel", "touchmove"]) document.addEventListener(kind, stay, { passive: true });
  setInterval(beat, 1000);
  clock();

  document.addEventListener("contextmenu", (event) => event.preventDefault());
  document.addEventListener("dragstart", (event) => event.preventDefault());
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && !new URL(link.href).pathname.startsWith(home)) event.preventDefault();
  });

  const larger = part("larger");
  if (larger) {
    larger.hidden = false;
    larger.addEventListener("click", () => {
      const large = document.documentElement.dataset.size === "large";
      document.documentElement.dataset.size = large ? "" : "large";
      larger.textContent = large ? "放大字号" : "恢复字号";
    });
  }
  const print = part("print");
  if (print) { print.hidden = false; print.addEventListener("click", () => window.print()); }

  const keys = part("keys"), field = document.getElementById("q");
  if (keys) {
    // what was found comes first; the keys come back with the field
    keys.hidden = Boolean(document.querySelector(".kk-list"));
    field.addEventListener("pointerdown", () => { keys.hidden = false; });
    keys.addEventListener("click", (event) => {
      const key = event.target.closest("[data-key]")?.dataset.key;
      if (!key) return;
      if (key === "clear") field.value = "";
      else if (key === "back") field.value = field.value.slice(0, -1);
      else if (field.value.length < 40) field.value += key;
    });
  }
})();
