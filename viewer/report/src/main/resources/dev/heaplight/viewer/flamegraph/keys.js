/* The keyboard. */
class Keys {
  constructor(app, controls, elements) {
    this.app = app;
    this.controls = controls;
    this.by = elements;
    for (const pane of app.panes) pane.canvas.addEventListener("keydown", (event) => this.inPane(pane, event));
    document.addEventListener("keydown", (event) => this.inPage(event));
  }

  /* Node one step from the selected one: the parent, the largest child, or a sibling. */
  neighbour(pane, key) {
    const { graph, selected: node } = pane;
    if (node < 0) return pane.focus;
    const parent = graph.parents[node];
    const outwards = pane.upwards ? "ArrowDown" : "ArrowUp";
    if (key === outwards) return Math.max(parent, 0);
    if (key === "ArrowUp" || key === "ArrowDown") return node + 1 < graph.ends[node] ? node + 1 : node;
    if (parent < 0) return node;
    if (key === "ArrowRight") return graph.ends[node] < graph.ends[parent] ? graph.ends[node] : node;
    let before = node;
    for (let child = parent + 1; child < node; child = graph.ends[child]) before = child;
    return before;
  }

  inPane(pane, event) {
    const node = pane.selected;
    const menu = event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey) || event.key === "m";
    if (event.key.startsWith("Arrow")) {
      this.controls.select(pane, this.neighbour(pane, event.key));
    } else if (event.key === "Enter" && node >= 0) {
      this.controls.open(pane, node);
    } else if (event.key === "Backspace") {
      this.app.back();
    } else if (menu && node >= 0) {
      const box = pane.boxOf(node);
      this.controls.showMenu(pane, node, box.x + 12, box.y + ROW);
    } else if (event.key === "c" && node >= 0 && !event.ctrlKey && !event.metaKey) {
      this.controls.copied(copy(stackText(pane.graph, node)), "stack");
    } else {
      return;
    }
    event.preventDefault();
  }

  inPage(event) {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    const find = (event.ctrlKey || event.metaKey) && event.key === "f";
    if (find || (event.key === "/" && !typing)) {
      event.preventDefault();
      this.by("search").focus();
      this.by("search").select();
    } else if (event.key === "Escape") {
      this.escape(document.activeElement === this.by("search"));
    } else if (event.key === "Enter" && document.activeElement === this.by("search")) {
      this.controls.nextMatch(!event.shiftKey);
    } else if ((event.key === "n" || event.key === "N") && !typing) {
      this.controls.nextMatch(event.key === "n");
    }
  }

  /* Escape takes back one thing at a time: what dropped down, the typed search, the zoom, then any search. */
  escape(searching) {
    const { app } = this;
    if (this.controls.closeDrops(null)) return;
    this.controls.tooltip.hide();
    app.graphPane.selected = -1;
    const zoomed = app.view.zoom !== "" || app.view.callers !== "";
    if ((searching || !zoomed) && app.view.search !== "") {
      this.by("search").value = "";
      app.change({ search: "" }, true);
    } else if (zoomed) {
      app.change({ zoom: "", callers: "" });
    }
    app.graphPane.request();
  }
}
