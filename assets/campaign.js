// Drawings of pages, and soft navigation: a link within the site becomes a rerun of the page instead of a new load.
// Streamlit listens to `popstate`; without this script the same links load the page anew.
(() => {
  const isOurs = (link) =>
    link && link.origin === location.origin && !link.hasAttribute("download") &&
    !/^\/(api|badge|assets|healthz|figures|kits|apercu|embed|reports|programme\.\w+|near\.json|communes\.json|ask\.json|alerts\.atom|robots\.txt|sitemap\.xml|metrics)(\/|$)/.test(link.pathname);

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (event.target.closest(".leave-filters")) return leaveFilters();
    const copied = event.target.closest("[data-copy]");
    if (copied) return copy(copied);
    const link = event.target.closest("a[href]");
    if (!link) return;
    const url = new URL(link.getAttribute("href") || link.href.baseVal, location.href);
    if (url.hash && url.pathname === location.pathname && url.search === location.search) {
      const target = document.getElementById(url.hash.slice(1));
      if (target) { event.preventDefault(); target.focus(); target.scrollIntoView(); }
      return;
    }
    if (!isOurs({ origin: url.origin, pathname: url.pathname, hasAttribute: (n) => link.hasAttribute(n) })) return;
    event.preventDefault();
    follow(url.pathname, carried(url));
  }, true);

  // On a telephone the filters lie over the page: leaving them folds Streamlit's sidebar, and goes on at the answer.
  function leaveFilters() {
    document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
    document.getElementById("answer")?.focus({ preventScroll: true });
  }

  // What the reader chose on a drawing without asking the server (assets/curves.js) is younger than the links of its page.
  function carried(url) {
    const now = new URLSearchParams(location.search);
    if (url.pathname === location.pathname) for (const name of ["zoom", "alone"]) {
      if (now.get(name) === url.searchParams.get(name)) continue;
      if (now.has(name)) url.searchParams.set(name, now.get(name));
      else url.searchParams.delete(name);
    }
    return url.search;
  }

  function go(path, search) {
    const from = location.pathname;
    history.pushState({}, "", path + search);
    dispatchEvent(new PopStateEvent("popstate"));
    if (from !== path) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  }

  // st.html leaves no SVG in what it is given: pages hold their drawings as text (campaign/charts/in_html.py).
  const draw = (root) => {
    for (const text of root.querySelectorAll("pre.carried")) {
      const drawn = document.createElement("template");
      drawn.innerHTML = text.textContent;
      text.replaceWith(drawn.content);
    }
  };
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE) draw(node);
  }).observe(document.documentElement, { childList: true, subtree: true });
  draw(document);

  // A link was drawn for one address. Clicked while a filter picked there is being answered, it would take that pick back:
  // it waits for the address that the pick makes, and changes of it what it would have changed of its own.
  let pick = null; // {base: the address it was made at, heard: when the server first spoke after it}
  let isMoving = false;
  let waiting;
  const patience = 8000;
  const sockets = new WeakSet();
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (sockets.has(this) && !isMoving) { // the first message asks for the page
      const mine = (pick = { base: isAnswered() ? location.search : pick.base, made: performance.now(), heard: Infinity });
      this.addEventListener("message", () => { mine.heard = performance.now(); }, { once: true });
    }
    sockets.add(this);
    return send.call(this, data);
  };
  addEventListener("popstate", () => {
    clearInterval(waiting);
    pick = null;
    isMoving = true; // Streamlit answers this event at once, by a message that is no pick
    setTimeout(() => { isMoving = false; });
  });

  const isAnswered = () => {
    const now = performance.now();
    if (!pick || now - pick.made > patience) return true;
    const app = document.querySelector('[data-testid="stApp"]');
    return now - pick.heard > 200 && app?.dataset.testScriptState === "notRunning"; // "running" comes a moment after
  };

  function follow(path, search) {
    if (isAnswered()) return go(path, search);
    const { base } = pick;
    clearInterval(waiting);
    waiting = setInterval(() => {
      if (!isAnswered()) return;
      clearInterval(waiting);
      go(path, changed(base, search, location.search));
    }, 30);
  }

  // The address `now`, with the differences between `base` and `link`.
  function changed(base, link, now) {
    const [before, after, found] = [base, link, now].map((search) => new URLSearchParams(search));
    const result = new URLSearchParams();
    for (const name of new Set([...found.keys(), ...after.keys()])) {
      const isSame = String(before.getAll(name)) === String(after.getAll(name));
      for (const value of (isSame ? found : after).getAll(name)) result.append(name, value);
    }
    return result.size ? `?${result}` : "";
  }

  function copy(button) {
    const text = button.dataset.copy;
    const done = () => {
      const before = button.textContent;
      button.textContent = button.dataset.done || "✓";
      setTimeout(() => { button.textContent = before; }, 1600);
    };
    if (navigator.clipboard) { navigator.clipboard.writeText(text).then(done); return; }
    const area = document.createElement("textarea");
    area.value = text;
    (button.closest("dialog") || document.body).append(area); // an open dialog makes the rest of the page inert
    area.select();
    document.execCommand("copy");
    area.remove();
    done();
  }
})();
