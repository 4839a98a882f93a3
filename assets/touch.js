// The card of a mark: what a drawing's mark says, for the mouse, the keyboard and the finger alike.
// A mark is a link or a figure of a drawing (campaign/charts/svg.py, mark), or anything with data-card.
(() => {
  const MARKS = ".chart a, [data-card]";
  const GAP = 14; // pixels between the pointer and the card
  let card = null;
  let shown = null; // the mark that the card speaks of
  let pointer = "mouse";

  const markAt = (target) => (target instanceof Element ? target.closest(MARKS) : null);

  // The mark's words, without the browser's own bubble: that would say the same once more.
  function wordsOf(mark) {
    const title = mark.querySelector(":scope > title");
    if (title) {
      mark.dataset.card = title.textContent;
      if (!mark.hasAttribute("aria-label")) mark.setAttribute("aria-label", title.textContent);
      if (mark.dataset.facts) mark.setAttribute("aria-description", mark.dataset.facts);
      title.remove();
    }
    return mark.dataset.card || mark.getAttribute("aria-label") || "";
  }

  function build(mark, words) {
    const [head, ...rest] = words.split(/\s: |: /);
    const facts = mark.dataset.facts ? mark.dataset.facts.split(" · ") : [rest.join(" : ")];
    card ??= Object.assign(document.createElement("div"), { className: "mark-card" });
    (document.fullscreenElement || document.body).append(card); // beside a drawing in full screen nothing else is seen
    card.replaceChildren(Object.assign(document.createElement("strong"), { textContent: head }));
    for (const fact of facts) {
      if (fact) card.append(Object.assign(document.createElement("span"), { textContent: fact }));
    }
    const href = mark.getAttribute("href");
    if (href && pointer === "touch") {
      const link = Object.assign(document.createElement("a"), { textContent: mark.dataset.go || "→", href });
      if (mark.getAttribute("target") === "_blank") Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
      card.append(link);
    }
    card.toggleAttribute("data-touch", pointer === "touch");
    card.setAttribute("aria-hidden", String(pointer !== "touch")); // the mark's own name says the same
    card.hidden = false;
  }

  function place(x, y) {
    const { width, height } = card.getBoundingClientRect();
    const left = x + GAP + width > innerWidth ? x - GAP - width : x + GAP;
    const top = y + GAP + height > innerHeight ? y - GAP - height : y + GAP;
    card.style.left = `${Math.max(4, Math.min(left, innerWidth - width - 4))}px`;
    card.style.top = `${Math.max(4, top)}px`;
  }

  function show(mark, x, y) {
    const words = wordsOf(mark);
    if (!words) return hide();
    if (shown !== mark) build(mark, words);
    shown = mark;
    place(x, y);
  }

  function showAtItself(mark) {
    const box = mark.getBoundingClientRect();
    show(mark, box.left + box.width / 2, box.top + Math.min(box.height / 2, 40));
  }

  function hide() {
    shown = null;
    if (card) card.hidden = true;
  }

  addEventListener("pointerdown", (event) => { pointer = event.pointerType || "mouse"; }, true);
  addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch") return;
    pointer = event.pointerType;
    const mark = markAt(event.target);
    if (mark) show(mark, event.clientX, event.clientY);
    else if (shown && shown !== document.activeElement) hide();
  }, { passive: true });
  document.addEventListener("pointerleave", (event) => {
    if (event.pointerType !== "touch" && shown !== document.activeElement) hide(); // a finger leaves at the end of each tap
  });

  // The first tap tells, the second (or the card's link) leads on.
  addEventListener("click", (event) => {
    if (pointer !== "touch") return;
    if (card?.contains(event.target)) { if (event.target.closest("a")) setTimeout(hide); return; }
    const mark = markAt(event.target);
    if (!mark) return hide();
    if (mark === shown || mark.matches("[role=button]")) return; // a group of places parts at once
    event.preventDefault();
    event.stopImmediatePropagation();
    show(mark, event.clientX, event.clientY);
  }, true);

  addEventListener("focusin", (event) => {
    const mark = markAt(event.target);
    if (mark?.matches(":focus-visible")) showAtItself(mark);
  });
  addEventListener("focusout", (event) => {
    if (markAt(event.target) === shown && !card?.contains(event.relatedTarget)) hide();
  });
  addEventListener("scroll", () => { if (shown) hide(); }, { capture: true, passive: true });

  // Escape closes; arrows walk through the marks of a drawing, of which one takes part in the order of the page.
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown) { hide(); return; }
    const mark = markAt(document.activeElement);
    const chart = mark?.closest(".chart");
    if (!chart || !(event.key in STEPS || event.key === "Home" || event.key === "End")) return;
    const marks = [...chart.querySelectorAll("a[href], a[tabindex]")];
    const at = marks.indexOf(mark);
    const next = { Home: 0, End: marks.length - 1 }[event.key] ?? (at + STEPS[event.key] + marks.length) % marks.length;
    event.preventDefault();
    for (const other of marks) if (other.hasAttribute("tabindex")) other.setAttribute("tabindex", other === marks[next] ? "0" : "-1");
    pointer = "keyboard";
    marks[next].focus();
    showAtItself(marks[next]);
  });
})();
