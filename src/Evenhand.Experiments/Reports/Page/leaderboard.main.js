// Head of the page, cards, pruned and failed trials; then table and chart, and the thread between them.
let selected = null;

function select(number) {
  selected = number;
  drawChart(selected);
}

function fact(name, ...value) {
  return element("div", {}, element("dt", {}, name), element("dd", {}, ...value));
}

function drawFacts() {
  document.getElementById("study").textContent = board.study;
  document.getElementById("task").textContent = board.task;
  const { name, rows, sha256 } = board.dataset;
  const digest = sha256
    ? element("small", { title: sha256 }, " SHA-256 ", element("code", {}, `${sha256.slice(0, 12)}…`)) : "";
  const front = complete.filter(t => t.pareto).length;
  const infeasible = complete.filter(t => !t.feasible && t.rank !== null).length;
  const undefinedOnes = complete.filter(t => t.rank === null).length;
  const trials = [`${count(complete.length)} finished`, pruned.length ? `${count(pruned.length)} pruned` : "",
    failed.length ? `${count(failed.length)} failed` : "",
    infeasible ? `${count(infeasible)} infeasible` : "",
    undefinedOnes ? `${count(undefinedOnes)} without a value of the objective` : "",
      `${count(front)} on the Pareto front`].filter(Boolean).join(", ");
  document.getElementById("facts").append(
    fact("Experiment", board.experiment),
    fact("Data", name, element("small", {}, ` ${count(rows)} rows`), digest),
    fact("Objective", board.objective.text),
    fact("Trials", trials));
  const protocol = Object.entries(board.protocol ?? {});
  document.getElementById("protocol").append(...protocol.map(([key, value]) => fact(key, value)));
  document.getElementById("protocol").parentElement.hidden = protocol.length === 0;
}

const valueOf = (trial, name) => figureOf(trial, name)?.value;

function card(title, role, trial) {
  const figures = [board.objective.accuracy, ...board.objective.fairness.slice(0, 1)].map(name => {
    const figure = figureOf(trial, name);
    return element("span", { class: "card-figure" }, element("span", { class: "label" }, name),
      element("span", { class: "number" }, number(figure?.value)),
        element("span", { class: "bounds" }, bounds(figure)));
  });
  const show = () => { reveal(trial.number); select(trial.number); };
  return element("button", { type: "button", class: "card", onclick: show },
    element("span", { class: "card-title" }, glyph(role), title),
    element("span", { class: "card-who" },
      `${trial.learner}, trial ${trial.number}${trial.constant ? ", constant predictions" : ""}`),
    element("span", { class: "card-figures" }, ...figures));
}

function drawHighlights() {
  const cards = [];
  const [best, accurate] = [byNumber.get(leading), byNumber.get(board.mostAccurate)];
  const fairest = byNumber.get(board.fairest);
  if (best) cards.push(card(roleNames[best.role], best.role, best));
  if (accurate && accurate !== best) cards.push(card("Most accurate", "most-accurate", accurate));
  if (fairest && fairest !== best && fairest !== accurate) cards.push(card("Fairest", fairest.role, fairest));
  document.getElementById("highlights").append(...cards);
  document.getElementById("highlights").hidden = cards.length === 0;
}

// The trials that have no place in the table, the first of them at once.
function drawRest(id, trials, after, rest) {
  const shown = 20;
  const entry = trial => element("li", {},
    element("span", {}, `Trial ${trial.number}, ${trial.learner}, after ${after(trial)}`), " ",
    element("small", {}, paramsText(trial)), rest(trial));
  const section = document.getElementById(id);
  const [items, more] = [section.querySelector("ol"), section.querySelector(".more")];
  items.append(...trials.slice(0, shown).map(entry));
  more.textContent = `Show ${count(trials.length - shown)} more`;
  more.hidden = trials.length <= shown;
  more.addEventListener("click", () => {
    items.append(...trials.slice(shown).map(entry));
    more.hidden = true;
  });
  section.hidden = trials.length === 0;
}

drawFacts();
document.getElementById("headline").append(board.headline);
drawHighlights();
drawRest("pruned", pruned, t => `step ${count(t.curves.steps.at(-1))}, ${seconds(t.seconds)}`, curveRow);
drawRest("failures", failed, t => seconds(t.seconds), t => element("pre", {}, t.error ?? "No reason was given."));
drawSections();
startTable(select);
startChart(number => { reveal(number); select(number); }, () => selected);
