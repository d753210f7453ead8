/* Large type, the plain layout, printing, and a side column that folds on a phone. Nothing here is needed to read. */
(() => {
  const root = document.documentElement;
  const size = () => { try { return localStorage.getItem("size"); } catch { return null; } };
  const keep = (value) => { try { localStorage.setItem("size", value); } catch { /* private window */ } };
  const mode = () => { try { return localStorage.getItem("mode"); } catch { return null; } };
  const keepMode = (value) => { try { localStorage.setItem("mode", value); } catch { /* private window */ } };
  if (["small", "large"].includes(size())) root.dataset.size = size();
  if (mode() === "simple") root.dataset.mode = "simple";

  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-size]:is(button)")) {
      button.hidden = false;
      const show = () => button.setAttribute("aria-pressed", String(root.dataset.size === "large"));
      button.addEventListener("click", () => {
        if (root.dataset.size === "large") delete root.dataset.size;
        else root.dataset.size = "large";
        keep(root.dataset.size || "normal");
        show();
      });
      show();
    }
    for (const button of document.querySelectorAll("[data-simple]")) {
      button.hidden = false;
      const show = () => button.setAttribute("aria-pressed", String(root.dataset.mode === "simple"));
      button.addEventListener("click", () => {
        if (root.dataset.mode === "simple") delete root.dataset.mode;
        else root.dataset.mode = "simple";
        keepMode(root.dataset.mode || "full");
        show();
      });
      show();
    }
    for (const button of document.querySelectorAll("[data-print]")) {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    }
    const here = document.querySelector(".sections [aria-current]");
    if (here) here.closest(".sections").scrollLeft = here.offsetLeft - (innerWidth - here.offsetWidth) / 2;
    if (matchMedia("(max-width: 48rem)").matches) {
      for (const fold of document.querySelectorAll(".side details[open]")) fold.open = false;
    }
  });
})();
