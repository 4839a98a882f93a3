// An open page learns that newer data is published, and offers to reload: a conditional request every two minutes, and when the
// page is looked at again; none while it is hidden. The address is the view: nothing is lost.
(() => {
  const EVERY_MS = 120000;
  let first, asked = 0;
  async function look() {
    if (document.hidden || Date.now() - asked < EVERY_MS / 2) return;
    asked = Date.now();
    try {
      const answer = await fetch("/healthz", { cache: "no-cache" });
      if (!answer.ok) return;
      const { data_date, events, editions, is_demo } = await answer.json();
      const found = JSON.stringify([data_date, events, editions, is_demo]);
      first ??= found;
      document.documentElement.toggleAttribute("data-newer", found !== first);
    } catch { /* the server restarts: the next look will tell */ }
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest?.(".newer button")) location.reload();
  });
  document.addEventListener("visibilitychange", look);
  setInterval(look, EVERY_MS);
  setTimeout(look, 5000);
})();
