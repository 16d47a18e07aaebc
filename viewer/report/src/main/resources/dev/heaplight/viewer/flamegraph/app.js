/* Ties a view to what is drawn of it. Whoever changes the view calls change(); everything that is
   shown follows from the view, which is kept in the page's address. */
class App {
  constructor(recording, elements) {
    this.recording = recording;
    this.standard = standardView(recording.head);
    this.view = viewOf(location.hash, this.standard);
    this.search = new Search(recording);
    const pane = (name, zoomKey, upwards) =>
      new FlameCanvas(elements(`${name}-canvas`), elements(name), elements(`${name}-space`), this.search, zoomKey, upwards);
    this.graphPane = pane("graph", "zoom", false);
    this.callersPane = pane("callers", "callers", true);
    this.panes = [this.graphPane, this.callersPane];
    this.builds = 0;
    this.zooms = 0;
    this.following = Promise.resolve();
    this.building = Promise.resolve(false);
    this.searched = null;
    this.isPreview = false;
    this.searches = 0;
    this.depth = 0;
    this.listeners = [];
    addEventListener("popstate", () => this.moved());
    addEventListener("hashchange", () => this.moved());
  }

  get graph() {
    return this.graphPane.graph;
  }

  /* Told after each change of what is shown; what is "view", "build" if the view has other boxes,
     "graph" or "search". A view counts as shown when what its listeners return is done. */
  listen(listener) {
    this.listeners.push(listener);
  }

  tell(what, detail) {
    return Promise.all(this.listeners.map((listener) => listener(what, detail)));
  }

  start() {
    return this.goOn({ ...this.view, metric: null });
  }

  /* Shows what the view has become since before; what goes wrong there is said on the page. */
  goOn(before) {
    this.following = this.follow(before);
    this.following.catch((problem) => this.tell("problem", problem));
    return this.following;
  }

  /* Until all that was changed so far is shown. */
  async settled() {
    let last;
    do await (last = this.following);
    while (last !== this.following);
  }

  /* Goes on with another recording of the same: the frames that fill the panes are found by their
     callers' names. */
  async replace(recording) {
    const paths = this.panes.map((pane) => labelsOf(this.view[pane.zoomKey]).map((label) => this.recording.name(label)));
    const labels = new Map(paths.flat().map((name) => [name, 0]));
    for (let label = 0; label < recording.labels && labels.size > 0; label++) {
      if (labels.has(recording.name(label))) labels.set(recording.name(label), label);
    }
    this.recording = this.search.recording = recording;
    this.isPreview = false;
    this.panes.forEach((pane, i) => (this.view[pane.zoomKey] = pathText(paths[i].map((name) => labels.get(name)))));
    history.replaceState(history.state, "", fragmentOf(this.view, this.standard) || location.href.split("#")[0]);
    this.searched = null;
    await this.goOn({ ...this.view, metric: null });
  }

  /* Changes members of the view. A step can be taken back; what replaces the last one cannot. */
  change(part, replace) {
    const before = this.view;
    this.view = { ...before, ...part };
    if (!this.recording.metrics.has(this.view.metric)) this.view.metric = this.standard.metric;
    if (this.view.tree !== "around") this.view.method = this.view.callers = "";
    const address = fragmentOf(this.view, this.standard) || location.href.split("#")[0];
    if (replace) {
      history.replaceState(history.state, "", address);
    } else {
      this.depth++;
      history.pushState({ depth: this.depth }, "", address);
    }
    return this.goOn(before);
  }

  back() {
    if (this.depth > 0) history.back();
  }

  /* The browser went back or forth, or the address was changed by hand. */
  moved() {
    const before = this.view;
    const view = viewOf(location.hash, this.standard);
    this.depth = history.state ? history.state.depth : 0;
    if (fragmentOf(view, this.standard) === fragmentOf(before, this.standard)) return;
    this.view = view;
    this.goOn(before);
  }

  async follow(before) {
    const { view } = this;
    if (!this.recording.metrics.has(view.metric)) view.metric = this.standard.metric;
    this.tell("view");
    if (SHAPING.some((key) => view[key] !== before[key])) {
      this.tell("build");
      this.building = this.build();
      if (!(await this.building)) return;
    } else {
      // What is looked at in another way must be there first.
      if (!(await this.building)) return;
      if (!(await this.zoomIn())) return;
    }
    await Promise.all([this.tell("graph"), this.find()]);
  }

  /* Builds the trees of the view and puts them in the place of those that are shown, all at once;
     false if the view has changed on the way. */
  async build() {
    const build = ++this.builds;
    this.zooms++; // a zoom in what is still shown would be told under the new view's names
    const isStale = () => build !== this.builds;
    const builder = new TreeBuilder(this.recording, this.view);
    const trees = await inSlices(builder.trees(), isStale);
    if (trees === null) return false;
    const shown = [];
    for (let i = 0; i < trees.length; i++) {
      const zoomed = await this.zoomed(this.panes[i], trees[i], null, isStale);
      if (zoomed === null) return false;
      shown.push(zoomed);
    }
    this.builder = builder;
    this.callersPane.scroller.hidden = trees.length === 1;
    for (const pane of this.panes) pane.resize();
    shown.forEach((zoomed, i) => this.show(this.panes[i], zoomed));
    return true;
  }

  /* What a pane is to show of a tree: the frame the view names, in a graph of what is below it where
     the given one leaves some of that out; null if that became stale. */
  async zoomed(pane, tree, graph, isStale) {
    const path = this.view[pane.zoomKey];
    const node = await inSlices(focusIn(tree, path), isStale);
    if (node === null) return null;
    const isWhole = graph !== null && ((graph.folded === 0 && graph.base === 0) || graph.base === node);
    const shown = isWhole ? graph : await inSlices(Graph.of(tree, node), isStale);
    return shown && { path, node, graph: shown };
  }

  show(pane, { path, node, graph }) {
    graph.rootText = this.view.tree === "around" ? this.recording.function(graph.labels[0]) : this.rootText();
    pane.path = path;
    if (pane.graph === graph) pane.zoomTo(graph.boxOf(node), true);
    else pane.show(graph, graph.boxOf(node));
  }

  /* Fills the panes with the frames that the view names, where they are not yet. */
  async zoomIn() {
    const zoom = ++this.zooms;
    const isStale = () => zoom !== this.zooms;
    for (const pane of this.panes) {
      if (pane.scroller.hidden || pane.path === this.view[pane.zoomKey]) continue;
      const zoomed = await this.zoomed(pane, pane.graph.tree, pane.graph, isStale);
      if (zoomed === null) return false;
      this.show(pane, zoomed);
    }
    return true;
  }

  rootText() {
    return this.recording.metrics.get(this.view.metric).root + this.windowShown();
  }

  /* The window of time as it follows a metric's name; empty for all of the time. */
  windowShown() {
    const { metric, from, to } = this.view;
    const isPart = this.recording.metrics.get(metric).starts !== null && (from !== null || to !== null);
    return isPart ? ` in ${windowText(from, to)}` : "";
  }

  /* Zooms a pane to a box; to one that stands for smaller frames, by what they are called by. */
  zoom(box, pane = this.graphPane) {
    const { graph } = pane;
    const own = graph.nodes[box] < 0 ? graph.parents[box] : box;
    if (own === pane.focus || !(graph.sizes[own] > 0)) return undefined;
    // A preview's numbers of labels are its own: no step that one could go back to may keep them.
    return this.change({ [pane.zoomKey]: pathText(graph.tree.pathOf(graph.nodes[own])) }, this.isPreview);
  }

  /* Zooms to the first match of all, drawn or not. */
  zoomToMatch() {
    const { tree } = this.graph;
    const { matches } = this.search;
    const node = tree.nodes.labels.findIndex((label, at) => at < tree.count && matches[label] === 1 && tree.sizes[at] > 0);
    return node < 0 ? undefined : this.change({ zoom: pathText(tree.pathOf(node)) }, this.isPreview);
  }

  /* Searches, and sums up what was found in the graph and in the zoomed frame. */
  async find() {
    const { search, view } = this;
    const { tree } = this.graph;
    const run = ++this.searches;
    const isStale = () => run !== this.searches;
    const wanted = `${view.regex} ${view.search}`;
    if (wanted !== this.searched) {
      if ((await inSlices(search.run(view.search, view.regex === "yes"), isStale)) === null) return;
      this.searched = wanted;
    }
    this.found = null;
    if (search.active) {
      const all = await inSlices(search.total(tree, 0), isStale);
      if (all === null) return;
      const { focus } = this.graphPane;
      const within = await inSlices(search.total(tree, Math.max(0, this.graph.nodes[focus])), isStale);
      if (within === null) return;
      this.found = { all, within, undrawn: within.nodes - search.drawn(this.graph, focus) };
    }
    for (const pane of this.panes) pane.request();
    this.tell("search");
  }
}

/* The node of a tree at the end of a path, as a view has it; the root if that has no size. */
function* focusIn(tree, path) {
  const node = yield* tree.nodeAt(labelsOf(path));
  return tree.sizes[node] > 0 ? node : 0;
}
