/* What the rows of a view sum up to by site, class, package or thread. */
const LISTED = 200;

/* Sums by kind of the rows that builder left: the largest ones, how many there are, and the total. */
function* rowSums(recording, builder, kind) {
  const { keep, figures, before, unit } = builder;
  const keyOf = keyFunction(recording, kind);
  const sums = new Map();
  for (let row = 0; row < recording.rows; row++) {
    if ((row & (FEW - 1)) === FEW - 1) yield;
    if (!keep[row]) continue;
    const was = before === null ? 0 : before[unit][row];
    if (!(figures.bytes[row] > 0 || figures.objects[row] > 0 || was > 0)) continue;
    const key = keyOf(row);
    let sum = sums.get(key);
    if (sum === undefined) sums.set(key, (sum = { bytes: 0, objects: 0, before: 0, row }));
    sum.bytes += figures.bytes[row];
    sum.objects += figures.objects[row];
    sum.before += was;
  }
  const size = before === null ? (sum) => sum[unit] : (sum) => Math.abs(sum[unit] - sum.before);
  const largest = [];
  let total = 0;
  let seen = 0;
  for (const sum of sums.values()) {
    total += sum[unit];
    insert(largest, sum, size);
    if ((++seen & (FEW - 1)) === 0) yield;
  }
  return { largest, count: sums.size, total };
}

/* Keeps the LISTED largest in order: sorting all of a million sites would take a second. */
function insert(largest, sum, size) {
  if (largest.length === LISTED && !(size(sum) > size(largest[LISTED - 1]))) return;
  let low = 0;
  for (let high = largest.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (size(largest[middle]) >= size(sum)) low = middle + 1;
    else high = middle;
  }
  largest.splice(low, 0, sum);
  if (largest.length > LISTED) largest.pop();
}

/* From a row to what it is summed up under. */
function keyFunction(recording, kind) {
  const { rowStacks, rowClasses, rowThreads, stackLabels, threads } = recording;
  switch (kind) {
    case "sites":
      return (row) => stackLabels[rowStacks[row]] * 4194304 + rowClasses[row];
    case "classes":
      return (row) => rowClasses[row];
    case "packages": {
      const packages = new Map(); // by label: many rows have few of them
      return (row) => {
        if (rowStacks[row] === 0) return "";
        const label = stackLabels[rowStacks[row]];
        let name = packages.get(label);
        if (name === undefined) packages.set(label, (name = recording.packageOf(label)));
        return name;
      };
    }
    default:
      return (row) => threads[rowThreads[row]];
  }
}
