/* What the page says about the graph: how much is folded, and the tooltip. */
function showFolded(data) {
  if (data.foldedFrames > 0) {
    document.getElementById("folded").textContent =
      `${countText(data.foldedFrames)} frames of at most ${bytesText(data.largestFoldedBytes)} each` +
      " are drawn as [smaller frames]; search does not see them.";
  }
}

class Tooltip {
  constructor(box, graph) {
    this.box = box;
    this.graph = graph;
    this.shown = "";
  }

  hide() {
    this.box.hidden = true;
    this.shown = "";
  }

  show(node, metric, focus, x, y) {
    const key = `${node} ${metric} ${focus}`;
    if (key !== this.shown) {
      this.box.replaceChildren(...this.content(node, metric, focus));
      this.shown = key;
    }
    this.box.hidden = false;
    const { offsetWidth, offsetHeight } = this.box;
    const left = Math.min(x + 14, window.innerWidth - offsetWidth - 8);
    const below = y + 20;
    const top = below + offsetHeight > window.innerHeight - 8 ? y - offsetHeight - 12 : below;
    this.box.style.left = `${Math.max(left, 8)}px`;
    this.box.style.top = `${Math.max(top, 8)}px`;
  }

  content(node, metric, focus) {
    const { graph } = this;
    const label = graph.labels[node];
    const bytes = graph.bytes.totals[node];
    const objects = graph.objects.totals[node];
    const value = graph[metric].totals[node];
    const rows = [
      ["Bytes", bytesText(bytes), `${countText(bytes)} bytes`],
      ["Objects", countText(objects), objects > 0 ? `${bytesText(Math.round(bytes / objects))} each` : ""],
      ["Share", `${percentText(value / graph[metric].totals[0])} of all ${metric}`, ""],
    ];
    if (focus !== 0) rows.push(["", `${percentText(value / graph[metric].totals[focus])} of the zoomed frame`, ""]);
    if (graph.kinds[label] !== KIND.ALLOCATED) {
      const top = graph.topClasses(node, metric, 3);
      top.forEach(([allocated, part], i) =>
        rows.push([i === 0 ? "Mostly" : "", graph.names[allocated], percentText(part / value)])
      );
    }
    return [
      element("div", { class: "name" }, graph.names[label]),
      element("div", { class: "place" }, graph.place(label)),
      element("table", {}, ...rows.map(([term, text, more]) =>
        element("tr", {}, element("td", {}, term), element("td", {}, element("bdi", {}, text), " ", element("small", {}, more)))
      )),
    ];
  }
}
