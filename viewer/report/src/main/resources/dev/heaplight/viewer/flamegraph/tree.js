/* All nodes of a view with their totals by number: bytes, objects, sizes, which are the widths, and
   before where two recordings are compared. Columns that are the same are one. */
class Tree {
  constructor(recording, unit, nodes) {
    this.recording = recording;
    this.unit = unit;
    this.nodes = nodes;
    this.before = null;
  }

  get count() {
    return this.nodes.count;
  }

  /* Adds up by node what valueOf says of the rows, then children to their parents. */
  *sum(leaves, valueOf) {
    return yield* this.upwards(yield* this.own(leaves, valueOf));
  }

  /* What valueOf says of the rows by the node they end at. */
  *own(leaves, valueOf) {
    const values = new Float64Array(this.nodes.count);
    for (let row = 0; row < leaves.length; row++) {
      if (leaves[row] >= 0) values[leaves[row]] += valueOf(row);
      if (row % PAUSE === 0) yield;
    }
    return values;
  }

  /* Adds children to their parents, in place. */
  *upwards(totals) {
    const { count, parents } = this.nodes;
    for (let node = count - 1; node > 0; node--) {
      totals[parents[node]] += totals[node];
      if (node % PAUSE === 0) yield;
    }
    return totals;
  }

  /* Labels from the root's child to a node, which name the node in any tree of the recording. */
  pathOf(node) {
    const path = [];
    for (let at = node; at > 0; at = this.nodes.parents[at]) path.unshift(this.nodes.labels[at]);
    return path;
  }

  /* The node at the end of a path, or as near to it as this tree goes. */
  *nodeAt(path) {
    const { parents, labels, count } = this.nodes;
    let found = 0;
    let step = 0;
    // Children have larger numbers, so one pass finds the whole path.
    for (let node = 1; node < count && step < path.length; node++) {
      if (parents[node] === found && labels[node] === path[step]) {
        found = node;
        step++;
      }
      if (node % PAUSE === 0) yield;
    }
    return found;
  }
}
