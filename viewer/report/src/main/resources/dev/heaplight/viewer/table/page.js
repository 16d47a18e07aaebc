/* The table in the page: only the rows in sight are elements. */
(() => {
  const ROW_HEIGHT = 28;
  const AROUND = 20;
  const by = (id) => document.getElementById(id);
  const data = JSON.parse(by("data").textContent);
  const sites = new Sites(data);
  const view = by("view");
  const body = by("table").querySelector("tbody");
  const headings = by("table").querySelector("thead tr");
  let sorted = 2;
  let ascending = false;
  let drawn = "";

  function cell(column, row) {
    const text = column.text(row);
    const made = element("td", {}, text === "" ? "\u2013" : text);
    if (text === "") made.className = "none";
    made.title = column.more ? column.more(row) : text;
    return made;
  }

  function space(rows) {
    const made = element("td", { colspan: sites.columns.length });
    made.style.height = `${rows * ROW_HEIGHT}px`;
    return element("tr", { class: "space", "aria-hidden": "true" }, made);
  }

  function draw() {
    const count = sites.shown.length;
    const first = Math.max(0, Math.floor(view.scrollTop / ROW_HEIGHT) - AROUND);
    const last = Math.min(count, first + Math.ceil(view.clientHeight / ROW_HEIGHT) + 2 * AROUND);
    const key = `${first} ${last}`;
    if (key === drawn) return;
    drawn = key;
    const rows = sites.shown.slice(first, last).map((row, i) =>
      element("tr", { "aria-rowindex": first + i + 2 }, ...sites.columns.map((column) => cell(column, row)))
    );
    body.replaceChildren(space(first), ...rows, space(count - last));
  }

  function redraw() {
    drawn = "";
    by("table").setAttribute("aria-rowcount", sites.shown.length + 1);
    draw();
  }

  function sortBy(column, up) {
    sorted = column;
    ascending = up;
    [...headings.children].forEach((heading, i) => {
      if (i === column) heading.setAttribute("aria-sort", up ? "ascending" : "descending");
      else heading.removeAttribute("aria-sort");
      heading.querySelector("span").textContent = i === column ? (up ? " \u25b2" : " \u25bc") : "";
    });
    sites.sort(column, up);
    view.scrollTop = 0;
    redraw();
  }

  function filter() {
    const text = by("search").value.trim();
    const result = by("search-result");
    const isExpression = by("regex").getAttribute("aria-pressed") === "true";
    let expression = null;
    result.className = "";
    by("search").removeAttribute("aria-invalid");
    try {
      if (isExpression && text !== "") expression = new RegExp(text, "i");
    } catch (error) {
      by("search").setAttribute("aria-invalid", "true");
      result.className = "error";
      result.textContent = "not a regular expression";
      return;
    }
    sites.filter(isExpression ? [] : text.toLowerCase().split(/\s+/).filter(Boolean), expression);
    sortBy(sorted, ascending);
    const all = `${countText(sites.size)} sites`;
    const bytes = sites.shownBytes();
    result.textContent =
      text === ""
        ? all
        : `${countText(sites.shown.length)} of ${all}: ${bytesText(bytes)}, ${percentText(sites.totals[0] ? bytes / sites.totals[0] : 0)}`;
    by("empty").hidden = sites.shown.length > 0;
    by("empty").textContent = sites.size === 0 ? data.metricNothing : "No site matches.";
  }

  sites.columns.forEach((column, i) => {
    const button = element("button", { type: "button" }, column.heading, element("span", { "aria-hidden": "true" }));
    button.addEventListener("click", () => sortBy(i, i === sorted ? !ascending : column.ascendingFirst === true));
    headings.append(element("th", { scope: "col" }, button));
  });
  showHeader(data, "table", { bytes: sites.totals[0], objects: sites.totalObjects });
  by("note").textContent =
    sites.metrics.length > 1 ? "Share, objects and average size are those of the first column of bytes." : "";
  by("search").addEventListener("input", filter);
  by("regex").addEventListener("click", () => {
    const pressed = by("regex").getAttribute("aria-pressed") !== "true";
    by("regex").setAttribute("aria-pressed", pressed);
    filter();
  });
  view.addEventListener("scroll", draw);
  window.addEventListener("resize", draw);
  window.addEventListener("keydown", (event) => {
    const typing = document.activeElement === by("search");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      by("search").focus();
    } else if (event.key === "Escape" && typing) {
      by("search").value = "";
      filter();
      view.focus();
    }
  });
  filter();
  window.heaplight = { sites };
})();
