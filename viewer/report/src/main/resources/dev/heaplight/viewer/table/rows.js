/* The sites: columns, filter and order. Knows nothing of the page. */
class Sites {
  constructor(data) {
    this.strings = data.strings.map(visible);
    this.lower = this.strings.map((text) => text.toLowerCase());
    this.frames = data.frames;
    this.classes = data.classes;
    this.objects = data.objects;
    this.metrics = data.metrics;
    this.bytes = data.metrics[0].bytes;
    this.totals = data.metrics.map((metric) => metric.bytes.reduce((sum, value) => sum + value, 0));
    this.totalObjects = data.objects.reduce((sum, value) => sum + value, 0);
    this.size = data.frames.length;
    this.columns = this.makeColumns();
    this.shown = Array.from({ length: this.size }, (_, row) => row);
  }

  makeColumns() {
    const rank = [];
    const byText = this.strings.map((_, i) => i);
    byText.sort((a, b) => (this.lower[a] < this.lower[b] ? -1 : this.lower[a] > this.lower[b] ? 1 : a - b));
    byText.forEach((string, place) => (rank[string] = place));
    const text = (heading, numbers) => ({
      heading,
      ascendingFirst: true,
      key: (row) => rank[numbers[row]],
      text: (row) => this.strings[numbers[row]],
    });
    const bytes = (metric) => ({
      heading: metric.heading,
      key: (row) => metric.bytes[row],
      text: (row) => (metric.bytes[row] === 0 ? "" : bytesText(metric.bytes[row])),
      more: (row) => `${countText(metric.bytes[row])} bytes`,
    });
    const average = (row) => (this.objects[row] === 0 ? 0 : this.bytes[row] / this.objects[row]);
    const share = (row) => (this.totals[0] === 0 ? 0 : this.bytes[row] / this.totals[0]);
    return [
      text("Frame", this.frames),
      text("Class or kind", this.classes),
      bytes(this.metrics[0]),
      { heading: "Share", key: share, text: (row) => percentText(share(row)) },
      { heading: "Objects", key: (row) => this.objects[row], text: (row) => countText(this.objects[row]) },
      {
        heading: "Average size",
        key: average,
        text: (row) => (this.objects[row] === 0 ? "" : bytesText(Math.round(average(row)))),
      },
      ...this.metrics.slice(1).map(bytes),
    ];
  }

  /* Keeps rows of which the frame or the class matches every word, or the expression. */
  filter(words, expression) {
    const matchers = expression
      ? [(i) => expression.test(this.strings[i])]
      : words.map((word) => (i) => this.lower[i].includes(word));
    const matches = matchers.map((matcher) => this.strings.map((_, i) => matcher(i)));
    this.shown = [];
    for (let row = 0; row < this.size; row++) {
      if (matches.every((of) => of[this.frames[row]] || of[this.classes[row]])) this.shown.push(row);
    }
  }

  /* Rows of the same key stay in the order of the file's data: most bytes first. */
  sort(column, ascending) {
    const key = this.columns[column].key;
    const keys = Float64Array.from({ length: this.size }, (_, row) => key(row));
    const sign = ascending ? 1 : -1;
    this.shown.sort((a, b) => sign * (keys[a] - keys[b]) || a - b);
  }

  shownBytes() {
    return this.shown.reduce((sum, row) => sum + this.bytes[row], 0);
  }
}
