// The agenda in the browser: the reader's position as a commune, and one step of history for a whole search.
(() => {
  // A position stays in the browser but for two decimals (about a kilometre); the address gets the nearest commune's code.
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-locate]");
    if (!button) return;
    const said = button.parentElement.querySelector(".locate-said");
    const say = (text) => { said.textContent = text; button.disabled = false; };
    if (!navigator.geolocation) return say(button.dataset.refused);
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      async ({ coords }) => {
        const near = new URLSearchParams({ lat: coords.latitude.toFixed(2), lon: coords.longitude.toFixed(2) });
        const answer = await fetch(`${button.dataset.locate}?${near}`).catch(() => null);
        if (!answer?.ok) return say(button.dataset.failed);
        const { code } = await answer.json();
        const address = new URL(location.href);
        address.searchParams.set("near", code);
        address.searchParams.delete("page");
        history.pushState({}, "", address.pathname + address.search);
        dispatchEvent(new PopStateEvent("popstate"));
        button.disabled = false;
      },
      () => say(button.dataset.refused),
      { maximumAge: 600000, timeout: 15000 },
    );
  });

  // A page that answers while one types would leave an entry of history at each pause: the first stays, the others replace it.
  const push = history.pushState.bind(history);
  let typed = null;
  history.pushState = (state, title, url) => {
    const field = document.activeElement;
    const isTyping = field?.matches?.('input[type="search"]');
    if (isTyping && typed === location.href) history.replaceState(state, title, url);
    else push(state, title, url);
    typed = isTyping ? location.href : null;
  };
})();
