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

  // Communes suggested while one types a place: the browser's own list, as each machine draws it.
  const FIELDS = '[class*="st-key-agenda_near"] input, [class*="st-key-filter_near"] input, [class*="st-key-home_near"] input';
  // The field has its list from the moment it is entered: its role changes with it, and must not while one types.
  const suggested = () => document.getElementById("places-suggested")
    || document.body.appendChild(Object.assign(document.createElement("datalist"), { id: "places-suggested" }));
  addEventListener("focusin", ({ target }) => {
    if (!(target instanceof Element) || !target.matches(FIELDS)) return;
    suggested().replaceChildren();
    target.setAttribute("list", suggested().id);
  });
  let asking;
  let waiting;
  addEventListener("input", (event) => {
    const field = event.target;
    if (!(field instanceof Element) || !field.matches(FIELDS) || event.inputType === "insertReplacementText") return;
    clearTimeout(waiting);
    asking?.abort();
    const text = field.value.trim();
    if (text.length < 2 || text.endsWith(")")) return;
    waiting = setTimeout(async () => {
      asking = new AbortController();
      const answer = await fetch(`/communes.json?${new URLSearchParams({ q: text })}`, { signal: asking.signal }).catch(() => null); // typed on, or away
      if (!answer?.ok) return;
      const { places } = await answer.json();
      suggested().replaceChildren(...places.map(({ text: value, departement }) =>
        Object.assign(document.createElement("option"), { value, label: `${value}, ${departement}` })));
    }, 120);
  });

  // On a telephone the facets stand in a sheet, which stays open from choice to choice.
  const sheet = document.documentElement;
  const tell = () => {
    for (const button of document.querySelectorAll(".sheet-open")) button.setAttribute("aria-expanded", String("sheet" in sheet.dataset));
  };
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-sheet]:not(html)")) return;
    if ("sheet" in sheet.dataset) delete sheet.dataset.sheet;
    else sheet.dataset.sheet = "";
    tell();
    if ("sheet" in sheet.dataset) document.querySelector(".facets summary")?.focus();
    else document.querySelector(".sheet-open")?.focus();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !("sheet" in sheet.dataset)) return;
    delete sheet.dataset.sheet;
    tell();
    document.querySelector(".sheet-open")?.focus();
  });
  addEventListener("popstate", () => { if (location.pathname !== "/agenda") delete sheet.dataset.sheet; });

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
