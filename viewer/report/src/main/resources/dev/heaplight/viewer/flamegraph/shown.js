/* What the page says of the view in words: figures, path, matches. */
class Shown {
  constructor(app, elements) {
    this.app = app;
    this.by = elements;
    app.listen((what) => {
      if (what === "view") this.controls();
      if (what === "graph") this.graph();
      if (what === "search") this.matches();
    });
  }

  /* Buttons and fields as the view is. */
  controls() {
    const { by } = this;
    const { view } = this.app;
    by("metric").value = view.metric;
    for (const button of document.querySelectorAll("[data-set]")) {
      const [key, value] = button.dataset.set.split("=");
      button.setAttribute("aria-pressed", String(view[key] === value));
    }
    if (document.activeElement !== by("search")) by("search").value = view.search;
    by("regex").setAttribute("aria-pressed", String(view.regex === "yes"));
    by("back").disabled = this.app.depth === 0;
    by("reset").disabled = view.zoom === "" && view.callers === "";
    const wrong = wrongFilters(view);
    if (wrong !== "" || by("note").dataset.wrong) by("note").textContent = wrong;
    by("note").dataset.wrong = wrong;
  }

  graph() {
    const { by, app } = this;
    const { graph, view } = app;
    const metric = app.recording.metrics.get(view.metric);
    showHeader(
      { ...app.recording.head, metric: view.metric, metricHeading: metric.heading, metricMoment: metric.moment },
      "flame graph",
      { bytes: graph.bytes[0], objects: graph.objects[0] }
    );
    const empty = !(graph.sizes[0] > 0);
    by("empty").hidden = !empty;
    by("graph-canvas").hidden = empty;
    by("empty").textContent = metric.bytes > 0 ? "Nothing is left: take off a filter or widen the window." : metric.nothing;
    const untimed = metric.starts === null && (view.from !== null || view.to !== null);
    by("untimed").hidden = !untimed;
    by("untimed").textContent = `${metric.heading}: known for the whole scope only, whatever the window of time.`;
    by("folded").textContent =
      graph.folded > 0 ? `${countText(graph.folded)} frames are too small to be drawn one by one; zoom in to see them.` : "";
    by("changes").hidden = by("change-legend").hidden = graph.before === null;
    by("legend").hidden = graph.before !== null;
    by("status").textContent = `${app.rootText()}: ${app.graphPane.valueText(0)}`;
    this.path();
  }

  path() {
    const { by, app } = this;
    const { graph } = app;
    const { focus } = app.graphPane;
    if (focus === 0) {
      by("path").textContent = "Click a frame to zoom in, right-click it for more.";
      return;
    }
    const nodes = [];
    for (let node = focus; node >= 0; node = graph.parents[node]) nodes.unshift(node);
    const steps = nodes.length > 6 ? [0, -1, ...nodes.slice(-4)] : nodes;
    by("path").replaceChildren(...steps.flatMap((node, i) => [...(i > 0 ? ["›"] : []), this.step(node, focus)]));
    by("path").scrollLeft = by("path").scrollWidth;
  }

  step(node, focus) {
    if (node < 0) return " … ";
    const { app } = this;
    const { graph } = app;
    const label = graph.labels[node];
    const text = node === 0 && graph.rootText ? graph.rootText : app.recording.shortName(label);
    const step = element("button", { type: "button", title: app.recording.name(label) }, text);
    if (node === focus) step.setAttribute("aria-current", "true");
    step.addEventListener("click", () => (node === 0 ? app.change({ zoom: "" }) : app.zoom(node)));
    return step;
  }

  matches() {
    const { by, app } = this;
    const { search, found, graph } = app;
    const result = by("search-result");
    by("search").setAttribute("aria-invalid", String(search.error !== null));
    result.className = search.error === null ? "" : "error";
    by("next").disabled = by("previous").disabled = !found || found.all.nodes === 0;
    if (search.error !== null) {
      result.textContent = `Not a valid regular expression: ${search.error}`;
    } else if (!found) {
      result.textContent = "";
    } else if (found.all.nodes === 0) {
      result.textContent = "No frame matches";
    } else {
      const share = (size, of) => percentText(of > 0 ? size / of : 0);
      const parts = [
        element("b", {}, share(found.all.size, graph.sizes[0])),
        ` of ${graph.unit} in ${countText(found.all.nodes)} matching frames`,
      ];
      if (found.undrawn > 0) parts.push(`, ${countText(found.undrawn)} of them too small to be drawn yet: zoom in to step to them`);
      const { focus } = app.graphPane;
      if (focus !== 0) parts.push(`; ${share(found.within.size, graph.sizes[focus])} of the zoomed frame`);
      result.replaceChildren(...parts);
    }
  }
}
