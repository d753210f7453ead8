/* One box ticks them all. */
document.addEventListener("change", (event) => {
  const all = event.target.closest("[data-tick-all]");
  if (!all) return;
  for (const box of all.closest("form").querySelectorAll(`input[name="${all.dataset.tickAll}"]`)) box.checked = all.checked;
});
