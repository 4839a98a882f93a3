// Soft navigation: a link within the site becomes a rerun of the page instead of a new load.
// Streamlit listens to `popstate`; without this script the same links load the page anew.
(() => {
  const isOurs = (link) =>
    link && link.origin === location.origin && !link.hasAttribute("download") &&
    !/^\/(api|badge|assets|healthz|figures|kits|apercu|embed|reports|programme\.\w+|near\.json|metrics)(\/|$)/.test(link.pathname);

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
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
    const from = location.pathname;
    history.pushState({}, "", url.pathname + url.search);
    dispatchEvent(new PopStateEvent("popstate"));
    if (from !== url.pathname) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  }, true);

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
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    done();
  }
})();
