// The drill-down of one trial: all parameters, all figures with bounds, every group, test against validation.
function cell(figure, plain) {
  const text = bounds(figure);
  return element("td", { class: plain ? "numeric" : "numeric stacked" }, number(figure?.value),
    text && element("span", { class: "bounds" }, text));
}

function pairs(entries, kind) {
  return element("dl", { class: kind ? `pairs ${kind}` : "pairs" },
    ...entries.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));
}

function overallTable(trial) {
  const tested = trial.test !== null;
  const names = figureNames.filter(name => figureOf(trial, name) || testFigureOf(trial, name));
  const head = ["Validation", ...(tested ? ["Test", "Test \u2212 validation"] : [])];
  return element("table", { class: "figures" },
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "Figure"),
      ...head.map(text => element("th", { scope: "col", class: "numeric" }, text)))),
    element("tbody", {}, ...names.map(name => element("tr", {},
      element("th", { scope: "row" }, ...breakable(name)),
      cell(figureOf(trial, name), !tested),
      ...(tested ? [cell(testFigureOf(trial, name)),
        element("td", { class: "numeric" }, signed(own(trial.test.drop, name)))] : [])))));
}

// The contract keeps a group's bounds beside its figures: { count, rmse: .91, bounds: { rmse: { low, high } } }.
function groupFigure(group, metric) {
  const value = own(group, metric);
  return value === undefined ? undefined : { value, ...own(group.bounds, metric) };
}

// A dot with its bounds, on a scale that all groups of the attribute share; the dashed line is the figure of all rows.
function interval(figure, scale, overall) {
  const [width, middle, edge] = [130, 9, 4];
  const at = value => edge + (width - 2 * edge)
    * (scale.high > scale.low ? (value - scale.low) / (scale.high - scale.low) : .5);
  const marks = [];
  if (typeof overall === "number") {
    marks.push(drawing("line", { class: "overall", x1: at(overall), x2: at(overall), y1: -4, y2: 22 }));
  }
  if (typeof figure.low === "number" && typeof figure.high === "number") {
    marks.push(drawing("line", { class: "whisker", x1: at(figure.low), x2: at(figure.high), y1: middle, y2: middle }));
  }
  marks.push(drawing("circle", { class: "dot", cx: at(figure.value), cy: middle, r: 4 }));
  return drawing("svg", { class: "interval", viewBox: `0 0 ${width} 18`, "aria-hidden": "true" }, ...marks);
}

const reserved = new Set(["count", "belowMinimum", "bounds"]);

function groupMetrics(groups) {
  return [...new Set(Object.values(groups).flatMap(group => Object.keys(group)))].filter(name => !reserved.has(name))
    .sort((a, b) => objectiveNames.includes(b) - objectiveNames.includes(a));
}

function groupTable(groups, overall) {
  const entries = Object.entries(groups);
  const metrics = groupMetrics(groups);
  const main = metrics[0];
  const figures = entries.map(([, group]) => groupFigure(group, main)).filter(f => typeof f?.value === "number");
  const whole = main && own(overall, main)?.value;
  const ends = [...figures.flatMap(f => [f.low, f.value, f.high]), whole].filter(v => typeof v === "number");
  const scale = { low: Math.min(...ends), high: Math.max(...ends) };
  return element("div", { class: "scroller" }, element("table", { class: "figures" },
    element("thead", {}, element("tr", {},
      element("th", { scope: "col" }, "Group"), element("th", { scope: "col", class: "numeric" }, "Count"),
      ...metrics.flatMap(name => [element("th", { scope: "col", class: "numeric" }, name),
        name === main ? element("td", { class: "interval-cell" }) : ""]))),
    element("tbody", {}, ...entries.map(([name, group]) => element("tr", {},
      element("th", { scope: "row" }, name,
        group.belowMinimum ? element("span", { class: "tag", title: "Left out of the gaps" }, "too small") : ""),
      element("td", { class: "numeric" }, count(group.count)),
      ...metrics.flatMap(metric => {
        const figure = groupFigure(group, metric);
        const drawn = metric === main && typeof figure?.value === "number";
        return [cell(figure), metric === main
          ? element("td", { class: "interval-cell" }, drawn ? interval(figure, scale, whole) : "") : ""];
      }))))));
}

function groupSections(trial) {
  const parts = [["validation", trial.groups, trial.validation], ["test", trial.test?.groups, trial.test]];
  return Object.keys(trial.groups).map(attribute => element("div", {
    class: groupMetrics(trial.groups[attribute]).length > 2 ? "detail-groups many" : "detail-groups" },
    ...parts.filter(([, groups]) => own(groups, attribute)).map(([part, groups, overall]) => element("div", {},
      element("h3", {}, `By ${attribute}, ${part} part`), groupTable(groups[attribute], overall)))));
}

// One measure by step: a line that breaks where the measure is undefined.
function curve(name, steps, values) {
  const [width, height, edge] = [200, 56, 4];
  const known = values.filter(value => typeof value === "number");
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const at = (value, from, to, size) => edge + (size - 2 * edge) * (to > from ? (value - from) / (to - from) : .5);
  const points = values.map((value, i) => (typeof value === "number"
    ? [at(steps[i], steps[0], steps.at(-1), width).toFixed(1), (height - at(value, low, high, height)).toFixed(1)]
    : null));
  const path = points.map((point, i) => (point ? `${points[i - 1] ? "L" : "M"}${point.join(" ")}` : "")).join("");
  const end = points.findLast(point => point);
  const text = known.length === 0 ? "undefined"
    : known.length === 1 ? number(known[0]) : `${number(known[0])} to ${number(known.at(-1))}`;
  return element("figure", { class: "curve" },
    element("figcaption", {}, element("span", {}, ...breakable(name)), element("span", { class: "bounds" }, text)),
    known.length > 1 && drawing("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${name} by step, ${text}` },
      drawing("path", { d: path }), drawing("circle", { cx: end[0], cy: end[1], r: 3 })));
}

function curveRow(trial) {
  const { steps, measures } = trial.curves;
  return element("div", { class: "curves" },
    ...Object.entries(measures).map(([name, values]) => curve(name, steps, values)));
}

function curveSection(trial) {
  if (!trial.curves) return [];
  const { steps } = trial.curves;
  return [element("div", {},
    element("h3", {}, `By step of the fit, ${count(steps[0])} to ${count(steps.at(-1))}, validation part`),
    curveRow(trial))];
}

function detailBody(trial) {
  const price = trial.priceOfFairness;
  const facts = [
    ["Standing", roleNames[roleOf(trial)]
      + (trial.feasible || trial.rank === null || roleOf(trial).includes("infeasible") ? "" : ", infeasible")],
    ...trial.notes.map(note => ["Note", note]),
    ["Objective", number(trial.objective)],
    ["Price of fairness", price ? `${number(price.amount)} ${price.metric} (${percent(price.percent)})` : missing],
    ["Time", seconds(trial.seconds)],
    ...(trial.cost ? [["Fit", seconds(trial.cost.fitSeconds)],
      ["Prediction", `${short(trial.cost.predictionMicroseconds)} μs each`]] : []),
    ["Needs when in use", trial.servingAttributes.length > 0
      ? trial.servingAttributes.join(", ") : "no group attribute"],
  ];
  return element("div", { class: "detail-body" },
    element("div", { class: "detail-top" },
      element("div", {},
        element("h3", {}, `Trial ${trial.number}`), pairs(facts),
        element("h3", { style: "margin-top:20px" }, trial.learner),
        Object.keys(trial.params).length === 0 ? element("p", { class: "none" }, "No parameters.")
          : pairs(Object.entries(trial.params).map(([name, value]) => [name, String(value)]), "code")),
      element("div", { class: "scroller" }, element("h3", {}, "All rows"), overallTable(trial))),
    ...curveSection(trial),
    ...groupSections(trial));
}
