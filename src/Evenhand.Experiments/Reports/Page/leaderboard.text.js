// Numbers and elements. Text from the study only ever goes through textContent, never through markup.
const missing = "–";
const minus = text => text.replace("-", "\u2212");

function number(value) {
  if (value === null || value === undefined) return missing;
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.0005 || size >= 1e7)) return minus(value.toExponential(2));
  const decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 4;
  return minus(value.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals }));
}

function signed(value) {
  if (value === null || value === undefined) return missing;
  return value > 0 ? `+${number(value)}` : number(value);
}

const count = value => value.toLocaleString("en");
const percent = value => (value === null || value === undefined ? missing : `${minus(value.toFixed(2))} %`);

function bounds(figure) {
  return figure && typeof figure.low === "number" && typeof figure.high === "number"
    ? `${number(figure.low)} to ${number(figure.high)}` : "";
}

function seconds(value) {
  if (value < 10) return `${value.toFixed(2)} s`;
  if (value < 100) return `${value.toFixed(1)} s`;
  const minutes = Math.floor(Math.round(value) / 60);
  return minutes < 100
    ? `${minutes} min ${String(Math.round(value) % 60).padStart(2, "0")} s`
    : `${count(Math.floor(minutes / 60))} h ${String(minutes % 60).padStart(2, "0")} min`;
}

// A parameter as the table shows it; the drill-down shows all its digits.
function short(value) {
  return typeof value === "number" && !Number.isInteger(value) ? String(Number(value.toPrecision(4))) : String(value);
}

const paramsText = trial => Object.entries(trial.params).map(([name, value]) => `${name} ${short(value)}`).join(" · ");

// `rmse-difference(gender)` as its metric and its attribute.
function parts(name) {
  const open = name.endsWith(")") ? name.indexOf("(") : -1;
  return open > 0 ? [name.slice(0, open), name.slice(open + 1, -1)] : [name, ""];
}

function element(tag, properties, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined && child !== false && child !== ""));
  return node;
}

function drawing(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// The chart's shapes, for table and cards: a role is told apart by its shape as well as by its colour.
const glyphs = {
  "best": { d: "M7 .6 8.9 5h4.7L9.9 7.9l1.4 4.8L7 9.9l-4.3 2.8 1.4-4.8L.4 5h4.7z", fill: "currentColor" },
  "most-accurate": { d: "M7 .8 13.2 7 7 13.2.8 7z", fill: "currentColor" },
  "pareto": { d: "M7 2.4a4.6 4.6 0 1 1 0 9.2a4.6 4.6 0 1 1 0-9.2z", fill: "currentColor" },
  "dominated": { d: "M7 3.2a3.8 3.8 0 1 1 0 7.6a3.8 3.8 0 1 1 0-7.6z", fill: "none" },
  "infeasible": { d: "M3.2 3.2l7.6 7.6M10.8 3.2l-7.6 7.6", fill: "none" },
  "constant": { d: "M3.4 3.4h7.2v7.2H3.4z", fill: "none" },
  "undefined": { d: "M7 3.2v4.6M7 9.6v1.2", fill: "none" },
};
glyphs["least-infeasible"] = glyphs.best;

const roleNames = {
  "best": "Best by the objective",
  "least-infeasible": "Least infeasible",
  "most-accurate": "Most accurate",
  "pareto": "On the Pareto front",
  "dominated": "Dominated",
  "infeasible": "Infeasible",
  "constant": "Constant predictions",
  "undefined": "No rank: the objective is undefined",
};

function glyph(role) {
  const shape = glyphs[role];
  return drawing("svg", { class: `glyph role-${role}`, viewBox: "0 0 14 14",
    role: "img", "aria-label": roleNames[role] },
    drawing("path", {
      d: shape.d, fill: shape.fill, stroke: "currentColor", "stroke-width": shape.fill === "none" ? 1.6 : 0,
    }));
}

// A name that may break before its attribute.
function breakable(name) {
  const [metric, attribute] = parts(name);
  return attribute ? [metric, element("wbr"), `(${attribute})`] : [name];
}

function figureLabel(name) {
  const [metric, attribute] = parts(name);
  return [metric, attribute ? element("small", {}, attribute) : ""];
}
