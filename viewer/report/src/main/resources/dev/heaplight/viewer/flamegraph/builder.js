/* Builds the trees of a view: selects rows, finds each row's node, sums up. */
class TreeBuilder {
  constructor(recording, view) {
    this.recording = recording;
    this.view = view;
    this.unit = view.unit;
    this.before = recording.before(view.metric);
  }

  /* The trees of a view: of tree=around the callees and the callers, else one. */
  *trees() {
    const { recording, view } = this;
    this.figures = yield* recording.figures(view.metric, view.from, view.to);
    this.keep = yield* selectRows(recording, view);
    this.hidden = yield* hiddenLabels(recording, view);
    this.methods = view.recursion === "collapsed" || view.tree === "around" ? yield* recording.methods() : null;
    if (view.tree !== "around") return [yield* this.tree(view.tree === "up" ? Upwards : Downwards)];
    yield* this.findMethod();
    return [yield* this.tree(Callees), yield* this.tree(Callers)];
  }

  /* The outermost call of the view's method in each stack; what does not call it is left out. */
  *findMethod() {
    const { recording, view, methods } = this;
    let wanted = -1;
    for (let label = 0; label < recording.labels && wanted < 0; label++) {
      if (recording.isFrame(label) && recording.function(label) === view.method) wanted = methods[label];
    }
    this.root = wanted < 0 ? recording.head.unknownLabel : wanted;
    this.outermost = new Int32Array(recording.stacks);
    for (let stack = 1; stack < recording.stacks; stack++) {
      const above = this.outermost[recording.parents[stack]];
      this.outermost[stack] = above || (methods[recording.stackLabels[stack]] === wanted ? stack : 0);
      if (stack % PAUSE === 0) yield;
    }
    for (let row = 0; row < recording.rows; row++) {
      if (this.outermost[recording.rowStacks[row]] === 0) this.keep[row] = 0;
      if (row % PAUSE === 0) yield;
    }
  }

  *tree(Walk) {
    const { recording, keep, figures, before, unit, view } = this;
    const around = view.tree === "around";
    const nodes = new Nodes(recording.rows + recording.stacks, around ? this.root : recording.head.rootLabel);
    const walk = new Walk(this, nodes);
    const leaves = new Int32Array(recording.rows);
    for (let row = 0; row < recording.rows; row++) {
      const any = figures.bytes[row] > 0 || figures.objects[row] > 0 || (before !== null && before.bytes[row] > 0);
      leaves[row] = keep[row] && any ? walk.leaf(row) : -1;
      if (nodes.isCrowded) yield* nodes.makeRoom();
      if ((row & 511) === 511) yield;
    }
    nodes.finish();
    yield;
    const tree = new Tree(recording, unit, nodes);
    tree.bytes = yield* tree.sum(leaves, (row) => figures.bytes[row]);
    tree.objects = yield* tree.sum(leaves, (row) => figures.objects[row]);
    if (before !== null) tree.before = yield* tree.sum(leaves, (row) => before[unit][row]);
    tree.sizes = yield* this.sizes(tree, leaves);
    return tree;
  }

  /* Widths; in a comparison they can be what was before, or by how much each place changed. */
  *sizes(tree, leaves) {
    const { sized } = this.view;
    if (this.before === null || sized === "after") return tree[this.unit];
    if (sized === "before") return tree.before;
    const after = this.figures[this.unit];
    const before = this.before[this.unit];
    // By place in the tree, not by row: threads that do the same work have other names each time.
    const changes = yield* tree.own(leaves, (row) => after[row] - before[row]);
    for (let node = 0; node < changes.length; node++) changes[node] = Math.abs(changes[node]);
    return yield* tree.upwards(changes);
  }
}

/* What the ways through a tree have in common: the node for the next frame of a path. */
class Walk {
  constructor(builder, nodes) {
    this.recording = builder.recording;
    this.hidden = builder.hidden;
    this.methods = builder.view.recursion === "collapsed" ? builder.methods : null;
    this.outermost = builder.outermost;
    this.byThread = builder.view.split === "by-thread" && builder.view.tree !== "around";
    this.nodes = nodes;
    const above = (this.byThread ? 1 : 0) + (builder.view.tree === "up" ? 1 : 0);
    this.deepest = builder.view.depth === null ? Infinity : builder.view.depth + above;
  }

  step(node, label) {
    if (this.hidden[label]) return node;
    if (this.deepest < Infinity && this.nodes.depth(node) >= this.deepest) {
      const { deeperLabel } = this.recording.head;
      return this.nodes.labels[node] === deeperLabel ? node : this.nodes.child(node, deeperLabel);
    }
    return this.methods === null ? this.nodes.child(node, label) : this.nodes.collapsed(node, label, this.methods);
  }

  top(row) {
    if (!this.byThread) return 0;
    return this.nodes.child(0, this.recording.head.threadLabels[this.recording.rowThreads[row]]);
  }
}

/* Callers first. Nodes of stacks are remembered, since most stacks share their callers. */
class Downwards extends Walk {
  constructor(builder, nodes) {
    super(builder, nodes);
    // Numbers from 1 on, so that 0 is none: filling columns of millions would hold up the page.
    this.nodeOfStack = new Int32Array(this.recording.stacks);
    this.topOfStack = new Int32Array(this.byThread ? this.recording.stacks : 0);
    this.path = [];
    // Stacks are stored once, so that each has a node of its own unless something merges them; and
    // rows of one stack and class follow one another.
    this.distinct =
      this.methods === null && this.deepest === Infinity && !this.byThread && !this.hidden.includes(1);
    this.lastStack = this.lastClass = this.lastLeaf = -1;
  }

  leaf(row) {
    const { recording, nodes } = this;
    const stack = recording.rowStacks[row];
    const allocated = recording.rowClasses[row];
    if (this.distinct && stack === this.lastStack && allocated === this.lastClass) return this.lastLeaf;
    const top = this.top(row);
    const node = stack === 0 ? nodes.child(top, recording.head.unknownLabel) : this.node(stack, top);
    this.lastStack = stack;
    this.lastClass = allocated;
    this.lastLeaf = this.distinct ? nodes.add(node, allocated) : nodes.child(node, allocated);
    return this.lastLeaf;
  }

  knows(stack, top) {
    return this.nodeOfStack[stack] > 0 && (!this.byThread || this.topOfStack[stack] === top);
  }

  node(stack, top) {
    const { path, recording, nodeOfStack } = this;
    let at = stack;
    while (at !== 0 && !this.knows(at, top)) {
      path.push(at);
      at = recording.parents[at];
    }
    let node = at === 0 ? top : nodeOfStack[at] - 1;
    while (path.length > 0) {
      at = path.pop();
      const label = recording.stackLabels[at];
      node = this.distinct ? this.nodes.add(node, label) : this.step(node, label);
      nodeOfStack[at] = node + 1;
      if (this.byThread) this.topOfStack[at] = top;
    }
    return node;
  }
}

/* Classes first, then innermost frames and their callers. */
class Upwards extends Walk {
  leaf(row) {
    const { recording } = this;
    let stack = recording.rowStacks[row];
    let node = this.nodes.child(this.top(row), recording.rowClasses[row]);
    if (stack === 0) return this.nodes.child(node, recording.head.unknownLabel);
    for (; stack !== 0; stack = recording.parents[stack]) node = this.step(node, recording.stackLabels[stack]);
    return node;
  }
}

/* What the outermost call of a method leads to. */
class Callees extends Downwards {
  constructor(builder, nodes) {
    super(builder, nodes);
    this.distinct = false;
    for (let stack = 1; stack < this.recording.stacks; stack++) {
      if (this.outermost[stack] === stack) this.nodeOfStack[stack] = 1;
    }
  }
}

/* What leads to the outermost call of a method. */
class Callers extends Walk {
  leaf(row) {
    const { recording } = this;
    let stack = recording.parents[this.outermost[recording.rowStacks[row]]];
    let node = 0;
    for (; stack !== 0; stack = recording.parents[stack]) node = this.step(node, recording.stackLabels[stack]);
    return node;
  }
}
