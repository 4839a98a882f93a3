// Curves of several editions: all of them compared on the day under the pointer, a period drawn larger, an edition alone.
// A `.curves` of the page holds its data as JSON (campaign/view/components/time_curves.py). What the reader chooses stands in
// the address (`zoom`, `alone`) without asking the server anything.
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const LEAST_DAYS = 4; // that a period must have
  const PULLED = 8; // pixels from which a press is a pull
  let serial = 0;

  const draw = (name, attributes = {}, ...children) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const make = (tag, set = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), set);
    made.append(...children);
    return made;
  };
  function keep(name, value) {
    const address = new URL(location.href);
    if (value === null) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
    history.replaceState(history.state, "", address.pathname + address.search + address.hash);
  }

  // The height of a staircase on a day; null where it has not begun, or not got that far.
  function knownOn({ days, known }, day) {
    if (day < days[0] || day > days.at(-1)) return null;
    let at = days.length - 1;
    while (days[at] > day) at -= 1;
    return known[at];
  }

  function start(root) {
    const data = JSON.parse(root.dataset.curves);
    const { words, lines } = data;
    const first = data.first, last = first + data.days.length - 1;
    const shown = new Intl.NumberFormat(data.lang);
    const nameOf = (day) => data.days[day - first];
    const clip = `curves-${(serial += 1)}`;
    let [from, to] = periodOf(data.zoom);
    let alone = lines.some(({ name }) => name === data.alone) ? data.alone : null;
    let day = null; // that is compared
    let pull = null;
    let at; // the scales of the last drawing

    function periodOf(text) {
      const found = /^(-?\d{1,3}),(-?\d{1,3})$/.exec(text || "");
      const [a, b] = found ? [Math.max(first, Number(found[1])), Math.min(last, Number(found[2]))] : [first, last];
      return b - a >= LEAST_DAYS ? [a, b] : [first, last];
    }
    const isWhole = () => from === first && to === last;
    const inSight = () => lines.filter(({ name, isChosen }) => !alone || name === alone || isChosen);

    const svg = draw("svg", { class: "curves-drawing", role: "slider", tabindex: 0, "aria-valuemin": first, "aria-valuemax": last,
      "aria-label": `${root.dataset.label} (${words.keys})` });
    const card = make("div", { className: "mark-card curves-card", hidden: true });
    card.setAttribute("aria-hidden", "true"); // the slider's own value says the same
    const legend = make("div", { className: "curves-legend" });
    legend.setAttribute("role", "group");
    legend.setAttribute("aria-label", words.alone);
    for (const { name, isChosen } of lines) {
      const button = make("button", { type: "button", textContent: name, className: isChosen ? "chosen" : "", onclick: () => isolate(name) });
      button.dataset.edition = name;
      legend.append(button);
    }
    const all = make("button", { type: "button", className: "curves-all", textContent: words.all, onclick: reset });
    const tool = (text, name, by) => {
      const button = make("button", { type: "button", textContent: text, title: name, onclick: () => scale(by) });
      button.setAttribute("aria-label", name);
      return button;
    };
    const tools = make("span", { className: "curves-tools" }, tool("+", words.nearer, 0.5), tool("−", words.farther, 2), all);
    root.replaceChildren(legend, make("div", { className: "curves-frame" }, svg, card), make("p", { className: "curves-under" }, tools, words.hint));

    function isolate(name) {
      alone = alone === name ? null : name;
      keep("alone", alone);
      render();
    }
    function period(a, b) {
      [from, to] = [Math.max(first, Math.round(a)), Math.min(last, Math.round(b))];
      if (to - from < LEAST_DAYS) to = Math.min(last, from + LEAST_DAYS), from = to - LEAST_DAYS;
      keep("zoom", isWhole() ? null : `${from},${to}`);
      render();
    }
    function scale(by) {
      const middle = day ?? data.day ?? (from + to) / 2;
      const part = Math.min(1, Math.max(0, (middle - from) / (to - from)));
      const width = Math.min(last - first, Math.max(LEAST_DAYS, (to - from) * by));
      const start = Math.min(last - width, Math.max(first, middle - width * part));
      period(start, start + width);
    }
    function reset() {
      alone = null;
      keep("alone", null);
      period(first, last);
    }

    function render() {
      const width = svg.clientWidth || 640;
      const isOpen = root.closest("figure")?.matches(":fullscreen, .enlarged");
      const height = isOpen ? Math.max(260, innerHeight - 280) : width < 480 ? 300 : 360;
      const ones = inSight();
      const expected = data.expected && to === last && (!alone || lines.find(({ name }) => name === alone).isChosen) ? data.expected : null;
      const tops = ones.map((line) => knownOn(line, Math.min(to, line.days.at(-1))) ?? 0);
      const lows = isWhole() ? [0] : ones.map((line) => knownOn(line, from)).filter((n) => n !== null);
      const most = Math.max(1, ...tops, ...(expected || []));
      const least = Math.min(most - 1, ...lows) > most * 0.5 ? Math.min(...lows) : 0;
      const step = stepOf((most - least) * 1.05);
      const bottom = Math.floor(least / step) * step, top = bottom + Math.ceil((most * 1.02 - bottom) / step) * step;
      const left = 10 + 8 * shown.format(top).length, right = 58, above = 22, below = 28;
      const x = (value) => left + ((width - left - right) * (value - from)) / (to - from);
      const y = (value) => above + (height - above - below) * (1 - (value - bottom) / (top - bottom));
      at = { x, y, left, right: width - right, width, height, above, bottom: height - below };
      svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
      svg.style.height = `${height}px`;
      svg.setAttribute("aria-valuemin", from);
      svg.setAttribute("aria-valuemax", to);
      const grid = [];
      for (let level = bottom; level <= top + step / 2; level += step) {
        grid.push(draw("line", { x1: left, x2: width - right, y1: y(level), y2: y(level), class: level === 0 ? "axis" : "grid" }),
          draw("text", { x: left - 6, y: y(level), dy: ".32em", class: "amount" }, shown.format(level)));
      }
      for (const tick of ticksOf(width)) grid.push(draw("text", { x: x(tick), y: height - 8, class: "tick" }, nameOf(tick)));
      if (from <= 0 && to >= 0) grid.push(draw("line", { x1: x(0), x2: x(0), y1: above - 4, y2: height - below, class: "opening" }),
        draw("text", { x: x(0), y: above - 8, class: "tick" }, words.opening));
      if (data.day !== null && data.day >= from && data.day <= to && data.day !== 0)
        grid.push(draw("line", { x1: x(data.day), x2: x(data.day), y1: above, y2: height - below, class: "today" }));
      const paths = [...ones].sort((a, b) => a.isChosen - b.isChosen).map((line) => {
        const [firstDay, ...others] = line.days;
        const steps = others.map((each, k) => `H${x(each).toFixed(1)}V${y(line.known[k + 1]).toFixed(1)}`).join("");
        const is = line.isChosen ? " chosen" : line.name === alone ? " alone" : "";
        return draw("path", { d: `M${x(firstDay).toFixed(1)} ${y(line.known[0]).toFixed(1)}${steps}`, class: `curve${is}`, "data-edition": line.name });
      });
      const end = [];
      if (expected) {
        const [low, middle, high] = expected.map(y);
        end.push(draw("line", { x1: x(last), x2: x(last), y1: low, y2: high, class: "expected" }),
          draw("path", { d: `M${x(last)} ${middle - 5}l5 5l-5 5l-5-5z`, class: "expected-middle" }));
      }
      svg.replaceChildren(
        draw("defs", {}, draw("clipPath", { id: clip }, draw("rect", { x: left, y: above - 6, width: width - left - right + 8, height: height - above - below + 8 }))),
        ...grid, draw("g", { "clip-path": `url(#${clip})` }, ...paths), ...end, ...namesOf(ones), draw("g", { class: "compared" }));
      for (const button of legend.children) button.setAttribute("aria-pressed", String(button.dataset.edition === alone));
      all.hidden = isWhole() && !alone;
      compare(day);
    }

    // At each line's end its edition, apart from each other; in a long run of them only where there is room.
    function namesOf(ones) {
      const wanted = ones.map((line) => ({ line, end: Math.min(to, line.days.at(-1)) }))
        .filter(({ line, end }) => end >= from && knownOn(line, end) !== null)
        .map(({ line, end }) => ({ line, end, y: at.y(knownOn(line, end)) }))
        .sort((a, b) => b.line.isChosen - a.line.isChosen || b.line.name - a.line.name);
      const taken = [];
      return wanted.filter((one) => {
        const isFree = taken.every((other) => Math.abs(other.y - one.y) > 13 || Math.abs(at.x(other.end) - at.x(one.end)) > 44);
        if (isFree) taken.push(one);
        return isFree;
      }).map(({ line, end, y }) => draw("text", { x: at.x(end) + 6, y, dy: ".32em", class: line.isChosen ? "name chosen" : "name" }, line.name));
    }

    function stepOf(range) {
      const power = 10 ** Math.max(0, Math.floor(Math.log10(range / 5)));
      return [1, 2, 5, 10].map((n) => n * power).find((n) => range / n <= 6);
    }
    function ticksOf(width) {
      const most = Math.max(2, Math.floor(width / 130));
      const whole = data.ticks.filter((tick) => tick >= from && tick <= to);
      if (isWhole() && whole.length) return whole;
      const step = [1, 2, 5, 7, 10, 15, 20, 30, 45].find((n) => (to - from) / n <= most) ?? 60;
      const found = [];
      for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) found.push(tick);
      return found;
    }

    // Comparing -------------------------------------------------------------------------------------------------------

    function compare(value, point) {
      const layer = svg.querySelector(".compared");
      if (value === null || value < from || value > to) {
        day = null;
        layer.replaceChildren();
        card.hidden = true;
        svg.setAttribute("aria-valuenow", String(Math.min(to, Math.max(from, data.day ?? 0))));
        svg.setAttribute("aria-valuetext", nameOf(Math.min(to, Math.max(from, data.day ?? 0))));
        return;
      }
      day = value;
      const found = inSight().map((line) => ({ line, n: knownOn(line, value) })).sort((a, b) => (b.n ?? -1) - (a.n ?? -1) || b.line.name - a.line.name);
      layer.replaceChildren(
        draw("line", { x1: at.x(value), x2: at.x(value), y1: at.above, y2: at.bottom, class: "pointer" }),
        ...found.filter(({ n }) => n !== null).map(({ line, n }) =>
          draw("circle", { cx: at.x(value), cy: at.y(n), r: line.isChosen ? 5 : 3.5, class: line.isChosen ? "chosen" : "" })));
      const rows = found.map(({ line, n }) => `${line.name}${words.colon}${n === null ? words.missing : shown.format(n)}`);
      card.replaceChildren(make("strong", { textContent: nameOf(value) }),
        ...found.map(({ line }, k) => make("span", { textContent: rows[k], className: line.isChosen ? "chosen" : "" })));
      svg.setAttribute("aria-valuenow", String(value));
      svg.setAttribute("aria-valuetext", `${nameOf(value)}${words.colon}${rows.join(" ; ")}`);
      card.hidden = false;
      const room = card.offsetParent?.clientWidth ?? at.width;
      const isRight = at.x(value) + 14 + card.offsetWidth > room;
      card.style.left = `${Math.max(0, isRight ? at.x(value) - 14 - card.offsetWidth : at.x(value) + 14)}px`;
      card.style.top = `${Math.max(0, Math.min(at.bottom - card.offsetHeight, point ?? at.above))}px`;
    }

    const dayAt = (event) => {
      const box = svg.getBoundingClientRect();
      const part = (event.clientX - box.left - at.left) / (at.right - at.left);
      return Math.min(to, Math.max(from, Math.round(from + (to - from) * part)));
    };
    const heightOf = (event) => event.clientY - svg.getBoundingClientRect().top - 20;

    svg.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      pull = { x: event.clientX, day: dayAt(event), isPulled: false };
      if (event.pointerType !== "touch") svg.setPointerCapture(event.pointerId);
    });
    svg.addEventListener("pointermove", (event) => {
      compare(dayAt(event), heightOf(event));
      if (!pull) return;
      pull.isPulled ||= Math.abs(event.clientX - pull.x) > PULLED;
      if (!pull.isPulled) return;
      const [a, b] = [at.x(pull.day), at.x(dayAt(event))].sort((one, other) => one - other);
      svg.querySelector(".compared").prepend(draw("rect", { x: a, y: at.above, width: b - a, height: at.bottom - at.above, class: "brush" }));
    });
    svg.addEventListener("pointerup", (event) => {
      const done = pull;
      pull = null;
      if (!done) return;
      const [a, b] = [done.day, dayAt(event)].sort((one, other) => one - other);
      if (done.isPulled && b - a >= LEAST_DAYS) period(a, b);
      else compare(dayAt(event), heightOf(event));
    });
    svg.addEventListener("pointercancel", () => { pull = null; });
    svg.addEventListener("pointerleave", (event) => { if (event.pointerType !== "touch" && document.activeElement !== svg) compare(null); });
    svg.addEventListener("dblclick", reset);
    svg.addEventListener("focus", () => { if (svg.matches(":focus-visible") && day === null) compare(Math.min(to, Math.max(from, data.day ?? 0))); });
    svg.addEventListener("blur", () => compare(null));
    svg.addEventListener("keydown", (event) => {
      const now = day ?? Math.min(to, Math.max(from, data.day ?? 0));
      const moves = { ArrowLeft: now - 1, ArrowDown: now - 1, ArrowRight: now + 1, ArrowUp: now + 1, PageDown: now - 7, PageUp: now + 7, Home: from, End: to };
      if (event.key in moves) compare(Math.min(to, Math.max(from, moves[event.key])));
      else if (event.key === "+" || event.key === "=") scale(0.5);
      else if (event.key === "-") scale(2);
      else if (event.key === "0") reset();
      else if (event.key === "Escape" && day !== null) compare(null);
      else return;
      event.preventDefault();
    });
    document.addEventListener("pointerdown", (event) => { if (root.isConnected && event.pointerType === "touch" && !svg.contains(event.target)) compare(null); });

    let before = 0;
    new ResizeObserver(() => {
      const size = svg.clientWidth + (root.closest("figure")?.matches(":fullscreen, .enlarged") ? 1e5 + innerHeight : 0);
      if (size !== before) { before = size; render(); }
    }).observe(root);
    render();
  }

  function ready() {
    for (const root of document.querySelectorAll(".curves:not([data-ready])")) {
      root.dataset.ready = "";
      start(root);
    }
  }
  new MutationObserver(ready).observe(document.documentElement, { subtree: true, childList: true });
  ready();
})();
