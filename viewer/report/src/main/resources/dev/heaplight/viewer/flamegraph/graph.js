/* The graph as typed columns. A node's number is its place in preorder, so that the nodes below
   node i are i+1 .. ends[i]-1. */
const KIND = { ROOT: 0, APPLICATION: 1, JDK: 2, ALLOCATED: 3, MARKER: 4 };

class Graph {
  constructor(data) {
    const size = data.depths.length;
    this.size = size;
    this.depths = Int32Array.from(data.depths);
    this.labels = Int32Array.from(data.labels);
    this.parents = new Int32Array(size);
    this.ends = new Int32Array(size);
    this.maxDepth = 0;
    this.kinds = data.labelKinds;
    const text = data.strings.map(visible);
    this.classes = data.labelClasses.map((s) => text[s]);
    this.methods = data.labelMethods.map((s) => text[s]);
    this.files = data.labelFiles.map((s) => text[s]);
    this.lines = data.labelLines;
    this.link();
    this.bytes = this.column(data.selfBytes);
    this.objects = this.column(data.selfObjects);
    this.names = this.classes.map((name, label) => this.name(label));
    this.shortNames = this.classes.map((name, label) => this.shortName(label));
    this.colours = new Map();
  }

  link() {
    const open = [];
    for (let node = 0; node < this.size; node++) {
      const depth = this.depths[node];
      while (open.length > depth) this.ends[open.pop()] = node;
      this.parents[node] = depth === 0 ? -1 : open[depth - 1];
      open.push(node);
      if (depth > this.maxDepth) this.maxDepth = depth;
    }
    while (open.length > 0) this.ends[open.pop()] = this.size;
  }

  /* Totals and left edges of one metric, from what each box has apart from those below it. */
  column(selves) {
    const totals = new Float64Array(this.size);
    const starts = new Float64Array(this.size);
    for (let node = this.size - 1; node >= 0; node--) {
      totals[node] += selves[node];
      if (node > 0) totals[this.parents[node]] += totals[node];
    }
    const used = new Float64Array(this.size);
    for (let node = 1; node < this.size; node++) {
      const parent = this.parents[node];
      starts[node] = starts[parent] + used[parent];
      used[parent] += totals[node];
    }
    return { totals, starts };
  }

  name(label) {
    const method = this.methods[label];
    if (!method) return this.classes[label];
    const line = this.lines[label];
    return `${this.classes[label]}.${method}${line > 0 ? `:${line}` : ""}`;
  }

  shortName(label) {
    const name = this.classes[label];
    const simple = name.slice(name.lastIndexOf(".") + 1) || name;
    return simple + this.name(label).slice(name.length);
  }

  place(label) {
    if (this.kinds[label] === KIND.ROOT) return "the whole recording";
    if (this.kinds[label] === KIND.ALLOCATED) return "allocated class";
    if (this.kinds[label] === KIND.MARKER) return "stands in for frames that are not shown";
    const origin = this.kinds[label] === KIND.JDK ? "JDK" : "application or library";
    const file = this.files[label] || "unknown source";
    const line = this.lines[label];
    const where = line === -1 ? "native method" : line > 0 ? `${file}:${line}` : file;
    return `${where} · ${origin}`;
  }

  /* The classes that make up most of a node, largest first. */
  topClasses(node, metric, limit) {
    const sums = new Map();
    for (let i = node; i < this.ends[node]; i++) {
      const label = this.labels[i];
      if (this.kinds[label] === KIND.ALLOCATED) {
        sums.set(label, (sums.get(label) || 0) + this[metric].totals[i]);
      }
    }
    return [...sums].sort((a, b) => b[1] - a[1]).slice(0, limit);
  }
}
