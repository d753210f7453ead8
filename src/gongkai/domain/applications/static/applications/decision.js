/* The draft of a decision: finding a ground by a few letters, recurring answers. Without script everything is on the page. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  for (const part of document.querySelectorAll("[data-grounds]")) {
    const search = part.querySelector(".apps-search");
    const input = search.querySelector("[data-filter]");
    const chosen = part.querySelector("[data-chosen]");
    search.hidden = false;
    input.addEventListener("input", () => {
      const text = input.value.trim();
      for (const group of part.querySelectorAll("[data-group]")) {
        let some = false;
        for (const ground of group.querySelectorAll("[data-ground]")) {
          ground.hidden = Boolean(text) && !ground.textContent.includes(text);
          some ||= !ground.hidden;
        }
        group.hidden = !some;
      }
    });
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const first = [...part.querySelectorAll("[data-ground]")].find((g) => !g.hidden && !g.querySelector("input").disabled);
      first?.querySelector("input").click();
    });
    part.addEventListener("change", (event) => {
      const ground = event.target.closest("[data-ground]");
      if (!ground) return;
      chosen.textContent = ground.querySelector("span").firstChild.textContent.trim();
      part.open = false;
      const exemptions = part.parentNode.querySelector("[data-exemptions]");
      if (exemptions) exemptions.open = event.target.value === "partial";
      part.querySelector("summary").focus();
    });
  }
  for (const choice of document.querySelectorAll("[data-wording]")) {
    choice.closest("[hidden]").hidden = false;
    choice.addEventListener("change", () => {
      const place = document.getElementById(choice.dataset.wording);
      if (choice.value) place.value = place.value.trim() ? `${place.value.trim()}\n${choice.value}` : choice.value;
      choice.value = "";
      place.focus();
    });
  }
});
