// Draws every figure of attention on the page that is not drawn yet.
(() => {
"use strict";
const figuresShown = 10;
const mapSize = 720;
const cellSizes = [4, 24];
const labelledFrom = 10;
const labelLength = 16;

// The weights of a layer, for each attending and attended piece; of a head, or the mean of all where it is -1.
function weightsOf(figure, pieces) {
  const heads = Number(figure.dataset.heads);
  const bytes = Uint8Array.from(atob(figure.dataset.weights), c => c.charCodeAt(0));
  const values = new DataView(bytes.buffer);
  const size = pieces * pieces;
  return (layer, head) => {
    const mean = new Float32Array(size);
    const chosen = head < 0 ? Array.from({ length: heads }, (_, h) => h) : [head];
    for (const h of chosen) {
      const start = (layer * heads + h) * size;
      for (let i = 0; i < size; i++) {
        mean[i] += values.getUint16(2 * (start + i), true) / 65535 / chosen.length;
      }
    }

    return mean;
  };
}

// A map with a row for each attending and a column for each attended piece.
function createMap(figure, names) {
  const canvas = figure.querySelector("canvas");
  const frame = figure.querySelector(".chosen");
  const cell = Math.max(cellSizes[0], Math.min(cellSizes[1], Math.floor(mapSize / names.length)));
  const labels = cell < labelledFrom ? []
    : names.map(name => name.length > labelLength ? `${name.slice(0, labelLength - 1)}…` : name);
  const font = `${Math.min(13, cell - 1)}px system-ui, sans-serif`;
  const context = canvas.getContext("2d");
  context.font = font;
  const margin = Math.ceil(Math.max(0, ...labels.map(label => context.measureText(label).width + 8)));
  const side = margin + cell * names.length;
  const inside = at => at >= 0 && at < names.length;

  function paint(weights, largest) {
    const style = getComputedStyle(figure);
    const blue = style.getPropertyValue("--map");
    const ratio = window.devicePixelRatio || 1;
    canvas.width = canvas.height = Math.ceil(side * ratio);
    canvas.style.width = canvas.style.height = `${side}px`;
    context.scale(ratio, ratio);
    context.font = font;
    context.fillStyle = style.color;
    context.textBaseline = "middle";
    labels.forEach((label, i) => {
      const at = margin + (i + 0.5) * cell;
      context.textAlign = "right";
      context.fillText(label, margin - 4, at);
      context.save();
      context.translate(at, margin - 4);
      context.rotate(-Math.PI / 2);
      context.textAlign = "left";
      context.fillText(label, 0, 0);
      context.restore();
    });
    for (let i = 0; i < weights.length; i++) {
      const [from, to] = [Math.floor(i / names.length), i % names.length];
      context.fillStyle = `rgb(${blue} / ${largest > 0 ? weights[i] / largest : 0})`;
      context.fillRect(margin + to * cell, margin + from * cell, cell, cell);
    }

    context.strokeStyle = style.getPropertyValue("--line");
    context.strokeRect(margin + 0.5, margin + 0.5, side - margin - 1, side - margin - 1);
  }

  // The row of an attending, or the column of an attended piece.
  function mark(piece, isColumn) {
    const [along, across] = [margin + piece * cell, side - margin];
    Object.assign(frame.style, isColumn
      ? { left: `${along}px`, top: `${margin}px`, width: `${cell}px`, height: `${across}px` }
      : { left: `${margin}px`, top: `${along}px`, width: `${across}px`, height: `${cell}px` });
  }

  // The pieces of the cell under a pointer; null outside.
  function cellAt(event) {
    const box = canvas.getBoundingClientRect();
    const from = Math.floor((event.clientY - box.top - margin) / cell);
    const to = Math.floor((event.clientX - box.left - margin) / cell);
    return inside(from) && inside(to) ? { from, to } : null;
  }

  canvas.setAttribute("role", "img");
  return { canvas, paint, mark, cellAt };
}

function draw(figure) {
  const list = figure.querySelector(".pieces");
  const pieces = [...list.querySelectorAll("[data-piece]")];
  const names = pieces.map(piece => piece.dataset.piece);
  if (names.length === 0) {
    return;
  }

  const notes = pieces.map(piece => piece.title);
  const [layer, head, side] = ["layer", "head", "side"].map(name => figure.querySelector(`[name="${name}"]`));
  const readout = figure.querySelector(".readout");
  const weightsFor = weightsOf(figure, names.length);
  let weights, largest, chosen = 0, shown = -1;
  figure.querySelectorAll(".view, .controls").forEach(part => { part.hidden = false; });
  const map = createMap(figure, names);
  const isColumn = () => side.value === "from";
  const weight = (piece, other) => weights[isColumn() ? other * names.length + piece : piece * names.length + other];
  const figureOf = value => value.toFixed(3);

  function tell(from, to) {
    const paid = figureOf(weights[from * names.length + to]);
    readout.textContent = `“${names[from]}” attends to “${names[to]}” with ${paid}.`;
  }

  function show(piece) {
    shown = piece;
    const values = pieces.map((_, other) => weight(piece, other));
    const top = Math.max(...values);
    pieces.forEach((span, other) => {
      span.classList.toggle("lit", values[other] > top / 100);
      span.style.setProperty("--share", top > 0 ? values[other] / top : 0);
      span.title = [figureOf(values[other]), notes[other]].filter(Boolean).join(", ");
    });
    const order = values.map((_, other) => other).sort((a, b) => values[b] - values[a]).slice(0, figuresShown);
    figure.querySelector(".figures tbody").replaceChildren(...order.map(other => {
      const row = document.createElement("tr");
      for (const text of [names[other], figureOf(values[other])]) {
        row.appendChild(document.createElement("td")).textContent = text;
      }

      row.firstChild.dir = "auto";
      return row;
    }));
    readout.textContent = isColumn()
      ? `“${names[piece]}” gets most from “${names[order[0]]}”: ${figureOf(top)}.`
      : `“${names[piece]}” attends most to “${names[order[0]]}”: ${figureOf(top)}.`;
    map.mark(piece, isColumn());
  }

  function choose(piece, focus) {
    chosen = piece;
    pieces.forEach((span, i) => {
      span.setAttribute("aria-selected", String(i === piece));
      span.tabIndex = i === piece ? 0 : -1;
    });
    show(piece);
    if (focus) {
      pieces[piece].focus();
    }
  }

  function repaint() {
    map.paint(weights, largest);
  }

  function load() {
    weights = weightsFor(Number(layer.value), Number(head.value));
    largest = weights.reduce((a, b) => Math.max(a, b), 0);
    figure.querySelector(".largest").textContent = figureOf(largest);
    const heads = head.value === "-1" ? "mean of all heads" : `head ${Number(head.value) + 1}`;
    map.canvas.setAttribute("aria-label", `Map of the weights of layer ${Number(layer.value) + 1}, ${heads}: `
      + "attending pieces down, attended pieces across. The pieces above tell the figures.");
    repaint();
    show(chosen);
  }

  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Pieces of the text");
  pieces.forEach((span, i) => {
    span.setAttribute("role", "option");
    span.addEventListener("click", () => choose(i, true));
    span.addEventListener("pointerenter", () => show(i));
    span.addEventListener("pointerleave", () => show(chosen));
  });
  list.addEventListener("keydown", event => {
    const last = pieces.length - 1;
    const target = {
      ArrowRight: Math.min(last, chosen + 1), ArrowDown: Math.min(last, chosen + 1),
      ArrowLeft: Math.max(0, chosen - 1), ArrowUp: Math.max(0, chosen - 1), Home: 0, End: last,
    }[event.key];
    if (target !== undefined) {
      event.preventDefault();
      choose(target, true);
    }
  });
  map.canvas.addEventListener("pointermove", event => {
    const cell = map.cellAt(event);
    if (cell) {
      const piece = isColumn() ? cell.to : cell.from;
      if (piece !== shown) {
        show(piece);
      }

      tell(cell.from, cell.to);
    }
  });
  map.canvas.addEventListener("pointerleave", () => show(chosen));
  map.canvas.addEventListener("click", event => {
    const cell = map.cellAt(event);
    if (cell) {
      choose(isColumn() ? cell.to : cell.from, false);
    }
  });
  layer.addEventListener("change", load);
  head.addEventListener("change", load);
  side.addEventListener("change", () => show(chosen));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  load();
  choose(0, false);
}

for (const figure of document.querySelectorAll("figure.evenhand-attention:not([data-drawn])")) {
  figure.dataset.drawn = "";
  draw(figure);
}
})();
