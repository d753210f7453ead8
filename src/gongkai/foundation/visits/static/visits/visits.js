/* A page that was opened says so: no cookie, nothing stored, nothing but its own address. It then shows how often
   it was opened, where it has room for that. Nothing here is needed to read. */
(() => {
  const page = location.pathname.replace(/^\/hant(?=\/)/, "");
  if (/^\/(account|desk)\//.test(page)) return; // a preview is no visit
  const room = document.querySelector(`[data-visits="${page}"]`);
  const wishes = navigator.globalPrivacyControl || navigator.doNotTrack === "1";

  const count = async () => {
    if (!wishes && navigator.sendBeacon) navigator.sendBeacon(`/visits${page}`);
    if (!room) return;
    try {
      const answer = await fetch(`/visits${page}`);
      const { visits } = answer.ok ? await answer.json() : { visits: 0 };
      if (!visits) return;
      room.querySelector("[data-visits-number]").textContent = visits.toLocaleString("zh-CN");
      room.hidden = false;
    } catch { /* the number is missing, the page is not */ }
  };
  /* a page that is loaded ahead is opened only when it is shown */
  if (document.prerendering) document.addEventListener("prerenderingchange", count, { once: true });
  else count();
})();
