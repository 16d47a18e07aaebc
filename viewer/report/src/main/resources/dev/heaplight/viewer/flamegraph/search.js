/* Which labels match a text or a regular expression, and how much the matches make up. */
class Search {
  constructor(recording) {
    this.recording = recording;
    this.clear();
  }

  clear() {
    this.error = null;
    this.matches = null;
  }

  get active() {
    return this.matches !== null;
  }

  /* Tests all labels, pausing now and then. Matches stay those of before until it is through; an
     expression that is not valid matches nothing and says why. */
  *run(text, regex) {
    if (text === "") {
      this.clear();
      return;
    }
    const { recording } = this;
    const { test, error } = matcher(text, regex);
    const matches = new Uint8Array(recording.labels);
    for (let label = 0; label < matches.length && error === null; label++) {
      if (recording.kinds[label] !== KIND.ROOT && test(recording.name(label))) matches[label] = 1;
      if ((label & 4095) === 4095) yield;
    }
    this.error = error;
    this.matches = error === null ? matches : null;
  }

  /* Size of the matching nodes below one, a match inside a match counting once; and their number.
     Of the whole tree, whatever of it is drawn. */
  *total(tree, base) {
    const { matches } = this;
    const { parents, labels } = tree.nodes;
    const inside = yield* below(tree, base);
    const covered = new Uint8Array(tree.count);
    let size = 0;
    let nodes = 0;
    for (let node = base; node < tree.count; node++) {
      if (inside === null || inside[node] === 1) {
        const above = node > base ? covered[parents[node]] : 0;
        covered[node] = above;
        if (matches[labels[node]] === 1) {
          nodes++;
          covered[node] = 1;
          if (above === 0) size += tree.sizes[node];
        }
      }
      if (node % PAUSE === 0) yield;
    }
    return { size, nodes };
  }

  /* Number of the matching nodes below a box that have boxes of their own. */
  drawn(graph, box) {
    let count = 0;
    for (let i = box; i < graph.ends[box]; i++) count += this.matches[graph.labels[i]];
    return count;
  }

  /* The next matching box after one in drawing order, or the one before it; around the end. */
  step(graph, from, forward) {
    const { count } = graph;
    for (let i = 1; i <= count; i++) {
      const node = (from + (forward ? i : count - i) + count) % count;
      if (this.matches[graph.labels[node]] === 1 && graph.sizes[node] > 0) return node;
    }
    return -1;
  }
}
