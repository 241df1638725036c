// Head of the page, cards, failed trials; then table and chart, and the thread between them.
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
  const infeasible = complete.filter(t => !t.feasible).length;
  const trials = [`${count(complete.length)} finished`, failed.length ? `${count(failed.length)} failed` : "",
    infeasible ? `${count(infeasible)} infeasible` : "",
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

const bold = text => element("b", {}, text);
const valueOf = (trial, name) => figureOf(trial, name)?.value;

// The study in one sentence: what fairness costs here, and what it buys.
function headline() {
  const { accuracy, fairness } = board.objective;
  const accurate = byNumber.get(board.mostAccurate);
  const best = byNumber.get(leading);
  if (complete.length === 0) return ["No trial has finished, so there is nothing to compare yet."];
  if (!best) {
    return [bold(count(complete.filter(t => t.pareto).length)), " of ", count(complete.length),
      " trials are on the Pareto front: none of them can be made more accurate without widening a gap."];
  }
  if (board.best === null)
    return ["No trial meets the constraint. ", bold(`Trial ${best.number}`), " comes nearest to it."];
  if (!accurate) return [bold(`Trial ${best.number}`), " is best by the objective."];
  if (best === accurate) {
    return [bold(`Trial ${best.number}`),
      " is best by the objective and the most accurate as well: fairness costs nothing here."];
  }
  const gap = fairness[0];
  const [from, to] = [valueOf(accurate, gap), valueOf(best, gap)];
  const price = best.priceOfFairness;
  const gaps = typeof from === "number" && typeof to === "number" ? [
    ` and moves ${gap} from `, bold(number(from)), " to ", bold(number(to))] : [];
  return [bold(`Trial ${best.number}`), " is best by the objective. Against the most accurate trial it gives up ",
    bold(`${number(price?.amount)} ${accuracy}`), ` (${percent(price?.percent)})`, ...gaps, "."];
}

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
    element("span", { class: "card-who" }, `${trial.learner}, trial ${trial.number}`),
    element("span", { class: "card-figures" }, ...figures));
}

function drawHighlights() {
  const cards = [];
  const [best, accurate] = [byNumber.get(leading), byNumber.get(board.mostAccurate)];
  if (best) cards.push(card(roleNames.best, "best", best));
  if (accurate && accurate !== best) cards.push(card("Most accurate", "most-accurate", accurate));
  const gap = board.objective.fairness[0];
  const sign = isGreaterBetter(gap) ? -1 : 1;
  const fairest = complete.filter(t => t.feasible && typeof valueOf(t, gap) === "number")
    .reduce((a, b) => (a && sign * valueOf(a, gap) <= sign * valueOf(b, gap) ? a : b), null);
  if (fairest && fairest !== best && fairest !== accurate) cards.push(card("Fairest", roleOf(fairest), fairest));
  document.getElementById("highlights").append(...cards);
  document.getElementById("highlights").hidden = cards.length === 0;
}

function drawFailures() {
  const shown = 20;
  const entry = trial => element("li", {},
    element("span", {}, `Trial ${trial.number}, ${trial.learner}, after ${seconds(trial.seconds)}`), " ",
    element("small", {}, paramsText(trial)), element("pre", {}, trial.error ?? "No reason was given."));
  const items = document.getElementById("failure-list");
  const more = document.getElementById("more-failures");
  items.append(...failed.slice(0, shown).map(entry));
  more.textContent = `Show ${count(failed.length - shown)} more`;
  more.hidden = failed.length <= shown;
  more.addEventListener("click", () => {
    items.append(...failed.slice(shown).map(entry));
    more.hidden = true;
  });
  document.getElementById("failures").hidden = failed.length === 0;
}

drawFacts();
document.getElementById("headline").append(...headline());
drawHighlights();
drawFailures();
startTable(select);
startChart(number => { reveal(number); select(number); }, () => selected);
