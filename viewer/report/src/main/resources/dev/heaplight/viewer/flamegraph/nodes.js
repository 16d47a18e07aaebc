/* Nodes of a tree while it grows: typed columns, and a table of (parent, label). A node's number is
   larger than its parent's; node 0 is the root. */
class Nodes {
  constructor(expected, rootLabel) {
    const capacity = Math.max(1024, expected);
    this.count = 0;
    this.parents = new Int32Array(capacity);
    this.labels = new Int32Array(capacity);
    this.table = new Int32Array(4096);
    this.tabled = 0;
    this.add(-1, rootLabel);
  }

  add(parent, label) {
    if (this.count === this.parents.length) {
      this.parents = grown(this.parents);
      this.labels = grown(this.labels);
    }
    this.parents[this.count] = parent;
    this.labels[this.count] = label;
    return this.count++;
  }

  depth(node) {
    let depth = 0;
    for (let up = this.parents[node]; up >= 0; up = this.parents[up]) depth++;
    return depth;
  }

  /* The child with that label, made when there is none. */
  child(parent, label) {
    const mask = this.table.length - 1;
    let slot = slotOf(parent, label) & mask;
    for (;;) {
      const node = this.table[slot];
      if (node === 0) break;
      if (this.parents[node] === parent && this.labels[node] === label) return node;
      slot = (slot + 1) & mask;
    }
    const made = this.add(parent, label);
    this.table[slot] = made;
    // Who adds many has made room before; one path may still be longer than what is left.
    if (++this.tabled * 4 > this.table.length * 3) for (const pause of this.makeRoom()) void pause;
    return made;
  }

  get isCrowded() {
    return this.tabled * 2 > this.table.length;
  }

  /* Makes the table larger: of millions of nodes that takes long, so it pauses. */
  *makeRoom() {
    const old = this.table;
    this.table = new Int32Array(old.length * 4);
    const mask = this.table.length - 1;
    for (let i = 0; i < old.length; i++) {
      if (i % FEW === 0) yield;
      const node = old[i];
      if (node === 0) continue;
      let slot = slotOf(this.parents[node], this.labels[node]) & mask;
      while (this.table[slot] !== 0) slot = (slot + 1) & mask;
      this.table[slot] = node;
    }
  }

  /* Like child, but a method that is on the way to the root already is returned to. */
  collapsed(parent, label, methods) {
    for (let up = parent; up >= 0; up = this.parents[up]) {
      if (methods[this.labels[up]] === methods[label]) return up;
    }
    return this.child(parent, label);
  }

  /* Takes back what only growing needs. */
  finish() {
    this.table = null;
  }
}

function grown(column) {
  const larger = new column.constructor(column.length * 2);
  larger.set(column);
  return larger;
}

function slotOf(parent, label) {
  let h = Math.imul(parent, 0x9e3779b1) ^ Math.imul(label, 0x85ebca6b);
  h ^= h >>> 15;
  return Math.imul(h, 0x2c1b3c6d) >>> 3;
}
