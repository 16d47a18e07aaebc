/* Ties a view to what is drawn of it. Whoever changes the view calls change(); everything that is
   shown follows from the view, which is kept in the page's address. */
class App {
  constructor(recording, elements) {
    this.recording = recording;
    this.standard = standardView(recording.head);
    this.view = viewOf(location.hash, this.standard);
    this.search = new Search(recording);
    const pane = (name, upwards) =>
      new FlameCanvas(elements(`${name}-canvas`), elements(name), elements(`${name}-space`), this.search, upwards);
    this.graphPane = pane("graph", false);
    this.callersPane = pane("callers", true);
    this.panes = [this.graphPane, this.callersPane];
    this.builds = 0;
    this.zooms = 0;
    this.tree = null;
    this.following = Promise.resolve();
    this.searches = 0;
    this.depth = 0;
    this.listeners = [];
    addEventListener("popstate", () => this.moved());
    addEventListener("hashchange", () => this.moved());
  }

  get graph() {
    return this.graphPane.graph;
  }

  /* Told after each change of what is shown; what is "view", "graph" or "search". */
  listen(listener) {
    this.listeners.push(listener);
  }

  tell(what) {
    for (const listener of this.listeners) listener(what);
  }

  start() {
    return (this.following = this.follow({ ...this.view, metric: null }));
  }

  /* Goes on with another recording of the same: the frame that fills the page is found by its
     callers' names. */
  async replace(recording) {
    const names = this.view.zoom === "" ? [] : this.view.zoom.split(".").map((label) => this.recording.name(parseInt(label, 36)));
    const labels = new Map(names.map((name) => [name, 0]));
    for (let label = 0; label < recording.labels && names.length > 0; label++) {
      if (labels.has(recording.name(label))) labels.set(recording.name(label), label);
    }
    this.recording = this.search.recording = recording;
    this.view.zoom = names.map((name) => labels.get(name).toString(36)).join(".");
    history.replaceState(history.state, "", fragmentOf(this.view, this.standard) || location.href.split("#")[0]);
    await this.follow({ ...this.view, metric: null });
  }

  /* Changes members of the view. A step can be taken back; what replaces the last one cannot. */
  change(part, replace) {
    const before = this.view;
    this.view = { ...before, ...part };
    if (!this.recording.metrics.has(this.view.metric)) this.view.metric = this.standard.metric;
    const address = fragmentOf(this.view, this.standard) || location.href.split("#")[0];
    if (replace) {
      history.replaceState(history.state, "", address);
    } else {
      this.depth++;
      history.pushState({ depth: this.depth }, "", address);
    }
    return (this.following = this.follow(before));
  }

  back() {
    if (this.depth > 0) history.back();
  }

  /* The browser went back or forth, or the address was changed by hand. */
  moved() {
    const before = this.view;
    this.view = viewOf(location.hash, this.standard);
    this.depth = history.state ? history.state.depth : 0;
    return (this.following = this.follow(before));
  }

  async follow(before) {
    const { view } = this;
    if (!this.recording.metrics.has(view.metric)) view.metric = this.standard.metric;
    this.tell("view");
    if (SHAPING.some((key) => view[key] !== before[key])) {
      if (!(await this.build())) return;
    } else if (view.zoom !== before.zoom) {
      if (!(await this.zoomIn(true))) return;
    }
    this.tell("graph");
    const searched = view.search !== before.search || view.regex !== before.regex || before.metric === null;
    await this.find(searched);
  }

  /* Builds the trees of the view; false if the view has changed on the way. */
  async build() {
    const build = ++this.builds;
    const isStale = () => build !== this.builds;
    const builder = new TreeBuilder(this.recording, this.view);
    const trees = await inSlices(builder.trees(), isStale);
    if (trees === null) return false;
    const [tree, callersTree] = trees;
    const callers = callersTree && (await inSlices(Graph.of(callersTree, 0), isStale));
    if (isStale()) return false;
    this.builder = builder;
    this.tree = tree;
    this.callersPane.scroller.hidden = callers === null;
    for (const pane of this.panes) pane.resize();
    if (callers !== null) this.callersPane.show(callers, 0);
    this.graphPane.graph = null;
    return this.zoomIn(false);
  }

  /* Fills the page with the frame that the view names, in a graph of what is below it where the
     one that is shown leaves some of that out. */
  async zoomIn(animate) {
    const zoom = ++this.zooms;
    const isStale = () => zoom !== this.zooms;
    const path = this.view.zoom === "" ? [] : this.view.zoom.split(".").map((label) => parseInt(label, 36));
    let node = await inSlices(this.tree.nodeAt(path), isStale);
    if (node === null) return false;
    if (!(this.tree.sizes[node] > 0)) node = 0;
    if (this.graph === null || (this.graph.folded > 0 || this.graph.base !== 0) && this.graph.base !== node) {
      const graph = await inSlices(Graph.of(this.tree, node), isStale);
      if (graph === null) return false;
      graph.rootText = this.view.tree === "around" ? "" : this.rootText();
      this.graphPane.show(graph, graph.boxOf(node));
    } else {
      this.graphPane.zoomTo(this.graph.boxOf(node), animate);
    }
    return true;
  }

  rootText() {
    const metric = this.recording.metrics.get(this.view.metric);
    const timed = metric.starts !== null && (this.view.from !== null || this.view.to !== null);
    return timed ? `${metric.root} in ${windowText(this.view.from, this.view.to)}` : metric.root;
  }

  /* Zooms to a box; to one that stands for smaller frames, by what they are called by. */
  zoom(box) {
    const { graph } = this;
    const own = graph.nodes[box] < 0 ? graph.parents[box] : box;
    if (own === this.graphPane.focus || !(graph.sizes[own] > 0)) return undefined;
    const path = this.tree.pathOf(graph.nodes[own]);
    return this.change({ zoom: path.map((label) => label.toString(36)).join(".") });
  }

  /* Searches, and sums up what was found in the graph and in the zoomed frame. */
  async find(anew) {
    const { search, view, tree } = this;
    const run = ++this.searches;
    const isStale = () => run !== this.searches;
    if (anew && (await inSlices(search.run(view.search, view.regex === "yes"), isStale)) === null) return;
    this.found = null;
    if (search.active) {
      const all = await inSlices(search.total(tree, 0), isStale);
      if (all === null) return;
      const within = await inSlices(search.total(tree, Math.max(0, this.graph.nodes[this.graphPane.focus])), isStale);
      if (within === null) return;
      this.found = { all, within };
    }
    for (const pane of this.panes) pane.request();
    this.tell("search");
  }
}
