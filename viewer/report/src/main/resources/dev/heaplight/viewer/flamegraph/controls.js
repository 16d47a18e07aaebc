/* Mouse and toolbar. */
class Controls {
  constructor(app, elements, tooltip, menu) {
    this.app = app;
    this.by = elements;
    this.tooltip = tooltip;
    this.menu = menu;
    for (const pane of app.panes) this.listenToPane(pane);
    this.listenToToolbar();
    app.listen((what) => {
      if (what === "graph") tooltip.hide();
    });
  }

  listenToToolbar() {
    const { app, by } = this;
    by("metric").addEventListener("change", () => app.change({ metric: by("metric").value }));
    for (const button of document.querySelectorAll("[data-set]")) {
      const [key, value] = button.dataset.set.split("=");
      button.addEventListener("click", () => app.change({ [key]: value }));
    }
    for (const tab of document.querySelectorAll("[data-panel]")) {
      tab.addEventListener("click", () =>
        app.change({ panel: app.view.panel === tab.dataset.panel ? "" : tab.dataset.panel }, true)
      );
    }
    by("search").addEventListener("input", () => app.change({ search: by("search").value }, true));
    by("regex").addEventListener("click", () => app.change({ regex: app.view.regex === "yes" ? "no" : "yes" }, true));
    by("next").addEventListener("click", () => this.nextMatch(true));
    by("previous").addEventListener("click", () => this.nextMatch(false));
    by("back").addEventListener("click", () => app.back());
    by("reset").addEventListener("click", () => app.change({ zoom: "", callers: "" }));
    by("save-svg").addEventListener("click", () => saveSvg(app, document.title, this.fileName()));
    by("save-png").addEventListener("click", () => savePng(app, this.fileName()));
    by("copy-link").addEventListener("click", () => this.copied(copy(location.href), "link"));
    by("theme").addEventListener("click", () => {
      document.documentElement.dataset.theme = isDark() ? "light" : "dark";
      this.colours();
    });
    document.addEventListener("pointerdown", (event) => this.closeDrops(event.target));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.colours());
  }

  /* Closes what dropped down, but not what holds a target; whether there was any. */
  closeDrops(target) {
    const open = [...document.querySelectorAll(".drop[open]")].filter((drop) => !drop.contains(target));
    for (const drop of open) {
      // What is closed takes the focus with it; its button is where one came from.
      if (drop.contains(document.activeElement)) drop.querySelector("summary").focus();
      drop.open = false;
    }
    return open.length > 0;
  }

  fileName() {
    const stem = this.app.recording.head.file.replace(/\.[^.]*$/, "").replace(/[^\w.-]+/g, "_");
    return `heaplight-${this.app.view.metric}-${stem || "recording"}`;
  }

  /* All that is drawn by script takes the page's new colours. */
  colours() {
    const palette = new Palette();
    for (const pane of this.app.panes) {
      pane.theme(palette);
      pane.request();
    }
    this.app.tell("colours");
  }

  listenToPane(pane) {
    const { canvas, scroller } = pane;
    canvas.addEventListener("mousemove", (event) => this.hover(pane, event));
    canvas.addEventListener("mouseleave", () => this.leave(pane));
    canvas.addEventListener("blur", () => this.leave(pane));
    canvas.addEventListener("click", (event) => {
      const node = pane.nodeAt(event.clientX, event.clientY);
      pane.selected = -1;
      if (node >= 0) this.open(pane, node);
    });
    canvas.addEventListener("contextmenu", (event) => {
      const node = pane.nodeAt(event.clientX, event.clientY);
      if (node < 0) return;
      event.preventDefault();
      this.showMenu(pane, node, event.clientX, event.clientY);
    });
    scroller.addEventListener("scroll", () => {
      this.tooltip.hide();
      pane.request();
    });
    new ResizeObserver(() => pane.resize()).observe(scroller);
  }

  open(pane, node) {
    this.app.zoom(node, pane);
  }

  hover(pane, event) {
    const node = pane.nodeAt(event.clientX, event.clientY);
    pane.canvas.style.cursor = node >= 0 ? "pointer" : "default";
    if (node >= 0 && this.menu.box.hidden) this.tooltip.show(pane.graph, node, pane.focus, event.clientX, event.clientY);
    else this.tooltip.hide();
    if (node !== pane.hovered) {
      pane.hovered = node;
      pane.request();
    }
  }

  leave(pane) {
    pane.hovered = -1;
    this.tooltip.hide();
    pane.request();
  }

  select(pane, node) {
    pane.selected = node;
    pane.reveal(node);
    pane.request();
    const box = pane.boxOf(node);
    this.tooltip.show(pane.graph, node, pane.focus, box.x + Math.min(box.width / 2, 60), box.y + ROW);
    this.by("status").textContent = `${pane.graph.name(node)}, ${pane.valueText(node)}`;
  }

  /* Goes to the next match; a box that is too narrow to be seen is zoomed to, and so is one of the
     matches where none has a box yet. */
  async nextMatch(forward) {
    const { app } = this;
    const pane = app.graphPane;
    if (!app.search.active) return;
    const from = pane.selected >= 0 ? pane.selected : forward ? pane.focus : 0;
    let node = app.search.step(pane.graph, from, forward);
    if (node < 0) {
      await app.zoomToMatch();
      node = app.search.active ? app.search.step(pane.graph, pane.focus - 1, true) : -1;
    }
    if (node < 0) return;
    const own = pane.graph.nodes[node];
    if (!(pane.boxOf(node).width >= 24)) await app.zoom(node);
    this.select(pane, own < 0 ? node : pane.graph.boxOf(own));
  }

  showMenu(pane, node, x, y) {
    const { app } = this;
    const { graph } = pane;
    const { recording } = app;
    const label = graph.labels[node];
    const entries = [["Zoom in", () => this.open(pane, node)]];
    if (recording.isFrame(label)) {
      const method = recording.function(label);
      entries.push(["Callers and callees", () => app.change({ tree: "around", method, zoom: "", callers: "" })]);
      entries.push(["Only stacks through this method", () => app.change({ include: exactly(method) })]);
      entries.push(["No stacks through this method", () => app.change({ exclude: exactly(method) })]);
      entries.push(["Hide this method's frames", () => app.change({ hide: either(app.view.hide, exactly(method)) })]);
    } else if (recording.kinds[label] === KIND.ALLOCATED) {
      entries.push(["Only this class", () => app.change({ classes: exactly(recording.name(label)) })]);
    }
    entries.push(["Find its name", () => app.change({ search: exactly(recording.name(label)), regex: "yes" })]);
    entries.push(["Copy the stack", () => this.copied(copy(stackText(graph, node)), "stack")]);
    this.tooltip.hide();
    this.menu.show(x, y, recording.name(label), entries, pane.canvas);
  }

  async copied(done, what) {
    this.by("note").textContent = (await done) ? `Copied the ${what}.` : `The browser did not let the ${what} be copied.`;
  }
}

function either(pattern, other) {
  return pattern ? `${pattern}|${other}` : other;
}
