// The sections of the report that have no place of their own in the page: text, a table, or a figure.
function sectionTable({ columns, rows }) {
  const kind = column => (column.alignRight ? "numeric" : "");
  return element("div", { class: "panel scroller" }, element("table", { class: "figures" },
    element("thead", {}, element("tr", {},
      ...columns.map(column => element("th", { scope: "col", class: kind(column) }, ...breakable(column.title))))),
    element("tbody", {}, ...rows.map(row => element("tr", {},
      ...row.map((cell, i) => element(i === 0 ? "th" : "td", {
        scope: i === 0 ? "row" : undefined, class: kind(columns[i]) }, cell)))))));
}

function sectionFigure(figure, title) {
  const place = element("div", { class: "section-figure", role: "img", "aria-label": title });
  const draw = () => Plotly.react(place, figure.data, pageLayout(figure.layout, place.clientWidth < 560), figure.config);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  // It has a width once it stands in the page.
  requestAnimationFrame(draw);
  return element("figure", { class: "panel chart-panel" }, place);
}

function drawSections() {
  document.getElementById("sections").append(...Object.entries(view.sections ?? {}).map(([key, section]) => {
    const id = `section-${key}`;
    return element("section", section.title ? { "aria-labelledby": id } : {},
      section.title && element("div", { class: "section-head" }, element("h2", { id }, section.title)),
      ...(section.text ?? []).map(text => element("p", {}, text)),
      section.columns && sectionTable(section),
      section.figure && sectionFigure(section.figure, section.title));
  }));
}
