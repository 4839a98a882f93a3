// The maps of deck.gl open on what the page says, whatever the size of their drawing, and again when that size changes.
// Streamlit gives deck.gl a centre and a zoom, which fit one size alone, and has no way to fit a box: the box stands after the
// drawing in `.map-view`, and the view is handed to the function that deck.gl itself tells of each move.
(() => {
  const CHART = '[data-testid="stDeckGlJsonChart"]';
  const TILE = 512; // pixels of the world at zoom 0
  const PATIENCE_MS = 10000; // for deck.gl's script
  const DRAG = 4; // pixels from which a press is a drag

  // From 0 to 1 over the world, from the north-west.
  const across = (lon) => lon / 360 + 0.5;
  const down = (lat) => 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
  const latitude = (y) => (Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) * 360) / Math.PI - 90;

  function fitted([west, south, east, north], width, height) {
    const wide = across(east) - across(west), high = down(south) - down(north);
    return {
      longitude: (west + east) / 2,
      latitude: latitude((down(south) + down(north)) / 2),
      zoom: Math.log2(Math.min(width / wide, height / high) / TILE),
    };
  }

  // React keeps, at an element, its record of what it drew there; the one with deck.gl's view lies a few steps below the chart.
  function drawn(chart) {
    const key = Object.keys(chart).find((name) => name.startsWith("__reactFiber$"));
    const queue = key ? [chart[key].child] : [];
    for (let steps = 0; queue.length && steps < 500; steps += 1) {
      const record = queue.shift();
      if (!record) continue;
      const props = record.memoizedProps;
      if (props?.onViewStateChange && props.viewState) return props;
      queue.push(record.child, record.sibling);
    }
    return null;
  }

  const views = new WeakMap(); // of each chart: what its page says, the box in sight, whether the reader has moved it

  function show(chart, since = performance.now()) {
    const view = views.get(chart);
    if (!chart.isConnected || view.isMoved) return;
    const props = drawn(chart);
    const { clientWidth, clientHeight } = chart;
    if (props && clientWidth && clientHeight) {
      props.onViewStateChange({ viewState: { ...props.viewState, ...fitted(view.box, clientWidth, clientHeight) } });
    } else if (performance.now() - since < PATIENCE_MS) setTimeout(() => show(chart, since), 60);
  }

  // Once more a moment later: Streamlit applies the centre and zoom of a new run when it has drawn.
  function turn(chart, box) {
    Object.assign(views.get(chart), { box: box.split(",").map(Number), isMoved: false });
    requestAnimationFrame(() => show(chart));
    setTimeout(() => show(chart), 250);
  }

  const sizes = new ResizeObserver((changes) => changes.forEach(({ target }) => requestAnimationFrame(() => show(target))));

  function look() {
    for (const chart of document.querySelectorAll(CHART)) {
      const bounds = chart.closest(".st-key-event-map")?.querySelector(".map-view")?.dataset.bounds;
      if (!bounds || views.get(chart)?.bounds === bounds) continue;
      const isNew = !views.has(chart);
      views.set(chart, { bounds });
      turn(chart, bounds);
      if (isNew) sizes.observe(chart);
    }
  }

  // What the reader moves stays as it is.
  const moves = (event) => {
    const view = views.get(event.target.closest?.(CHART));
    if (view) view.isMoved = true;
  };
  let pressed = null;
  addEventListener("pointerdown", (event) => { pressed = event; }, true);
  addEventListener("pointermove", (event) => {
    if (event.buttons && pressed && Math.hypot(event.x - pressed.x, event.y - pressed.y) > DRAG) moves(pressed);
  }, true);
  for (const name of ["wheel", "dblclick"]) addEventListener(name, moves, { capture: true, passive: true });
  addEventListener("keydown", (event) => { if (/^(Arrow\w+|[-+=])$/.test(event.key)) moves(event); }, true);
  addEventListener("click", (event) => {
    if (event.target.closest?.(".mapboxgl-ctrl-group")) moves(event);
    const whole = event.target.closest?.(".map-view [data-whole]");
    const chart = whole?.closest(".st-key-event-map")?.querySelector(CHART);
    if (chart && views.has(chart)) turn(chart, whole.dataset.whole);
  }, true);

  new MutationObserver(look).observe(document.documentElement, { subtree: true, childList: true });
  look();
})();
