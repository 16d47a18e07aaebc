/* Memory over time, drawn by uPlot. */
const COLOURS = ["#d9772b", "#2f8f7a", "#4e86c7", "#b0559b", "#8a8f2f", "#c94f4f", "#5f6bd1", "#7a7a7a"];

/* Steps of the axes: whole seconds, minutes, hours and days; and sizes that are whole in their unit. */
const TIMES = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 43200, 86400, 604800];
const SIZES = Array.from({ length: 50 }, (unused, power) => 2 ** power);

const two = (number) => String(number).padStart(2, "0");

/* A moment by the clock; with a day where the plot spans several. */
function moment(seconds, days) {
  const at = new Date(seconds * 1000);
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  return days ? `${two(at.getMonth() + 1)}-${two(at.getDate())} ${time.slice(0, 5)}` : time;
}

const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/* Lines of times of their own in one table of columns, as uPlot wants them. */
export function align(lines) {
  const times = [...new Set(lines.flatMap((line) => line.times))].sort((a, b) => a - b);
  const place = new Map(times.map((time, index) => [time, index]));
  const columns = lines.map((line) => {
    const column = new Array(times.length).fill(undefined); // undefined: no point; null would be a gap
    line.times.forEach((time, i) => {
      if (line.values[i] >= 0) column[place.get(time)] = line.values[i];
    });
    return column;
  });
  return [times.map((time) => time / 1000), ...columns];
}

/*
 * A plot in a place of the page, which is kept while the lines' names stay the same.
 * lines: { name, times, values, dashed }; marks: { time, text }.
 */
export class Plot {
  constructor(place, height) {
    Object.assign(this, { place, height, plot: null, names: "", marks: [] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.forget());
    new ResizeObserver(() => this.fit()).observe(place);
  }

  show(lines, marks, nothing) {
    this.marks = marks;
    if (!lines.some((line) => line.times.length)) {
      this.forget();
      this.place.replaceChildren(element("p", {}, nothing));
      return;
    }
    const names = lines.map((line) => line.name).join("\n");
    const data = align(lines);
    if (this.plot && this.names === names) {
      this.plot.setData(data);
      return;
    }
    this.forget();
    this.names = names;
    this.plot = new uPlot(this.options(lines), data, this.place);
  }

  options(lines) {
    const axis = { stroke: style("--muted"), grid: { stroke: style("--line"), width: 1 }, ticks: { stroke: style("--line") } };
    return {
      width: Math.max(300, this.place.clientWidth),
      height: this.height,
      cursor: { drag: { x: true, y: false } },
      axes: [
        { ...axis, incrs: TIMES, space: 80, values: (plot, splits) => splits.map((split) => moment(split, plot.scales.x.max - plot.scales.x.min > 86400)) },
        { ...axis, incrs: SIZES, size: 74, values: (plot, splits) => splits.map((split) => bytesText(Math.round(split))) },
      ],
      scales: { y: { range: (plot, low, high) => [0, Math.max(1, high * 1.08)] } },
      series: [
        { label: "time", value: (plot, time) => (time === null ? "–" : moment(time, false)) },
        ...lines.map((line, i) => ({
          label: line.name,
          stroke: line.dashed ? style("--error") : COLOURS[i % COLOURS.length],
          width: line.dashed ? 1 : 1.6,
          dash: line.dashed ? [6, 4] : undefined,
          points: { show: line.times.length < 3 },
          value: (plot, value) => (value === null || value === undefined ? "–" : bytesText(value)),
        })),
      ],
      hooks: { draw: [(plot) => this.drawMarks(plot)] },
    };
  }

  drawMarks(plot) {
    const context = plot.ctx;
    const { left, top, width, height } = plot.bbox;
    context.save();
    context.strokeStyle = context.fillStyle = style("--error");
    context.lineWidth = devicePixelRatio;
    context.font = `${11 * devicePixelRatio}px sans-serif`;
    this.marks.forEach((mark, i) => {
      const x = plot.valToPos(mark.time / 1000, "x", true);
      if (x < left || x > left + width) return;
      context.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
      context.beginPath();
      context.moveTo(x, top);
      context.lineTo(x, top + height);
      context.stroke();
      const right = x > left + width * 0.8;
      context.textAlign = right ? "right" : "left";
      context.fillText(`✕ ${mark.text}`, x + (right ? -5 : 5) * devicePixelRatio, top + (13 + (i % 4) * 14) * devicePixelRatio);
    });
    context.restore();
  }

  fit() {
    if (this.plot && this.place.clientWidth > 0) this.plot.setSize({ width: this.place.clientWidth, height: this.height });
  }

  forget() {
    this.plot?.destroy();
    this.plot = null;
    this.names = "";
    this.place.replaceChildren();
  }
}
