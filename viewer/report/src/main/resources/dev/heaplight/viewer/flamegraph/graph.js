/*
 * What of a tree can be drawn, in drawing order: the largest child first. A box's number is its
 * place in preorder, so that the boxes below box i are i+1 .. ends[i]-1. Sizes are the widths,
 * starts the left edges.
 *
 * A tree of millions of nodes is not drawn whole: the largest nodes below a base are, and what is
 * left out below one is drawn as one box there, with the same sums. Zooming to a box makes it the
 * base of a new graph, in which the next smaller nodes appear.
 */
const MOST_BOXES = 100000;

/* Boxes after which what does more for each lets others have a turn. */
const FEW = 1 << 13;

class Graph {
  static *of(tree, base) {
    const kept = yield* keptNodes(tree, base);
    const folds = kept.length < tree.count ? yield* foldsBelow(tree, base, kept) : [];
    const graph = new Graph(tree, base, kept.length + folds.length);
    const boxes = yield* graph.boxes(kept, folds);
    const order = yield* preorder(boxes.parents, yield* largestFirst(boxes.sizes));
    yield* graph.link(boxes, order);
    yield* graph.place();
    return graph;
  }

  constructor(tree, base, count) {
    this.tree = tree;
    this.recording = tree.recording;
    this.unit = tree.unit;
    this.base = base;
    this.count = count;
    this.folded = 0;
    this.maxDepth = 0;
  }

  /* The columns before they are put in order. Kept nodes rise, and so do their parents. */
  *boxes(kept, folds) {
    const { tree, count } = this;
    const { nodes } = tree;
    const boxes = { nodes: new Int32Array(count), parents: new Int32Array(count), labels: new Int32Array(count) };
    const names = tree.before === null ? ["bytes", "objects"] : ["bytes", "objects", "before"];
    if (tree.sizes !== tree[tree.unit] && tree.sizes !== tree.before) names.push("sizes");
    for (const name of names) boxes[name] = new Float64Array(count);
    const places = this.places(kept);
    boxes.nodes.set(kept);
    for (let i = 0; i < kept.length; i++) {
      const node = kept[i];
      boxes.parents[i] = nodes.parents[node] < 0 ? -1 : places(nodes.parents[node]);
      boxes.labels[i] = nodes.labels[node];
      if (i % FEW === 0) yield;
    }
    for (const name of names) {
      for (let i = 0; i < kept.length; i++) boxes[name][i] = tree[name][kept[i]];
      yield;
    }
    for (let i = 0; i < folds.length; i++) {
      const box = kept.length + i;
      boxes.nodes[box] = -1;
      boxes.parents[box] = places(folds[i].parent);
      boxes.labels[box] = tree.recording.head.foldedLabel;
      for (const name of names) boxes[name][box] = folds[i][name];
      this.folded += folds[i].nodes;
      if (i % FEW === 0) yield;
    }
    if (!names.includes("sizes")) boxes.sizes = tree.sizes === tree.before ? boxes.before : boxes[tree.unit];
    this.names = [...names, "sizes"];
    return boxes;
  }

  /* From a kept node's number to its place; where all are kept, they are the same. */
  places(kept) {
    if (kept.length === this.tree.count) return (node) => node;
    return (node) => {
      let low = 0;
      for (let high = kept.length - 1; low < high; ) {
        const middle = (low + high) >> 1;
        if (kept[middle] < node) low = middle + 1;
        else high = middle;
      }
      return low;
    };
  }

  *link(boxes, order) {
    const { count } = this;
    const place = new Int32Array(count);
    for (let i = 0; i < count; i++) place[order[i]] = i;
    const column = (from) => {
      const to = new from.constructor(count);
      for (let i = 0; i < count; i++) to[i] = from[order[i]];
      return to;
    };
    yield;
    this.nodes = column(boxes.nodes);
    this.labels = column(boxes.labels);
    this.parents = column(boxes.parents);
    for (let i = 0; i < count; i++) if (this.parents[i] >= 0) this.parents[i] = place[this.parents[i]];
    yield;
    this.before = null;
    const columns = new Map();
    for (const name of this.names) {
      if (!columns.has(boxes[name])) columns.set(boxes[name], column(boxes[name]));
      this[name] = columns.get(boxes[name]);
      yield;
    }
  }

  *place() {
    const { count, parents, sizes } = this;
    this.depths = new Int32Array(count);
    this.ends = new Int32Array(count);
    this.starts = new Float64Array(count);
    const used = new Float64Array(count);
    for (let box = 0; box < count; box++) {
      const parent = parents[box];
      this.ends[box] = box + 1;
      if (parent < 0) continue;
      this.depths[box] = this.depths[parent] + 1;
      if (this.depths[box] > this.maxDepth) this.maxDepth = this.depths[box];
      this.starts[box] = this.starts[parent] + used[parent];
      used[parent] += sizes[box];
      if (box % PAUSE === 0) yield;
    }
    yield;
    for (let box = count - 1; box > 0; box--) {
      if (this.ends[box] > this.ends[parents[box]]) this.ends[parents[box]] = this.ends[box];
    }
  }

  name(box) {
    return this.recording.name(this.labels[box]);
  }

  /* The box of a node of the tree, or of the nearest caller that has one. */
  boxOf(node) {
    for (let at = node; at >= 0; at = this.tree.nodes.parents[at]) {
      const box = this.nodes.indexOf(at);
      if (box >= 0) return box;
    }
    return 0;
  }

  /* The classes that make up most of a box's size, largest first. */
  topClasses(box, limit) {
    const sums = new Map();
    for (let i = box; i < this.ends[box]; i++) {
      const label = this.labels[i];
      if (this.recording.kinds[label] === KIND.ALLOCATED) sums.set(label, (sums.get(label) || 0) + this.sizes[i]);
    }
    return [...sums].sort((a, b) => b[1] - a[1]).slice(0, limit);
  }
}
