/* Memory over time, by uPlot. Dragging over it chooses a window of time; the graph then shows what
   was allocated in it. Marks: garbage collections at the top, flushes at the bottom. */
const SERIES = [
  ["heapUsed", "Heap used", 0],
  ["live", "Live, of this scope", 1],
  ["rss", "RSS", 2],
  ["rssMinusShared", "RSS − shared", 3],
  ["direct", "Off-heap (direct)", 4],
  ["heapCommitted", "Heap committed", 5],
  ["metaspace", "Metaspace", 6],
  ["codeCache", "Code cache", 7],
  ["threads", "Threads", 8],
  ["jvm", "JVM’s own", 9],
  ["malloc", "malloc, sampled", 10],
  ["mappedFiles", "Mapped files", 11],
  ["rest", "Rest of RSS", 12],
];
const LINES_LIGHT = [
  "#0072b2", "#009e73", "#d55e00", "#b8860b", "#a6428c", "#7a8794", "#56707a",
  "#4b6a9b", "#5d7d3a", "#8a5a44", "#c2185b", "#3d8b8b", "#444444",
];
const LINES_DARK = [
  "#56b4e9", "#3fd0a4", "#ff8f4d", "#f0c541", "#e08ccc", "#9aa7b4", "#8fb0bd",
  "#94b1e0", "#a9cc7f", "#d3a58e", "#ff7aa8", "#7fd1d1", "#dddddd",
];
const PLOT_HEIGHT = 112;

class Timeline {
  /* app.change(part, replace) is told what one chooses: the window in milliseconds, the series, and
     whether the plot is open. */
  constructor(box, details, data, app) {
    this.box = box;
    this.details = details;
    this.data = data;
    this.app = app;
    this.plot = null;
    this.from = this.to = null;
    this.series = DEFAULTS.series;
    details.addEventListener("toggle", () => {
      const plot = details.open ? "open" : "closed";
      if (plot !== app.view.plot) app.change({ plot }, true);
    });
  }

  /* As a view is. starts: slices of time that a window is made of, null where nothing is known by time. */
  show(view, starts) {
    this.data.starts = starts;
    this.series = view.series;
    this.details.open = view.plot === "open";
    if (this.plot !== null) {
      this.known.forEach(([key], i) => {
        const show = this.shows(key);
        if (this.plot.series[i + 1].show !== show) this.plot.setSeries(i + 1, { show });
      });
    }
    this.showWindow(view.from, view.to);
  }

  shows(key) {
    return this.series.split(".").includes(key);
  }

  /* All series over one column of times: what a series does not know of a time is null. */
  columns() {
    const { memory, parts, collections } = this.data;
    const times = [...new Set([...memory.millis, ...parts.millis, ...collections.millis])].sort((a, b) => a - b);
    const source = (key) => [collections, parts, memory].find((from) => key in from);
    const place = new Map(times.map((millis, i) => [millis, i]));
    const column = (millis, values) => {
      const whole = new Array(times.length).fill(null);
      millis.forEach((time, i) => (whole[place.get(time)] = values[i]));
      return whole;
    };
    this.known = SERIES.filter(([key]) => source(key)[key].some((value) => value !== null));
    return [
      times.map((millis) => millis / 1000),
      ...this.known.map(([key]) => column(source(key).millis, source(key)[key])),
    ];
  }

  /* Draws anew: at the start, and when the page's colours change. */
  draw() {
    if (this.plot !== null) this.plot.destroy();
    const style = getComputedStyle(document.documentElement);
    const text = style.getPropertyValue("--muted").trim();
    const grid = { stroke: style.getPropertyValue("--line").trim(), width: 1 };
    const font = `11px ${style.getPropertyValue("--sans").trim()}`;
    const lines = isDark() ? LINES_DARK : LINES_LIGHT;
    const data = this.columns();
    const axis = { stroke: text, grid, ticks: grid, font };
    this.plot = new uPlot(
      {
        width: this.box.clientWidth || 800,
        height: PLOT_HEIGHT,
        cursor: { drag: { x: true, y: false, setScale: false }, points: { size: 6 } },
        legend: { live: true },
        scales: { x: { time: false, range: (plot, least, most) => [0, Math.max(most, this.data.durationMillis / 1000, 0.001)] } },
        axes: [
          { ...axis, size: 26, values: (plot, ticks) => ticks.map((tick) => `${tick} s`) },
          { ...axis, size: 68, space: 22, values: (plot, ticks) => ticks.map((tick) => bytesText(tick)), incrs: increments() },
        ],
        series: [
          { label: "Time", value: (plot, value) => (value === null ? "" : `${value.toFixed(2)} s`) },
          ...this.known.map(([key, label, line]) => ({
            label,
            stroke: lines[line],
            width: key === "live" ? 2 : 1.5,
            points: { show: key === "live", size: 4 },
            spanGaps: true,
            show: this.shows(key),
            value: (plot, value) => (value === null ? "–" : bytesText(value)),
          })),
        ],
        hooks: {
          setSelect: [(plot) => this.selected(plot)],
          drawAxes: [(plot) => this.marks(plot, text)],
          setSeries: [(plot, series) => this.toggled(plot, series)],
        },
      },
      data,
      this.box
    );
    const { over } = this.plot;
    let pressed = null;
    over.addEventListener("mousedown", (event) => (pressed = event.clientX));
    over.addEventListener("mouseup", (event) => {
      if (pressed !== null && Math.abs(event.clientX - pressed) < 2) this.clicked();
      pressed = null;
    });
    this.showWindow(this.from, this.to);
  }

  /* Pressing without dragging takes the window off; the plot itself only takes off its shading. */
  clicked() {
    if (this.from !== null || this.to !== null) this.app.change({ from: null, to: null });
  }

  /* A series was shown or hidden, by its name below the plot or by the view; or only pointed at. */
  toggled(plot, series) {
    if (series === null || series === 0) return;
    const [toggled] = this.known[series - 1];
    if (plot.series[series].show === this.shows(toggled)) return;
    const shown = SERIES.map(([key]) => key).filter((key) => this.shows(key) !== (key === toggled));
    this.app.change({ series: shown.join(".") }, true);
  }

  /* Ticks where collections and flushes were. */
  marks(plot, colour) {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.fillStyle = colour;
    const ratio = devicePixelRatio || 1;
    const tick = (millis, y) => ctx.fillRect(Math.round(plot.valToPos(millis / 1000, "x", true)), y, ratio, 5 * ratio);
    this.data.collections.millis.forEach((millis) => tick(millis, bbox.top));
    this.data.flushes.forEach((millis) => tick(millis, bbox.top + bbox.height - 5 * ratio));
    ctx.restore();
  }

  selected(plot) {
    if (this.placing) return;
    const { left, width } = plot.select;
    if (width < 2) return;
    const millis = (x) => Math.max(0, Math.round(plot.posToVal(x, "x") * 1000));
    this.app.change(this.whole(millis(left), millis(left + width)));
  }

  /* The window that holds every slice of time that is touched: a part of one cannot be told. */
  whole(from, to) {
    const { starts } = this.data;
    if (starts === null || starts.length === 0) return { from, to };
    const first = starts.filter((start) => start <= from).pop();
    const next = starts.find((start) => start >= to);
    return {
      from: from === null || first === undefined ? from : first,
      to: to === null || next === undefined ? null : next,
    };
  }

  /* Marks the window in the plot; nulls for all of the time. */
  showWindow(from, to) {
    this.from = from;
    this.to = to;
    if (this.plot === null) return;
    const { plot } = this;
    const x = (millis) => Math.min(Math.max(plot.valToPos(millis / 1000, "x"), 0), plot.over.clientWidth);
    const left = from === null ? 0 : x(from);
    const right = to === null ? plot.over.clientWidth : x(to);
    const none = from === null && to === null;
    this.placing = true;
    plot.setSelect({ left: none ? 0 : left, width: none ? 0 : right - left, top: 0, height: none ? 0 : plot.over.clientHeight }, false);
    this.placing = false;
  }

  resize() {
    if (this.plot === null || this.box.clientWidth === 0) return;
    this.plot.setSize({ width: this.box.clientWidth, height: PLOT_HEIGHT });
    this.showWindow(this.from, this.to);
  }
}

/* Steps of the axis of bytes: powers of two. */
function increments() {
  return Array.from({ length: 50 }, (_, power) => 2 ** power);
}
