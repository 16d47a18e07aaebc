/* Ties graph, search and drawing to the page, and offers both to scripts as window.heaplight. */
{
  const by = (id) => document.getElementById(id);
  const data = JSON.parse(by("data").textContent);
  const graph = new Graph(data);
  const search = new Search(graph);
  const scroller = by("graph");
  const canvas = new FlameCanvas(by("canvas"), scroller, by("space"), graph, search);
  const tooltip = new Tooltip(by("tooltip"), graph);
  const history = [];

  function zoom(node) {
    if (node === canvas.focus || !(graph[canvas.metric].totals[node] > 0)) return;
    history.push(canvas.focus);
    focusOn(node);
  }

  function back() {
    if (history.length > 0) focusOn(history.pop());
  }

  function reset() {
    history.length = 0;
    focusOn(0);
  }

  function focusOn(node) {
    tooltip.hide();
    canvas.zoomTo(node, true);
    showPath();
    showMatches();
  }

  function setMetric(metric) {
    canvas.metric = metric;
    by("by-bytes").setAttribute("aria-pressed", String(metric === "bytes"));
    by("by-objects").setAttribute("aria-pressed", String(metric === "objects"));
    if (!(graph[metric].totals[canvas.focus] > 0)) history.length = canvas.focus = 0;
    canvas.zoomTo(canvas.focus, false);
    showPath();
    showMatches();
  }

  function runSearch(text, regex) {
    by("search").value = text;
    by("regex").setAttribute("aria-pressed", String(regex));
    search.run(text, regex);
    showMatches();
    canvas.request();
  }

  function searchFromPage() {
    runSearch(by("search").value, by("regex").getAttribute("aria-pressed") === "true");
  }

  function showMatches() {
    const result = by("search-result");
    by("search").setAttribute("aria-invalid", String(search.error !== null));
    result.className = search.error === null ? "" : "error";
    if (search.error !== null) {
      result.textContent = `Not a valid regular expression: ${search.error}`;
    } else if (!search.active) {
      result.textContent = "";
    } else {
      const all = graph[canvas.metric].totals[0];
      const total = search.total(canvas.metric, 0);
      const nodes = search.nodes;
      const parts = [element("b", {}, percentText(all > 0 ? total / all : 0)), ` of ${canvas.metric} in ${countText(nodes)} matching frames`];
      if (canvas.focus !== 0) {
        const within = search.total(canvas.metric, canvas.focus);
        parts.push(`; ${percentText(within / graph[canvas.metric].totals[canvas.focus])} of the zoomed frame`);
      }
      if (nodes === 0) parts.splice(0, 2, "No frame matches");
      result.replaceChildren(...parts);
    }
  }

  function showPath() {
    by("back").disabled = history.length === 0;
    by("reset").disabled = canvas.focus === 0;
    if (canvas.focus === 0) {
      by("path").textContent = "Click a frame to zoom in.";
      return;
    }
    const nodes = [];
    for (let node = canvas.focus; node >= 0; node = graph.parents[node]) nodes.unshift(node);
    const shown = nodes.length > 6 ? [0, -1, ...nodes.slice(-4)] : nodes;
    by("path").replaceChildren(
      ...shown.flatMap((node, i) => {
        const parts = i > 0 ? ["›"] : [];
        if (node < 0) return [...parts, " … "];
        const label = graph.labels[node];
        const step = element("button", { type: "button", title: graph.names[label] }, graph.shortNames[label]);
        if (node === canvas.focus) step.setAttribute("aria-current", "true");
        step.addEventListener("click", () => (node === 0 ? reset() : zoom(node)));
        return [...parts, step];
      })
    );
    by("path").scrollLeft = by("path").scrollWidth;
  }

  function hover(event) {
    const node = canvas.nodeAt(event.clientX, event.clientY);
    by("canvas").style.cursor = node >= 0 ? "pointer" : "default";
    if (node >= 0) tooltip.show(node, canvas.metric, canvas.focus, event.clientX, event.clientY);
    else tooltip.hide();
    if (node !== canvas.hovered) {
      canvas.hovered = node;
      canvas.request();
    }
  }

  function leave() {
    canvas.hovered = -1;
    tooltip.hide();
    canvas.request();
  }

  /* Node one step from the selected one: the parent, the largest child, or a sibling. */
  function neighbour(key) {
    const node = canvas.selected;
    if (node < 0) return canvas.focus;
    const parent = graph.parents[node];
    if (key === "ArrowUp") return Math.max(parent, 0);
    if (key === "ArrowDown") return node + 1 < graph.ends[node] ? node + 1 : node;
    if (parent < 0) return node;
    if (key === "ArrowRight") return graph.ends[node] < graph.ends[parent] ? graph.ends[node] : node;
    let before = node;
    for (let child = parent + 1; child < node; child = graph.ends[child]) before = child;
    return before;
  }

  function select(node) {
    canvas.selected = node;
    canvas.reveal(node);
    canvas.request();
    const box = canvas.boxOf(node);
    tooltip.show(node, canvas.metric, canvas.focus, box.x + Math.min(box.width / 2, 60), box.y + ROW);
    by("status").textContent = `${graph.names[graph.labels[node]]}, ${canvas.valueText(node)}`;
  }

  function canvasKey(event) {
    if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      select(neighbour(event.key));
    } else if (event.key === "Enter" && canvas.selected >= 0) {
      zoom(canvas.selected);
    } else if (event.key === "Backspace") {
      back();
    }
  }

  function pageKey(event) {
    const typing = document.activeElement === by("search");
    const find = (event.ctrlKey || event.metaKey) && event.key === "f";
    if (find || (event.key === "/" && !typing)) {
      event.preventDefault();
      by("search").focus();
      by("search").select();
    } else if (event.key === "Escape") {
      escape(typing);
    }
  }

  /* Escape takes back one thing at a time: the typed search, the zoom, then any search. */
  function escape(typing) {
    canvas.selected = -1;
    tooltip.hide();
    if ((typing || canvas.focus === 0) && by("search").value !== "") runSearch("", by("regex").getAttribute("aria-pressed") === "true");
    else reset();
    canvas.request();
  }

  function listen() {
    by("by-bytes").addEventListener("click", () => setMetric("bytes"));
    by("by-objects").addEventListener("click", () => setMetric("objects"));
    by("search").addEventListener("input", searchFromPage);
    by("regex").addEventListener("click", () => runSearch(by("search").value, by("regex").getAttribute("aria-pressed") !== "true"));
    by("back").addEventListener("click", back);
    by("reset").addEventListener("click", reset);
    by("canvas").addEventListener("mousemove", hover);
    by("canvas").addEventListener("mouseleave", leave);
    by("canvas").addEventListener("click", (event) => {
      const node = canvas.nodeAt(event.clientX, event.clientY);
      canvas.selected = -1;
      if (node === 0) reset();
      else if (node > 0) zoom(node);
    });
    by("canvas").addEventListener("keydown", canvasKey);
    by("canvas").addEventListener("blur", leave);
    document.addEventListener("keydown", pageKey);
    scroller.addEventListener("scroll", () => {
      tooltip.hide();
      canvas.request();
    });
    new ResizeObserver(() => canvas.resize()).observe(scroller);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => canvas.theme());
  }

  showHeader(data, "flame graph", { bytes: graph.bytes.totals[0], objects: graph.objects.totals[0] });
  showFolded(data);
  showPath();
  if (!(graph.bytes.totals[0] > 0)) {
    by("empty").hidden = false;
    by("canvas").hidden = true;
    by("empty").textContent = data.metricNothing;
    for (const id of ["search", "regex", "by-bytes", "by-objects"]) by(id).disabled = true;
  }
  listen();
  canvas.resize();

  window.heaplight = Object.freeze({
    /* Numbers of the nodes whose name contains a text, largest subtree first within a parent. */
    find: (text) => Array.from(graph.labels.keys()).filter((node) => graph.names[graph.labels[node]].includes(text)),
    name: (node) => graph.names[graph.labels[node]],
    box: (node) => canvas.boxOf(node),
    zoom,
    back,
    reset,
    search: runSearch,
    metric: setMetric,
    state: () => ({
      nodes: graph.size,
      drawn: canvas.drawn,
      bytes: graph.bytes.totals[0],
      objects: graph.objects.totals[0],
      metric: canvas.metric,
      focus: canvas.focus,
      view: Array.from(canvas.view),
      selected: canvas.selected,
      searching: search.active,
      searchError: search.error,
      matchedShare: search.active ? search.total(canvas.metric, 0) / graph[canvas.metric].totals[0] : null,
    }),
  });
}
