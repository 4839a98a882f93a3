// « Partager » and « Agrandir » at each drawing (campaign/view/components/sharing.py). One dialog, made when it is first opened.
(() => {
  const make = (tag, set = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), set);
    made.append(...children);
    return made;
  };
  const figureOf = (node) => node.closest("figure, .st-key-drawing");

  // Sharing -----------------------------------------------------------------------------------------------------------

  // The view that is in sight, with its edition spelt out (a bare address shows the latest one later on) and the drawing's place.
  function addressOf(button) {
    const here = new URL(location.href);
    const chosen = new URLSearchParams((button.dataset.frame || "").split("?")[1]);
    if (!here.searchParams.has("edition") && chosen.has("edition")) here.searchParams.set("edition", chosen.get("edition"));
    here.hash = button.dataset.anchor || "";
    return here.href;
  }

  const frameOf = (address, title) =>
    `<iframe src="${new URL(address, location.origin).href.replaceAll("&", "&amp;")}" title="${title.replaceAll("&", "&amp;").replaceAll('"', "&#34;").replaceAll("'", "&#39;")}"` +
    ' width="100%" height="760" loading="lazy" style="border:0" referrerpolicy="no-referrer"></iframe>';

  function field(words, name, text, tag) {
    const shown = make(tag, { value: text, readOnly: true, id: `share-${name}`, onfocus: () => shown.select() });
    const copy = make("button", { type: "button", className: "copy", textContent: words.copy });
    Object.assign(copy.dataset, { copy: text, done: words.done });
    copy.setAttribute("aria-label", `${words.copy} : ${words[name]}`);
    return make("div", { className: "share-field" }, make("label", { htmlFor: shown.id, textContent: words[name] }), shown, copy);
  }

  function share(button) {
    const words = JSON.parse(document.querySelector(".share-words").dataset.words);
    const figure = figureOf(button);
    const title = (figure?.querySelector("figcaption strong") || document.querySelector("h1.answer"))?.textContent || document.title;
    const address = addressOf(button);
    const links = [...button.closest(".files").querySelectorAll("a[download]")].map((link) => link.cloneNode(true));
    const dialog = document.querySelector("dialog.share") || document.body.appendChild(make("dialog", { className: "share" }));
    dialog.setAttribute("aria-labelledby", "share-heading");
    const parts = [make("h2", { id: "share-heading", textContent: words.heading }), make("p", { className: "share-title", textContent: title })];
    parts.push(field(words, "address", address, "input"));
    if (links.length) parts.push(make("div", { className: "share-field" }, make("span", { textContent: words.picture }), make("p", { className: "share-files" }, ...links)));
    if (button.dataset.frame) parts.push(field(words, "frame", frameOf(button.dataset.frame, title), "textarea"));
    const foot = make("div", { className: "share-foot" });
    if (navigator.share) foot.append(make("button", { type: "button", textContent: words.send, onclick: () => navigator.share({ title, url: address }).catch(() => {}) })); // not sent: the reader's choice
    foot.append(make("button", { type: "button", textContent: words.close, onclick: () => dialog.close() }));
    dialog.replaceChildren(...parts, foot);
    dialog.onclick = ({ target }) => { if (target === dialog) dialog.close(); };
    dialog.onclose = () => button.focus();
    dialog.showModal();
  }

  // Full screen -------------------------------------------------------------------------------------------------------

  const shown = () => document.fullscreenElement || document.querySelector(".enlarged");

  // A telephone that has no full screen for parts of a page shows the drawing over the page.
  async function enlarge(figure) {
    if (figure.requestFullscreen) await figure.requestFullscreen();
    else { figure.classList.add("enlarged"); told(); }
  }

  async function reduce() {
    if (document.fullscreenElement) await document.exitFullscreen();
    else { document.querySelector(".enlarged")?.classList.remove("enlarged"); told(); }
  }

  function told() {
    const now = shown();
    for (const button of document.querySelectorAll("[data-enlarge]")) {
      const isOpen = Boolean(now && figureOf(button) === now);
      button.dataset.open ??= button.textContent;
      button.textContent = isOpen ? button.dataset.close : button.dataset.open;
    }
  }

  document.addEventListener("fullscreenchange", told);
  addEventListener("keydown", (event) => { if (event.key === "Escape" && document.querySelector(".enlarged")) reduce(); });
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-share], [data-enlarge]");
    if (!button) return;
    if (button.matches("[data-share]")) share(button);
    else if (shown()) reduce();
    else enlarge(figureOf(button));
  });

  // An address that names a drawing leads to it once it is drawn; a reader who has moved meanwhile is left where he is.
  const name = location.hash.slice(1);
  if (name.startsWith("dessin-")) {
    let quiet;
    const looking = new MutationObserver(() => {
      const found = document.getElementById(name);
      if (!found) return;
      found.scrollIntoView(); // again while what stands above it is still being drawn
      clearTimeout(quiet);
      quiet = setTimeout(stop, 1500);
    });
    const stop = () => looking.disconnect();
    looking.observe(document.documentElement, { childList: true, subtree: true });
    for (const move of ["wheel", "touchmove", "keydown", "popstate"]) addEventListener(move, stop, { once: true, passive: true });
  }
})();
