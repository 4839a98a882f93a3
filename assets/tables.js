// Tables: sorted by any column (kept in the address), searched, copied, taken away as CSV (campaign/view/components/figures.py).
(() => {
  const isEnglish = () => document.documentElement.lang === "en";
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const textOf = (cell) => cell.innerText.replace(/\s*\n\s*/g, " ").trim();

  // The number that a cell shows, null where it shows none: « 1 700 », « −109 », « ≈ 2 000 », « 22,6 % ».
  function numberOf(text) {
    const bare = text.replace(/[\s\u00a0\u202f]/g, "").replace("−", "-");
    const found = (isEnglish() ? bare.replace(/,/g, "") : bare.replace(",", ".")).match(/^[^\d-]*(-?\d+(?:\.\d+)?)/);
    return found ? Number(found[1]) : null;
  }

  const tables = () => [...document.querySelectorAll("table.figures")];
  const saved = () => {
    const [, table, column, order] = location.hash.match(/^#tri=(\d+)-(\d+)-(asc|desc)$/) || [];
    return table === undefined ? null : { table: Number(table), column: Number(column), order };
  };

  function sort(table, column, order) {
    const head = table.tHead.rows[0].cells[column];
    const body = table.tBodies[0];
    if (!head || !body) return;
    const isNumber = head.classList.contains("number");
    const direction = order === "asc" ? 1 : -1;
    const keyed = [...body.rows].map((row, at) => {
      const text = row.cells[column] ? textOf(row.cells[column]) : "";
      const key = isNumber ? numberOf(text) : text || null;
      row.dataset.at ??= at; // the order in which it was drawn settles ties
      return { row, key, at: Number(row.dataset.at) };
    });
    const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
    keyed.sort((a, b) => {
      if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.at - b.at; // what is not known comes last
      return direction * (isNumber ? a.key - b.key : collator.compare(a.key, b.key)) || a.at - b.at;
    });
    body.append(...keyed.map(({ row }) => row));
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order === "asc" ? "ascending" : "descending");
  }

  function restore() {
    const wanted = saved();
    const table = wanted && tables()[wanted.table];
    if (table && !table.tHead.querySelector("[aria-sort]")) sort(table, wanted.column, wanted.order);
  }

  const rowsOf = (table) => [...table.rows].filter((row) => !row.hidden).map((row) => [...row.cells].map(textOf));

  // A number loses the spaces of its thousands; a text that a spreadsheet would run stays a text.
  function field(text) {
    const bare = text.replace(/[\u00a0\u202f](?=\d)/g, "").replace("−", "-").replace(/[\u00a0\u202f]/g, " ");
    const safe = /^[=+@\t\r-]/.test(bare) && numberOf(bare) === null ? `'${bare}` : bare;
    return /[";,\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  }

  function download(table) {
    const lines = rowsOf(table).map((cells) => cells.map(field).join(isEnglish() ? "," : ";"));
    const name = plain(table.caption?.textContent || "tableau").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
    const link = Object.assign(document.createElement("a"), {
      href: URL.createObjectURL(new Blob([`\ufeff${lines.join("\r\n")}\r\n`], { type: "text/csv;charset=utf-8" })),
      download: `${name}.csv`,
    });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  addEventListener("click", (event) => { // before campaign.js, which copies
    const head = event.target.closest?.("button.sort")?.closest("th");
    const tool = event.target.closest?.("button[data-table]");
    const table = (head || tool)?.closest(".table-frame, .table-tools");
    if (!table) return;
    if (head) {
      const own = head.closest("table");
      const first = head.classList.contains("number") ? "desc" : "asc";
      const other = first === "desc" ? "asc" : "desc";
      const before = { ascending: "asc", descending: "desc" }[head.getAttribute("aria-sort")];
      const order = before === first ? other : first;
      sort(own, head.cellIndex, order);
      history.replaceState(history.state, "", `${location.pathname}${location.search}#tri=${tables().indexOf(own)}-${head.cellIndex}-${order}`);
      return;
    }
    const own = tool.closest(".table-tools").previousElementSibling.querySelector("table");
    if (tool.dataset.table === "unfold") { own.classList.remove("folded", "folded-on-phone"); tool.remove(); return; }
    if (tool.dataset.table === "csv") { download(own); return; }
    tool.dataset.copy = rowsOf(own).map((cells) => cells.join("\t")).join("\n"); // campaign.js copies it
  }, true);

  document.addEventListener("input", (event) => {
    const search = event.target.closest?.("input[data-table]");
    if (!search) return;
    const own = search.closest(".table-tools").previousElementSibling.querySelector("table");
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    own.classList.toggle("searched", words.length > 0);
    let n = 0;
    for (const row of own.tBodies[0].rows) {
      row.hidden = !words.every((word) => plain(textOf(row) || row.textContent).includes(word));
      n += !row.hidden;
    }
    search.closest(".table-tools").querySelector("output").textContent = words.length ? `${n} / ${own.tBodies[0].rows.length}` : "";
  });

  new MutationObserver((changes) => {
    if (saved() && changes.some(({ addedNodes }) => [...addedNodes].some((node) => node.querySelector?.("table.figures")))) restore();
  }).observe(document.documentElement, { childList: true, subtree: true });
  restore();
})();
