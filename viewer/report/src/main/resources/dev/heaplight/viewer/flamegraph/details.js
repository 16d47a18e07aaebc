/* The tooltip: what a box is, in full. */
class Tooltip {
  constructor(box) {
    this.box = box;
    this.shown = null;
  }

  hide() {
    this.box.hidden = true;
    this.shown = null;
  }

  show(graph, node, focus, x, y) {
    if (this.shown !== `${node} ${focus}`) {
      this.box.replaceChildren(...this.content(graph, node, focus));
      this.shown = `${node} ${focus}`;
    }
    this.box.hidden = false;
    const { offsetWidth, offsetHeight } = this.box;
    const left = Math.min(x + 14, window.innerWidth - offsetWidth - 8);
    const below = y + 20;
    const top = below + offsetHeight > window.innerHeight - 8 ? y - offsetHeight - 12 : below;
    this.box.style.left = `${Math.max(left, 8)}px`;
    this.box.style.top = `${Math.max(top, 8)}px`;
  }

  content(graph, node, focus) {
    const { recording } = graph;
    const label = graph.labels[node];
    const rows = graph.before === null ? this.figures(graph, node, focus) : this.change(graph, node);
    if (recording.kinds[label] !== KIND.ALLOCATED && graph.before === null) {
      graph.topClasses(node, 3).forEach(([allocated, part], i) =>
        rows.push([i === 0 ? "Mostly" : "", recording.name(allocated), percentText(part / graph.sizes[node])])
      );
    }
    return [
      element("div", { class: "name" }, node === 0 && graph.rootText ? graph.rootText : recording.name(label)),
      element("div", { class: "place" }, recording.place(label)),
      element("table", {}, ...rows.map(([term, text, more]) =>
        element("tr", {}, element("td", {}, term), element("td", {}, element("bdi", {}, text), " ", element("small", {}, more)))
      )),
    ];
  }

  figures(graph, node, focus) {
    const bytes = graph.bytes[node];
    const objects = graph.objects[node];
    const share = (of) => percentText(graph.sizes[node] / graph.sizes[of]);
    const rows = [
      ["Bytes", bytesText(bytes), `${countText(bytes)} bytes`],
      ["Objects", countText(objects), objects > 0 ? `${bytesText(Math.round(bytes / objects))} each` : ""],
      ["Share", `${share(0)} of all ${graph.unit}`, ""],
    ];
    if (focus !== 0) rows.push(["", `${share(focus)} of the zoomed frame`, ""]);
    const samples = sampledTimes(graph.recording.head, objects, bytes);
    if (samples !== null && node !== 0) {
      rows.push(["Samples", countText(samples), samples > 0 ? `standard error ${percentText(1 / Math.sqrt(samples))}` : ""]);
    }
    return rows;
  }

  change(graph, node) {
    const text = graph.unit === "bytes" ? bytesText : countText;
    const [before, after] = [graph.before[node], graph[graph.unit][node]];
    return [
      ["Before", text(before), `${countText(before)} ${graph.unit}`],
      ["After", text(after), `${countText(after)} ${graph.unit}`],
      ["Change", changeText(before, after, text), ""],
    ];
  }
}

/*
 * How many samples a figure of a sampled recording rests on; null where allocations were counted. An
 * object of s bytes is sampled with the chance 1 - exp(-s / interval).
 */
function sampledTimes(head, objects, bytes) {
  if (head.mode !== "sampled" || !head.samplingIntervalBytes) return null;
  return objects > 0 ? Math.round(objects * -Math.expm1(-bytes / objects / head.samplingIntervalBytes)) : 0;
}

/* The stack of a node as text, innermost frame first, as stack traces are written. */
function stackText(graph, node) {
  const { recording } = graph;
  const lines = [];
  for (let at = node; at > 0; at = graph.parents[at]) {
    const label = graph.labels[at];
    if (!recording.isFrame(label)) {
      lines.push(recording.name(label));
      continue;
    }
    const file = recording.texts[recording.fileTexts[label]] || "Unknown Source";
    const line = recording.lines[label];
    const where = line === -1 ? "Native Method" : line > 0 ? `${file}:${line}` : file;
    lines.push(`\tat ${recording.function(label)}(${where})`);
  }
  return `${lines.join("\n")}\n`;
}
