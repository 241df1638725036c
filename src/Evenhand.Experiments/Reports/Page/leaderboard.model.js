// The leaderboard as the page reads it. `board` is the JSON contract; `view` holds what the page needs beside it:
// the default figure, its axes, and the direction of every figure by name.
const board = JSON.parse(document.getElementById("leaderboard-data").textContent);
const view = JSON.parse(document.getElementById("leaderboard-view").textContent);

const complete = board.trials.filter(t => t.state === "complete");
const pruned = board.trials.filter(t => t.state === "pruned");
const failed = board.trials.filter(t => t.state === "failed");
const byNumber = new Map(board.trials.map(t => [t.number, t]));

// The trial that heads the ranking: the best, or where none is feasible the one that violates least.
const leading = board.best ?? board.leastInfeasible;

// What a trial is, what must be known of it and what the study found come with the data: no form makes words of its own.
const roleOf = trial => trial.role;

// Own properties only: a metric or a group may bear any name.
const own = (object, name) => (object && Object.hasOwn(object, name) ? object[name] : undefined);

// A figure of a trial by its name, on the validation part: { value, low, high }, or undefined.
function figureOf(trial, name) {
  return own(trial.validation, name) ?? own(trial.fairness, name);
}

function testFigureOf(trial, name) {
  return trial.test ? own(trial.test, name) ?? own(trial.test.fairness, name) : undefined;
}

const isGreaterBetter = name => own(view.maximize, name) === true;

function namesIn(select) {
  const names = new Set();
  for (const trial of complete) for (const name of Object.keys(select(trial))) names.add(name);
  return [...names];
}

const metricNames = namesIn(t => t.validation);
const fairnessNames = namesIn(t => t.fairness);
const figureNames = [...metricNames, ...fairnessNames];

// What the objective reads comes first wherever figures are listed.
const objectiveNames = [board.objective.accuracy, ...board.objective.fairness];

const searchText = new Map();
function matches(trial, words) {
  let text = searchText.get(trial.number);
  if (text === undefined) {
    const params = Object.entries(trial.params).map(([name, value]) => `${name}=${value}`);
    text = [`#${trial.number}`, trial.learner, ...params].join(" ").toLowerCase();
    searchText.set(trial.number, text);
  }
  return words.every(word => text.includes(word));
}
