// The box that understands: what is typed is asked of /ask.json, the views that answer stand below as links (WAI-ARIA combobox).
// Streamlit may draw the masthead anew at any time: the page's box is looked for at each event, nothing hangs on an element.
(() => {
  const WAIT = 150;
  let timer;
  let asking; // the request that is under way
  let answered = ""; // the question that the list answers
  let wanted = false; // Enter was pressed before the answers came

  const partsOf = (target) => {
    const box = target instanceof Element && target.closest(".ask");
    return box && { box, input: box.querySelector("input"), list: box.querySelector("ul"), note: box.querySelector(".ask-note") };
  };
  const optionsOf = ({ list }) => [...list.querySelectorAll("[role=option]")];

  function close({ input, list, note }) {
    list.hidden = note.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function make(tag, text, className = "") {
    return Object.assign(document.createElement(tag), { textContent: text, className });
  }

  function show(parts, found) {
    const { box, input, list, note } = parts;
    list.replaceChildren(...found.answers.map((answer, at) => {
      const item = make("li", "");
      item.setAttribute("role", "none");
      const link = Object.assign(make("a", ""), { id: `ask-${at}`, href: answer.href });
      link.setAttribute("role", "option");
      link.setAttribute("aria-selected", "false");
      link.tabIndex = -1;
      link.append(make("strong", answer.title));
      const where = answer.is_within ? box.dataset.within.replace("{page}", answer.page_label) : answer.page_label;
      if (answer.title !== answer.page_label) link.append(make("span", where));
      item.append(link);
      return item;
    }));
    const said = found.corrected.map(({ word, meant }) => box.dataset.read.replace("{word}", word).replace("{meant}", meant));
    if (found.searched) said.push(box.dataset.searched.replace("{words}", found.searched));
    if (found.left_out.length) said.push(box.dataset.left.replace("{names}", found.left_out.join(", ")));
    note.textContent = said.join(" ");
    note.hidden = !said.length;
    list.hidden = !found.answers.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
  }

  async function ask(parts) {
    const question = parts.input.value.trim();
    asking?.abort();
    if (!question) { answered = ""; return close(parts); }
    asking = new AbortController();
    try {
      const query = new URLSearchParams({ q: question, lang: document.documentElement.lang === "en" ? "en" : "fr" });
      if (location.search.length > 1 && location.search.length <= 2000) query.set("present", location.search.slice(1)); // the present choice
      const response = await fetch(`/ask.json?${query}`, { signal: asking.signal });
      if (!response.ok) { answered = ""; return close(parts); }
      const found = await response.json();
      answered = question;
      show(parts, found);
      if (wanted) open(parts);
    } catch (error) {
      if (error.name === "AbortError") return;
      close(parts);
      if (!(error instanceof TypeError)) throw error; // the server is away
    }
  }

  function open(parts) {
    wanted = false;
    const option = document.getElementById(parts.input.getAttribute("aria-activedescendant")) || optionsOf(parts)[0];
    option?.click(); // assets/campaign.js follows it
  }

  function point(parts, step) {
    const options = optionsOf(parts);
    if (!options.length) return;
    const before = options.findIndex((option) => option.id === parts.input.getAttribute("aria-activedescendant"));
    const at = before < 0 ? (step > 0 ? 0 : options.length - 1) : (before + step + options.length) % options.length;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    parts.input.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
    parts.list.hidden = false;
    parts.input.setAttribute("aria-expanded", "true");
  }

  addEventListener("input", (event) => {
    const parts = partsOf(event.target);
    if (!parts) return;
    wanted = false;
    clearTimeout(timer);
    timer = setTimeout(() => ask(parts), WAIT);
  });

  addEventListener("keydown", (event) => {
    const parts = event.target.matches?.(".ask input") && partsOf(event.target);
    if (!parts || event.isComposing) return;
    event.stopPropagation(); // Streamlit's own keys act on the whole document
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      point(parts, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      event.preventDefault(); // a search field would empty itself: the first time closes the list
      if (parts.list.hidden) parts.input.value = "";
      close(parts);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (parts.input.value.trim() === answered) return open(parts);
      wanted = true;
      clearTimeout(timer);
      ask(parts);
    }
  }, true);

  addEventListener("click", (event) => {
    const parts = partsOf(event.target);
    if (!parts) { const box = document.querySelector(".ask"); if (box) close(partsOf(box)); return; }
    if (event.target.closest("a")) { parts.input.value = ""; answered = ""; close(parts); }
  });
  addEventListener("focusout", (event) => {
    const parts = partsOf(event.target);
    if (parts && event.relatedTarget && !parts.box.contains(event.relatedTarget)) close(parts);
  });
})();
