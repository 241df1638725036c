// The scatter. The figure arrives drawn up in `view.figure`; this file gives it the page's colours, and when another
// axis is chosen it moves the same traces to other figures of the same trials.
const chart = document.getElementById("chart");
const axisX = document.getElementById("axis-x");
const axisY = document.getElementById("axis-y");
const errorBars = document.getElementById("error-bars");
let chosen = { x: view.x, y: view.y };

const direction = name => (isGreaterBetter(name) ? "higher is better" : "lower is better");
const plotlyText = text => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function lengths(figures) {
  const length = (from, to) => (typeof from === "number" && typeof to === "number" ? Math.max(0, to - from) : null);
  return {
    array: figures.map(f => length(f?.value, f?.high)),
    arrayminus: figures.map(f => length(f?.low, f?.value)),
  };
}

// The step line through the trials that no feasible trial beats on both axes; it bounds what can be had.
function front(x, y) {
  const sign = name => (isGreaterBetter(name) ? -1 : 1);
  const [sx, sy] = [sign(x), sign(y)];
  const points = complete.filter(t => t.feasible && !t.constant)
    .map(t => [figureOf(t, x)?.value, figureOf(t, y)?.value])
    .filter(([a, b]) => typeof a === "number" && typeof b === "number")
    .sort((a, b) => sx * (a[0] - b[0]) || sy * (a[1] - b[1]));
  const members = [];
  for (const point of points) {
    if (members.length === 0 || sy * point[1] < sy * members.at(-1)[1]) members.push(point);
  }
  if (sx < 0) members.reverse();
  return { x: members.map(p => p[0]), y: members.map(p => p[1]), shape: sx > 0 ? "hv" : "vh" };
}

function movedTrace(trace) {
  if (trace.meta === "front") {
    const { x, y, shape } = front(chosen.x, chosen.y);
    return { ...trace, x, y, line: { ...trace.line, shape } };
  }
  const trials = trace.customdata.map(n => byNumber.get(n));
  const xs = trials.map(t => figureOf(t, chosen.x));
  const ys = trials.map(t => figureOf(t, chosen.y));
  const label = (name, axis) => `${plotlyText(name)} %{${axis}:.4f}`;
  return {
    ...trace,
    x: xs.map(f => f?.value ?? null),
    y: ys.map(f => f?.value ?? null),
    error_x: { ...trace.error_x, ...lengths(xs) },
    error_y: { ...trace.error_y, ...lengths(ys) },
    hovertemplate: `%{text}<br>${label(chosen.x, "x")}<br>${label(chosen.y, "y")}<extra></extra>`,
  };
}

function figureNow() {
  if (chosen.x === view.x && chosen.y === view.y) return view.figure;
  const axis = (from, name) => ({
    ...from, title: { ...from.title, text: `${plotlyText(name)} (${direction(name)})` } });
  const { data, layout, config } = view.figure;
  return {
    data: data.map(movedTrace),
    layout: { ...layout, xaxis: axis(layout.xaxis, chosen.x), yaxis: axis(layout.yaxis, chosen.y) },
    config,
  };
}

function ring(number) {
  const trial = byNumber.get(number);
  const at = name => [trial ? figureOf(trial, name)?.value ?? null : null];
  return {
    type: "scatter", mode: "markers", meta: "selected", hoverinfo: "skip", showlegend: false,
    x: at(chosen.x), y: at(chosen.y), marker: { symbol: "circle-open", size: 22, line: { width: 2 } },
  };
}

// The layout of a figure in the colours of the page, which has its own headings and heights.
function pageLayout({ title, height, ...layout }, narrow) {
  const style = getComputedStyle(document.documentElement);
  const colour = name => style.getPropertyValue(`--${name}`).trim();
  const axis = from => ({
    ...from, gridcolor: colour("line"), zerolinecolor: colour("line-strong"), linecolor: colour("line-strong"),
    tickfont: { color: colour("muted") },
      title: { ...from?.title, font: { size: 13, color: colour("muted") }, standoff: 12 },
    nticks: narrow ? 5 : 0,
  });
  return {
    ...layout,
    font: { family: style.getPropertyValue("--sans"), size: 12, color: colour("ink") },
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
    xaxis: axis(layout.xaxis), yaxis: axis(layout.yaxis),
    margin: narrow ? { l: 48, r: 10, t: 8, b: 48 } : { l: 64, r: 16, t: 8, b: 52 },
    modebar: { bgcolor: "rgba(0,0,0,0)", color: colour("faint"), activecolor: colour("ink") },
    // On a phone a finger scrolls the page, and does not zoom.
    dragmode: narrow ? false : "zoom",
    hoverlabel: {
      ...layout.hoverlabel, bgcolor: colour("panel"), bordercolor: colour("line-strong"),
      font: { family: style.getPropertyValue("--sans"), size: 13, color: colour("ink") },
    },
  };
}

function themed(figure, selected) {
  const style = getComputedStyle(document.documentElement);
  const colour = name => style.getPropertyValue(`--${name}`).trim();
  const narrow = chart.clientWidth < 560;
  const tinted = trace => {
    const tint = colour({ "front": "pareto", "selected": "ink" }[trace.meta] ?? trace.meta);
    const own = { ...trace };
    if (own.line) own.line = { ...own.line, color: tint };
    if (own.marker) {
      const edge = own.marker.symbol.endsWith("-open") ? tint : colour("panel");
      own.marker = { ...own.marker, color: tint, line: { ...own.marker.line, color: edge } };
    }
    for (const bounds of ["error_x", "error_y"]) {
      if (!own[bounds]) continue;
      own[bounds] = { ...own[bounds], visible: errorBars.checked, color: tint, thickness: 1, width: 3 };
    }
    return own;
  };
  return {
    data: [...figure.data, ring(selected)].map(tinted),
    layout: pageLayout(figure.layout, narrow),
    config: { ...figure.config, ...(narrow ? { displayModeBar: false } : {}) },
  };
}

function drawChart(selected) {
  const { data, layout, config } = themed(figureNow(), selected);
  Plotly.react(chart, data, layout, config);
  const named = name => `${name} (${direction(name)})`;
  document.getElementById("chart-caption").textContent =
    `${named(chosen.x)} against ${named(chosen.y)}, on the validation part. The line is the Pareto front of the two: `
    + "beyond it no feasible trial reaches. Choose a point to see its trial.";
}

function fillAxis(select, current) {
  const group = (label, names) => (names.length === 0 ? "" : element("optgroup", { label },
    ...names.map(name => element("option", { value: name, selected: name === current }, name))));
  select.append(group("Metrics", metricNames), group("Fairness", fairnessNames));
}

// `onSelect` is told the number of the trial whose point was clicked.
function startChart(onSelect, selectedNow) {
  fillAxis(axisX, chosen.x);
  fillAxis(axisY, chosen.y);
  const redraw = () => {
    chosen = { x: axisX.value, y: axisY.value };
    drawChart(selectedNow());
  };
  for (const control of [axisX, axisY, errorBars]) control.addEventListener("change", redraw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  matchMedia("(max-width: 720px)").addEventListener("change", redraw);
  drawChart(selectedNow());
  chart.on("plotly_click", event => {
    const number = event.points[0]?.customdata;
    if (number !== undefined) onSelect(number);
  });
}
