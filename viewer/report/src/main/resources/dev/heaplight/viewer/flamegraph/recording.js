/*
 * The recording as typed columns.
 *
 * A label is what a box can stand for: a frame, a class, a marker. Stack s is the frame with label
 * stackLabels[s], called by stack parents[s]; stack 0 has no frame, and callers have smaller numbers.
 * A row is what one thread allocated of one class at one stack. Figures hold bytes and objects by
 * row, before and after where two recordings are compared.
 */
const KIND = { ROOT: 0, APPLICATION: 1, JDK: 2, ALLOCATED: 3, MARKER: 4 };
const SIDES = ["bytes", "objects"];

class Recording {
  static *read(columns) {
    const recording = new Recording(columns.head);
    yield;
    yield* recording.readLabels(columns, columns.head.labels);
    yield* recording.readStacks(columns);
    yield* recording.readRows(columns);
    for (const metric of columns.head.metrics) {
      recording.metrics.set(metric.key, yield* recording.readMetric(columns, metric));
    }
    return recording;
  }

  constructor(head) {
    this.head = head;
    this.texts = head.strings.map(visible);
    this.threads = head.threads.map(visible);
    this.labels = head.labels;
    this.stacks = head.stacks;
    this.rows = head.rows;
    this.metrics = new Map();
    this.names = new Array(this.labels);
    this.methodNumbers = null;
  }

  *readLabels(columns, count) {
    this.kinds = yield* columns.ints(count);
    this.classTexts = yield* columns.ints(count);
    this.methodTexts = yield* columns.ints(count);
    this.fileTexts = yield* columns.ints(count);
    this.lines = yield* columns.ints(count);
    for (let label = 0; label < count; label++) this.lines[label] -= 2;
  }

  *readStacks(columns) {
    this.parents = yield* columns.ints(this.stacks);
    for (let stack = 1; stack < this.stacks; stack++) this.parents[stack] = stack - this.parents[stack];
    yield;
    this.stackLabels = yield* columns.ints(this.stacks);
  }

  *readRows(columns) {
    this.rowStacks = yield* columns.rising(this.rows);
    this.rowClasses = yield* columns.ints(this.rows);
    this.rowThreads = yield* columns.ints(this.rows);
  }

  /* Of a metric that is known by time, the parts; of another, one part. */
  *readMetric(columns, head) {
    const parts = [];
    for (const entries of head.parts) {
      parts.push({
        rows: yield* columns.rising(entries),
        bytes: yield* columns.numbers(entries),
        objects: yield* columns.numbers(entries),
      });
    }
    return { ...head, parts, whole: yield* this.sum(parts) };
  }

  *sum(parts) {
    const sums = { bytes: new Float64Array(this.rows), objects: new Float64Array(this.rows) };
    for (const part of parts) {
      for (let i = 0; i < part.rows.length; i++) {
        sums.bytes[part.rows[i]] += part.bytes[i];
        sums.objects[part.rows[i]] += part.objects[i];
        if (i % PAUSE === 0) yield;
      }
    }
    return sums;
  }

  /* Figures of a metric by row; those of a window, if the metric is known by time. */
  *figures(key, from, to) {
    const metric = this.metrics.get(key);
    if (metric.starts === null || (from === null && to === null)) return metric.whole;
    return yield* this.sum(metric.parts.filter((_, i) => inWindow(metric.starts[i], from, to)));
  }

  /* What the metric was before, where two recordings are compared; else null. */
  before(key) {
    const metric = this.metrics.get(`${key}-before`);
    return metric === undefined ? null : metric.whole;
  }

  className(label) {
    return this.texts[this.classTexts[label]];
  }

  method(label) {
    return this.texts[this.methodTexts[label]];
  }

  /* Full name, com.acme.Job.run:42; made when it is first asked for. */
  name(label) {
    let name = this.names[label];
    if (name === undefined) {
      const line = this.lines[label];
      name = this.function(label) + (this.method(label) && line > 0 ? `:${line}` : "");
      this.names[label] = name;
    }
    return name;
  }

  /* Name without the line: com.acme.Job.run. */
  function(label) {
    const method = this.method(label);
    return method ? `${this.className(label)}.${method}` : this.className(label);
  }

  shortName(label) {
    const name = this.className(label);
    const simple = name.slice(name.lastIndexOf(".") + 1) || name;
    return simple + this.name(label).slice(name.length);
  }

  packageOf(label) {
    const name = this.className(label).replace(/\[\]/g, "");
    return name.slice(0, Math.max(0, name.lastIndexOf(".")));
  }

  isFrame(label) {
    return this.kinds[label] === KIND.APPLICATION || this.kinds[label] === KIND.JDK;
  }

  place(label) {
    switch (this.kinds[label]) {
      case KIND.ROOT:
        return "everything shown";
      case KIND.ALLOCATED:
        return "allocated class";
      case KIND.MARKER:
        return "stands in for frames that are not shown";
    }
    const origin = this.kinds[label] === KIND.JDK ? "JDK" : "application or library";
    const file = this.texts[this.fileTexts[label]] || "unknown source";
    const line = this.lines[label];
    const where = line === -1 ? "native method" : line > 0 ? `${file}:${line}` : file;
    return `${where} · ${origin}`;
  }

  /* A number for each method, whatever the line: of labels with the same one, the first. */
  *methods() {
    if (this.methodNumbers === null) {
      const first = new Map();
      const numbers = new Int32Array(this.labels);
      for (let label = 0; label < this.labels; label++) {
        const key = this.kinds[label] * 2 ** 50 + this.classTexts[label] * 2 ** 25 + this.methodTexts[label];
        if (!first.has(key)) first.set(key, label);
        numbers[label] = first.get(key);
        if (label % FEW === 0) yield;
      }
      this.methodNumbers = numbers;
    }
    return this.methodNumbers;
  }
}

/* A part belongs to the window in which it begins, so that windows side by side add up. */
function inWindow(start, from, to) {
  return (from === null || start >= from) && (to === null || start < to);
}
