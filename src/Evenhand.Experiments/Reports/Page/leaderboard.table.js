// The table: columns, order, filters, pages. Only the rows of one page are in the document.
const pageSize = 50;
const table = document.getElementById("trials");
const [head, body] = [table.tHead, table.tBodies[0]];
const state = { sort: "rank", ascending: true, page: 0, open: new Set(), words: [], columns: new Set(objectiveNames) };
const filters = {
  feasible: document.getElementById("only-feasible"),
  pareto: document.getElementById("only-pareto"),
  finalists: document.getElementById("only-finalists"),
};
let listed = [];

const hasFinalists = complete.some(t => t.test !== null);
const isScalar = board.objective.kind !== "pareto";

function figureColumn(name) {
  const wide = !objectiveNames.slice(0, 2).includes(name);
  return {
    key: `figure ${name}`, label: figureLabel(name), numeric: true, wide, descending: isGreaterBetter(name),
    value: t => figureOf(t, name)?.value,
    show: t => [number(figureOf(t, name)?.value), element("span", { class: "bounds" }, bounds(figureOf(t, name)))],
  };
}

function testColumn(name) {
  return {
    key: `test ${name}`, label: [`test ${name}`, element("small", {}, "and drop")], numeric: true, wide: true,
    descending: isGreaterBetter(name),
    value: t => testFigureOf(t, name)?.value,
    show: t => (t.test === null ? [element("span", { class: "none" }, missing)]
      : [number(testFigureOf(t, name)?.value), element("span", { class: "bounds" }, signed(own(t.test.drop, name))),
        t.test.feasible === false
          ? element("span", { class: "tag", title: t.notes.join("; ") }, "misses its limit") : ""]),
  };
}

// Against the most accurate finalist; all comparisons of a study have one reference.
const compared = complete.find(t => t.test?.comparison)?.test.comparison;
const comparisonColumn = {
  key: "comparison", label: ["p against", element("small", {}, `trial ${compared?.reference}`)], numeric: true, wide: true,
  value: t => t.test?.comparison?.bootstrap.holm,
  show: t => (t.test?.comparison ? [number(t.test.comparison.bootstrap.holm)]
    : [element("span", { class: "none" }, missing)]),
};

const rankColumn = {
  key: "rank", label: ["Rank"], value: t => t.rank,
  show: t => [element("span", { class: "rank" }, expander(t), String(t.rank ?? missing))],
};
const learnerColumn = {
  key: "learner", label: ["Learner"], value: t => t.learner,
  show: t => [element("span", { class: "who" }, glyph(roleOf(t)), element("span", {},
    element("span", { class: "who-name" }, t.learner), element("small", {}, `trial ${t.number}`),
    t.constant ? element("span", { class: "tag", title: t.notes.join("; ") }, "constant") : ""))],
};
const otherColumns = [
  { key: "params", label: ["Parameters"], wide: true, class: "params", value: paramsText,
    show: t => [element("span", {}, paramsText(t))] },
  ...(isScalar ? [{ key: "objective", label: ["Objective"], numeric: true, wide: true,
    descending: board.objective.accuracyMaximize, value: t => t.objective,
      show: t => [number(t.objective)] }] : []),
];
const closingColumns = [
  { key: "price", label: ["Price of", element("small", {}, "fairness")], numeric: true, wide: true,
    value: t => t.priceOfFairness?.percent,
    show: t => [percent(t.priceOfFairness?.percent)] },
  ...(hasFinalists ? [testColumn(board.objective.accuracy)] : []),
  ...(compared ? [comparisonColumn] : []),
  ...(board.trials.some(t => t.servingAttributes.length > 0) ? [{ key: "needs", label: ["Needs"], wide: true,
    value: t => t.servingAttributes.join(" "), show: t => [t.servingAttributes.join(", ")] }] : []),
  { key: "seconds", label: ["Time"], numeric: true, wide: true, value: t => t.seconds,
    show: t => [seconds(t.seconds)] },
];

function columnsNow() {
  const figures = [...new Set([...objectiveNames, ...figureNames])].filter(name => state.columns.has(name));
  return [rankColumn, learnerColumn, ...otherColumns, ...figures.map(figureColumn), ...closingColumns];
}

function expander(trial) {
  return element("button", {
    type: "button", class: "expander", "aria-expanded": String(state.open.has(trial.number)),
    "aria-label": `Figures of trial ${trial.number}`,
  });
}

function compare(a, b, ascending) {
  const [noA, noB] = [a === null || a === undefined, b === null || b === undefined];
  if (noA || noB) return noA - noB;
  const order = typeof a === "string" ? a.localeCompare(b, "en", { numeric: true }) : a - b;
  return ascending ? order : -order;
}

function list() {
  const column = columnsNow().find(c => c.key === state.sort) ?? rankColumn;
  const keyed = complete
    .filter(t => (!filters.feasible.checked || t.feasible) && (!filters.pareto.checked || t.pareto)
      && (!filters.finalists.checked || t.test !== null) && matches(t, state.words))
    .map(t => [column.value(t), t]);
  keyed.sort(([a, s], [b, t]) => compare(a, b, state.ascending)
    || compare(s.rank, t.rank, true) || s.number - t.number);
  listed = keyed.map(([, t]) => t);
  state.page = Math.min(state.page, Math.max(0, Math.ceil(listed.length / pageSize) - 1));
}

function classes(column) {
  return [column.numeric && "numeric", column.wide && "wide", column.class].filter(Boolean).join(" ") || undefined;
}

function drawHead() {
  head.replaceChildren(element("tr", {}, ...columnsNow().map(column => {
    const sorted = state.sort === column.key;
    return element("th", {
      scope: "col", class: [column.numeric && "numeric", column.wide && "wide"].filter(Boolean).join(" ") || undefined,
      "aria-sort": !sorted ? "none" : state.ascending ? "ascending" : "descending", "data-key": column.key,
    }, element("button", { type: "button", onclick: () => sortBy(column) },
      sorted ? element("span", { class: "arrow", "aria-hidden": "true" }, state.ascending ? "↑" : "↓") : "",
      ...column.label));
  })));
}

function sortBy(column) {
  state.ascending = state.sort === column.key ? !state.ascending : !column.descending;
  state.sort = column.key;
  state.page = 0;
  redrawTable();
  [...head.querySelectorAll("th")].find(th => th.dataset.key === column.key)?.querySelector("button").focus();
}

// The trial that p values refer to stands among them, wherever filters and pages would put it.
function withReference(trials) {
  const reference = trials.some(t => t.test?.comparison) ? byNumber.get(compared.reference) : undefined;
  return !reference || trials.includes(reference) ? trials : [...trials, reference];
}

function drawRows() {
  const columns = columnsNow();
  const shown = withReference(listed.slice(state.page * pageSize, (state.page + 1) * pageSize));
  body.replaceChildren(...shown.flatMap(trial => {
    const open = state.open.has(trial.number);
    const row = element("tr", { class: open ? "trial open" : "trial", "data-number": String(trial.number) },
      ...columns.map(column => element("td", { class: classes(column) }, ...column.show(trial))));
    return open ? [row, detailRow(trial, columns.length)] : [row];
  }));
  if (shown.length === 0) {
    body.append(element("tr", {}, element("td", { class: "empty", colspan: String(columns.length) },
      complete.length === 0 ? "No trial has finished." : "No trial matches the filters.")));
  }
  drawPager(Math.min(pageSize, listed.length - state.page * pageSize));
}

function detailRow(trial, width) {
  return element("tr", { class: "detail" }, element("td", { colspan: String(width) }, detailBody(trial)));
}

function drawPager(shown) {
  const first = state.page * pageSize;
  const of = listed.length === complete.length ? `${count(complete.length)} trials`
    : `${count(listed.length)} that match, of ${count(complete.length)} trials`;
  document.getElementById("count").textContent = listed.length <= pageSize
    ? of : `${count(first + 1)} to ${count(first + shown)} of ${of}`;
  const [previous, next] = [document.getElementById("previous"), document.getElementById("next")];
  previous.parentElement.hidden = listed.length <= pageSize;
  previous.disabled = state.page === 0;
  next.disabled = first + shown >= listed.length;
}

function redrawTable() {
  list();
  drawHead();
  drawRows();
}

function turnPage(step) {
  state.page += step;
  drawRows();
  table.scrollIntoView({ block: "start" });
}

function toggle(row) {
  const trial = byNumber.get(Number(row.dataset.number));
  const open = !state.open.has(trial.number);
  if (open) {
    state.open.add(trial.number);
    row.after(detailRow(trial, row.cells.length));
  } else {
    state.open.delete(trial.number);
    row.nextElementSibling.remove();
  }
  row.classList.toggle("open", open);
  row.querySelector(".expander").setAttribute("aria-expanded", String(open));
  return open ? trial.number : null;
}

// Shows a trial in the table, wherever it stands; filters that hide it are lifted.
function reveal(number) {
  if (!listed.some(t => t.number === number)) {
    for (const filter of Object.values(filters)) filter.checked = false;
    document.getElementById("filter").value = "";
    state.words = [];
    list();
  }
  state.page = Math.floor(listed.findIndex(t => t.number === number) / pageSize);
  state.open = new Set([number]);
  drawRows();
  const row = body.querySelector(`tr[data-number="${number}"]`);
  row.querySelector(".expander").focus({ preventScroll: true });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  row.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
}

// `onOpen` is told the number of the trial that was opened last, or null when it was closed.
function startTable(onOpen) {
  const refilter = () => {
    state.page = 0;
    redrawTable();
  };
  const box = document.getElementById("filter");
  box.addEventListener("input", () => {
    state.words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    refilter();
  });
  for (const filter of Object.values(filters)) filter.addEventListener("change", refilter);
  filters.finalists.parentElement.hidden = !hasFinalists;
  document.getElementById("previous").addEventListener("click", () => turnPage(-1));
  document.getElementById("next").addEventListener("click", () => turnPage(1));
  body.addEventListener("click", event => {
    const row = event.target.closest("tr.trial");
    if (row && getSelection().isCollapsed) onOpen(toggle(row));
  });
  document.getElementById("columns").append(...[...new Set([...objectiveNames, ...figureNames])].map(name => {
    const input = element("input", { type: "checkbox", checked: state.columns.has(name) });
    input.addEventListener("change", () => {
      if (input.checked) state.columns.add(name);
      else state.columns.delete(name);
      redrawTable();
    });
    return element("label", { class: "check" }, input, name);
  }));
  // The drill-down stays in sight while a wide table scrolls sideways under it.
  new ResizeObserver(([entry]) => table.style.setProperty("--panel-width", `${entry.contentRect.width}px`))
    .observe(table.parentElement);
  redrawTable();
}
