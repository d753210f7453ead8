// Reading aloud, what belongs to organisations only, the draft's code from the address, one click once.
// Every page works without it.
(() => {
  const voice = () => speechSynthesis.getVoices().find((each) => each.lang.toLowerCase().startsWith("zh"));

  function speech() {
    if (!("speechSynthesis" in window)) return;
    let speaking = null;
    const quiet = () => {
      speechSynthesis.cancel();
      if (speaking) speaking.setAttribute("aria-pressed", "false");
      speaking = null;
    };
    const show = () => {
      if (!voice()) return;
      for (const button of document.querySelectorAll("[data-speak][hidden]")) {
        button.hidden = false;
        button.setAttribute("aria-pressed", "false");
        button.addEventListener("click", () => {
          const again = speaking === button;
          quiet();
          if (again) return;
          const said = new SpeechSynthesisUtterance(document.getElementById(button.dataset.speak).textContent);
          said.lang = "zh-CN";
          said.voice = voice();
          said.rate = 0.9;
          said.onend = quiet;
          speaking = button;
          button.setAttribute("aria-pressed", "true");
          speechSynthesis.speak(said);
        });
      }
    };
    show();
    speechSynthesis.addEventListener("voiceschanged", show);
    window.addEventListener("pagehide", quiet);
  }

  function kinds() {
    const contact = document.querySelector('[data-field="contact"]');
    const radios = [...document.querySelectorAll('input[name="kind"]')];
    if (!contact || !radios.length) return;
    const proof = document.querySelector('select[name="document_kind"]');
    const show = (changed) => {
      const chosen = radios.find((each) => each.checked);
      contact.hidden = !chosen || chosen.value === "natural";
      if (changed && proof && ["id-card", "credit-code"].includes(proof.value)) {
        proof.value = contact.hidden ? "id-card" : "credit-code";
      }
    };
    for (const radio of radios) radio.addEventListener("change", () => show(true));
    show(false);
  }

  function draft() {
    const form = document.querySelector("[data-draft]");
    const code = decodeURIComponent(location.hash.slice(1));
    if (!form || !/^[0-9A-Za-z-]{12,20}$/.test(code)) return;
    form.elements.code.value = code;
    history.replaceState(null, "", location.pathname);
    form.querySelector('[type="submit"]').focus();
  }

  document.addEventListener("DOMContentLoaded", () => {
    speech();
    kinds();
    draft();
    document.querySelector("[data-wrong]")?.focus();
    for (const form of document.querySelectorAll("[data-once]")) {
      form.addEventListener("submit", () => {
        const button = form.querySelector('[type="submit"]');
        setTimeout(() => { button.disabled = true; }, 0);
      });
    }
  });
})();
