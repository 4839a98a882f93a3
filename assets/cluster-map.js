// Maps of places on the country's drawing: groups that part as one comes nearer, and the campaign day by day.
// A `.cluster-map` of the page holds its data as JSON; everything is drawn here, without a map server and without WebGL.
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const NEAR = 40; // pixels under which places are one group
  const NARROW = 480; // pixels of a telephone's drawing: everything is smaller
  const LETTER = 6; // pixels of a letter of a town's name, in width and above and below its middle
  const STEP = 1.8, MOST_ZOOM = 90;
  const DAY_MS = 550;
  const FINE_FROM = 3; // zoom from which the finer outlines are fetched
  const kept = { key: null, view: null }; // the view that the reader came to: a place chosen on the map draws the page anew
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  const element = (name, attributes = {}, ...children) => {
    const made = ["svg", "g", "use", "a", "circle", "text", "title", "rect"].includes(name)
      ? document.createElementNS(SVG, name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...children);
    return made;
  };

  function start(root) {
    const data = JSON.parse(root.dataset.map);
    const { words, places } = data;
    const lang = document.documentElement.lang || "fr";
    const shown = new Intl.NumberFormat(lang);
    const counted = (n) => `${shown.format(n)} ${(lang === "fr" ? n < 2 : n === 1) ? words.one : words.many}`;
    const whole = { x: 0, y: 0, zoom: 1 };
    const view = { ...whole };
    const key = JSON.stringify([location.pathname, data.opening, data.lines]);
    let groups = [], day = null, cumulative = true, timer = null;

    const markers = element("g", { class: "cm-markers" });
    const shapes = data.shapes.map((shape) => element("use", { href: `${data.drawing}#${shape}`, class: "cm-area" }));
    const names = element("g", { class: "cm-towns" });
    const areas = element("g", { "aria-hidden": "true" },
      ...shapes,
      element("use", { href: `${data.drawing}#${data.lines}`, class: "cm-lines" }),
      ...data.boxes.flatMap(({ name, factor, ...box }) => [
        element("rect", { ...box, class: "cm-box" }),
        element("text", { x: box.x, y: box.y + box.height, dx: ".3em", dy: "-.4em", class: "cm-box-name" }, name),
        element("text", { x: box.x + box.width, y: box.y + box.height, dx: "-.3em", dy: "-.4em", class: "cm-box-factor" }, factor)]));
    const drawing = element("svg", { class: "cm-drawing", role: "group", "aria-label": root.dataset.label, tabindex: 0 }, areas, names, markers);
    const said = element("p", { class: "cm-said", role: "status", "aria-live": "polite" });

    // Places and groups ----------------------------------------------------------------------------------------------

    // Of one pixel: the drawing fits in the lesser of its element's width and height.
    const units = () => Math.max(data.width / (drawing.clientWidth || data.width), data.height / (drawing.clientHeight || data.height)) / view.zoom;

    function group() {
      const near = NEAR * units() * (drawing.clientWidth < NARROW ? 0.65 : 1);
      groups = [];
      for (const [index, [x, y, n]] of places.entries()) {
        const found = groups.find((other) => Math.hypot(other.x - x, other.y - y) < near);
        if (found) found.members.push(index);
        else groups.push({ x, y, members: [index], n });
      }
    }

    function amounts() {
      if (day === null) return places.map((place) => place[2]);
      const found = new Array(places.length).fill(0);
      for (const [place, at, n, first] of data.days.rows) {
        if (place >= 0 && (cumulative ? at <= day : at === day)) found[place] += cumulative ? first : n;
      }
      return found;
    }

    function draw() {
      const pixel = units();
      const height = data.height / view.zoom, width = data.width / view.zoom;
      drawing.setAttribute("viewBox", `${view.x} ${view.y} ${width} ${height}`);
      drawing.style.setProperty("--pixel", `${pixel}px`);
      if (view.zoom >= FINE_FROM && !drawing.dataset.fine) {
        drawing.dataset.fine = "";
        for (const [at, shape] of data.shapes.entries()) shapes[at].setAttribute("href", `${data.fine}#${shape}`);
      }
      Object.assign(kept, { key, view: { ...view } });
      const isNarrow = drawing.clientWidth < NARROW;
      const of = amounts();
      const rounds = groups.filter((each) => counts(each, of) && isInside(each.x, each.y))
        .map((each) => ({ x: each.x, y: each.y, radius: radiusOf(counts(each, of), pixel) }));
      const named = []; // the boxes of the names so far
      names.replaceChildren(...data.towns
        .filter(([x, y, , from]) => from <= view.zoom / (isNarrow ? 1.6 : 1) && isInside(x, y))
        .flatMap((town) => townName(town, rounds, named, pixel)));
      const focused = document.activeElement?.closest?.(".cm-marker")?.dataset.key;
      markers.replaceChildren(...groups.map((each) => marker(each, of, pixel)).filter(Boolean));
      if (focused) markers.querySelector(`[data-key="${focused}"]`)?.focus();
    }

    const counts = ({ members }, of) => members.reduce((sum, index) => sum + of[index], 0);
    const radiusOf = (n, pixel) => Math.min(26, 5 + 2.1 * Math.sqrt(n)) * pixel * (drawing.clientWidth < NARROW ? 0.65 : 1);

    // A town's point and name: beside, above or below the round that lies over the town; no name where rounds would cut each.
    function townName([x, y, name], rounds, named, pixel) {
      const point = element("circle", { cx: x, cy: y, r: 1.6 * pixel });
      const over = rounds.filter((round) => Math.hypot(round.x - x, round.y - y) < round.radius + 2 * pixel);
      const width = LETTER * name.length * pixel, high = LETTER * pixel;
      const isCut = (from, middle) => rounds.some((round) => Math.hypot(
        round.x - Math.min(from + width, Math.max(from, round.x)), Math.max(0, Math.abs(round.y - middle) - high)) < round.radius)
        || named.some((other) => from < other.to && from + width > other.from && Math.abs(other.middle - middle) < 2 * high);
      const places = [
        ["start", Math.max(x + 4 * pixel, ...over.map((round) => round.x + round.radius + 3 * pixel)), y],
        ["end", Math.min(x - 4 * pixel, ...over.map((round) => round.x - round.radius - 3 * pixel)), y],
        ["middle", x, Math.min(y - 10 * pixel, ...over.map((round) => round.y - round.radius - 8 * pixel))],
        ["middle", x, Math.max(y + 10 * pixel, ...over.map((round) => round.y + round.radius + 8 * pixel))]];
      const begins = ([anchor, at]) => at - { start: 0, middle: width / 2, end: width }[anchor];
      const free = places.find((place) => !isCut(begins(place), place[2]));
      if (!free) return [point];
      named.push({ from: begins(free), to: begins(free) + width, middle: free[2] });
      return [point, element("text", { "text-anchor": free[0], x: free[1], y: free[2], dy: ".35em" }, name)];
    }

    const isInside = (x, y) =>
      x > view.x - 9 && y > view.y - 9 && x < view.x + data.width / view.zoom + 9 && y < view.y + data.height / view.zoom + 9;

    function marker({ x, y, members }, of, pixel) {
      const n = counts({ members }, of);
      if (!n) return null;
      if (!isInside(x, y)) return null;
      const radius = radiusOf(n, pixel);
      const text = shown.format(n);
      const [, , , name, href] = places[members[0]];
      const isOne = members.length === 1 || view.zoom >= MOST_ZOOM;
      const label = isOne && members.length === 1 ? `${name}${words.colon}${counted(n)}`
        : words.group.replace("{counted}", counted(n)).replace("{places}", shown.format(members.length)).replace("{name}", name);
      const children = [element("circle", { cx: x, cy: y, r: radius })];
      if (radius > (3 + 3 * text.length) * pixel) {
        children.push(element("text", { x, y, dy: ".35em", "font-size": (drawing.clientWidth < NARROW ? 9 : 11) * pixel, "aria-hidden": "true" }, text));
      }
      const common = { class: `cm-marker${members.length > 1 ? " many" : ""}`, "aria-label": label, "data-card": label, "data-n": n, "data-key": members[0],
        "aria-current": data.selected !== null && members.some((index) => places[index][5] === data.selected) ? "true" : null };
      if (isOne) return element("a", { ...common, href: href || data.href.replace("__PLACE__", places[members[0]][5]) }, ...children);
      const nearer = (event) => {
        if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        zoomTo(view.zoom * STEP * STEP, x, y);
        markers.querySelector(`[data-key="${members[0]}"]`)?.focus();
      };
      return element("g", { ...common, role: "button", tabindex: 0, onclick: nearer, onkeydown: nearer }, ...children);
    }

    // Zoom and moving ------------------------------------------------------------------------------------------------

    function zoomTo(zoom, x = view.x + data.width / view.zoom / 2, y = view.y + data.height / view.zoom / 2) {
      view.zoom = Math.min(MOST_ZOOM, Math.max(1, zoom));
      move(x - data.width / view.zoom / 2, y - data.height / view.zoom / 2);
      group();
      draw();
    }

    // On the chosen territory, else on the whole country; the view is a part of the drawing, so a resize keeps it.
    function open() {
      if (!data.opening) return zoomTo(1);
      const [x, y, width, height] = data.opening;
      zoomTo(Math.min(data.width / width, data.height / height), x + width / 2, y + height / 2);
    }

    function move(x, y) {
      view.x = Math.min(data.width - data.width / view.zoom, Math.max(0, x));
      view.y = Math.min(data.height - data.height / view.zoom, Math.max(0, y));
    }

    let drag = null;
    drawing.addEventListener("pointerdown", (event) => {
      drag = { x: event.clientX, y: event.clientY, from: { ...view }, moved: false };
    });
    drawing.addEventListener("pointermove", (event) => {
      if (!drag || view.zoom === 1) return;
      const dx = event.clientX - drag.x, dy = event.clientY - drag.y;
      if (!drag.moved && Math.hypot(dx, dy) < 5) return;
      drag.moved = true;
      move(drag.from.x - dx * units(), drag.from.y - dy * units());
      draw();
    });
    addEventListener("pointerup", () => { setTimeout(() => { drag = null; }); });
    drawing.addEventListener("click", (event) => { if (drag?.moved) { event.preventDefault(); event.stopPropagation(); } }, true);
    drawing.addEventListener("keydown", (event) => {
      const by = 60 * units();
      const moves = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] };
      if (event.key === "+" || event.key === "=") zoomTo(view.zoom * STEP);
      else if (event.key === "-") zoomTo(view.zoom / STEP);
      else if (event.key === "0") zoomTo(1);
      else if (moves[event.key] && view.zoom > 1) { move(view.x + moves[event.key][0], view.y + moves[event.key][1]); draw(); }
      else return;
      event.preventDefault();
    });

    const button = (text, name, action) => element("button", { type: "button", "aria-label": name, title: name, onclick: action }, text);
    const zooming = element("div", { class: "cm-zoom" },
      button("+", words.nearer, () => zoomTo(view.zoom * STEP)),
      button("−", words.farther, () => zoomTo(view.zoom / STEP)),
      button("⌂", words.whole, () => { Object.assign(view, whole); zoomTo(1); }));

    // Day by day -----------------------------------------------------------------------------------------------------

    function replay() {
      const { labels, totals } = data.days;
      const range = element("input", {
        type: "range", min: 0, max: labels.length - 1, value: labels.length - 1, "aria-label": words.day,
        oninput: () => { pause(); show(Number(range.value)); },
      });
      const play = element("button", { type: "button", class: "cm-play", onclick: () => (timer ? pause() : run()) }, words.play);
      const both = element("input", { type: "checkbox", checked: true, onchange: () => { cumulative = both.checked; show(day ?? labels.length - 1); } });

      function show(at) {
        day = at;
        range.value = at;
        range.setAttribute("aria-valuetext", labels[at]);
        draw();
        const sum = cumulative ? totals.slice(0, at + 1).reduce((all, [, first]) => all + first, 0) : totals[at][0];
        const drawn = amounts().reduce((all, n) => all + n, 0);
        const text = (cumulative ? words.until : words.on).replace("{day}", labels[at]).replace("{counted}", counted(sum));
        said.setAttribute("aria-live", timer ? "off" : "polite");
        said.textContent = `${text}${words.drawn.replace("{n}", shown.format(drawn))}`;
      }
      function run() {
        if (still.matches) return;
        play.textContent = words.pause;
        if (day === null || day === labels.length - 1) day = -1;
        timer = setInterval(() => {
          if (!root.isConnected) return pause();
          show(day + 1);
          if (day === labels.length - 1) pause();
        }, DAY_MS);
      }
      function pause() {
        clearInterval(timer);
        timer = null;
        play.textContent = words.play;
      }
      const step = (by) => () => { pause(); show(Math.min(labels.length - 1, Math.max(0, (day ?? labels.length - 1) + by))); };
      const quiet = () => { pause(); play.hidden = still.matches; };
      still.addEventListener("change", quiet);
      quiet();
      show(labels.length - 1);
      return element("div", { class: "cm-replay" }, play, button("‹", words.before, step(-1)), range, button("›", words.after, step(1)),
        element("label", {}, both, words.cumulative));
    }

    root.replaceChildren(element("div", { class: "cm-frame" }, drawing, zooming), said);
    if (kept.key === key) { Object.assign(view, kept.view); group(); draw(); } else open();
    if (data.days && data.days.labels.length) root.append(replay());
    else said.textContent = words.placed.replace("{counted}", counted(places.reduce((sum, place) => sum + place[2], 0)));
    new ResizeObserver(() => { group(); draw(); }).observe(drawing);
  }

  function ready() {
    for (const root of document.querySelectorAll(".cluster-map:not([data-ready])")) {
      root.dataset.ready = "";
      start(root);
    }
  }
  new MutationObserver(ready).observe(document.documentElement, { subtree: true, childList: true });
  ready();
})();
