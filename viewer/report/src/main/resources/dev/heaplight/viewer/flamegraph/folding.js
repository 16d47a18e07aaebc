/* Chooses the nodes of a large tree that are drawn, and sums up the others. */

/* Marks what is below a node, itself among it; null where that is everything. */
function* below(tree, base) {
  if (base === 0) return null;
  const { parents } = tree.nodes;
  const inside = new Uint8Array(tree.count);
  inside[base] = 1;
  for (let node = base + 1; node < tree.count; node++) {
    inside[node] = inside[parents[node]];
    if (node % PAUSE === 0) yield;
  }
  return inside;
}

/* The largest nodes below a base and its callers, rising. A caller is as large as what it calls, so
   with a node its callers are among them. */
function* keptNodes(tree, base) {
  const { count, sizes, nodes } = tree;
  if (count <= MOST_BOXES) return Int32Array.from({ length: count }, (_, node) => node);
  const inside = yield* below(tree, base);
  const least = yield* leastKept(tree, inside);
  const callers = new Set();
  for (let up = nodes.parents[base]; up >= 0; up = nodes.parents[up]) callers.add(up);
  const kept = [];
  for (let node = 0; node < count; node++) {
    if (inside === null || inside[node] === 1 ? sizes[node] >= least : callers.has(node)) kept.push(node);
    if (node % PAUSE === 0) yield;
  }
  return Int32Array.from(kept);
}

/* The size from which on no more than MOST_BOXES nodes are kept, by a histogram of the upper bits of
   the sizes as short floats, which are in the order of the numbers. */
function* leastKept(tree, inside) {
  const counts = new Int32Array(1 << 17);
  const single = new Float32Array(1);
  const bits = new Uint32Array(single.buffer);
  for (let node = 0; node < tree.count; node++) {
    if (inside === null || inside[node] === 1) {
      single[0] = tree.sizes[node];
      counts[bits[0] >>> 15]++;
    }
    if (node % PAUSE === 0) yield;
  }
  let bucket = counts.length - 1;
  for (let kept = 0; bucket >= 0 && kept + counts[bucket] <= MOST_BOXES; bucket--) kept += counts[bucket];
  bits[0] = (bucket + 1) << 15;
  return single[0];
}

/* What is left out below each kept node: nodes whose caller is kept, and with them all below. */
function* foldsBelow(tree, base, kept) {
  const { parents } = tree.nodes;
  const isKept = new Uint8Array(tree.count);
  for (const node of kept) isKept[node] = 1;
  const inside = yield* below(tree, base);
  const folds = new Map();
  for (let node = 1; node < tree.count; node++) {
    if (isKept[node] === 0 && isKept[parents[node]] === 1 && (inside === null || inside[node] === 1)) {
      const parent = parents[node];
      let fold = folds.get(parent);
      if (fold === undefined) folds.set(parent, (fold = { parent, bytes: 0, objects: 0, before: 0, sizes: 0, nodes: 0 }));
      fold.bytes += tree.bytes[node];
      fold.objects += tree.objects[node];
      fold.before += tree.before === null ? 0 : tree.before[node];
      fold.sizes += tree.sizes[node];
      fold.nodes++;
    }
    if (node % FEW === 0) yield;
  }
  return [...folds.values()];
}

/* Boxes by size, by a radix sort on the bits of the size as a short float: siblings that differ by
   less than a ten-millionth may change places. */
function* largestFirst(sizes) {
  const count = sizes.length;
  const keys = new Uint32Array(new Float32Array(sizes).buffer);
  let from = Int32Array.from({ length: count }, (_, box) => box);
  let to = new Int32Array(count);
  for (let shift = 0; shift < 33; shift += 11) {
    const starts = new Int32Array(2049);
    for (let i = 0; i < count; i++) starts[(~(keys[i] >>> shift) & 2047) + 1]++;
    for (let digit = 0; digit < 2048; digit++) starts[digit + 1] += starts[digit];
    for (let i = 0; i < count; i++) to[starts[~(keys[from[i]] >>> shift) & 2047]++] = from[i];
    [from, to] = [to, from];
    yield;
  }
  return from;
}

/* Parents before their children, each subtree in one piece, siblings as they are given. */
function* preorder(parents, siblings) {
  const first = new Int32Array(parents.length).fill(-1);
  const next = new Int32Array(parents.length).fill(-1);
  for (let i = siblings.length - 1; i >= 0; i--) {
    const box = siblings[i];
    const parent = parents[box];
    if (parent < 0) continue;
    next[box] = first[parent];
    first[parent] = box;
  }
  yield;
  const order = new Int32Array(parents.length);
  let count = 0;
  for (let box = 0; box >= 0; ) {
    order[count++] = box;
    let after = first[box];
    while (after < 0 && box > 0) {
      after = next[box];
      box = parents[box];
    }
    box = after;
  }
  return order;
}
