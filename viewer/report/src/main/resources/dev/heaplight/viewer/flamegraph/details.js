/* Everything around the graph: what the recording is, its caveats, and the tooltip. */
function showHeader(data, graph) {
  const by = (id) => document.getElementById(id);
  const name = visible(data.scopeName);
  const subject = data.metric === "allocated" ? "" : `, ${data.metricHeading.toLowerCase()}`;
  document.title = `${name}${subject} – Heaplight flame graph`;
  by("scope-name").textContent = name;
  for (const chip of [data.metricHeading, data.scopeKind, `${data.mode} mode`, data.scopeId && `id ${data.scopeId}`]) {
    if (chip) by("chips").append(element("bdi", {}, visible(chip)));
  }
  by("figures").append(...figures(data, graph));
  by("facts").append(...facts(data));
  by("caveats").hidden = data.caveats.length === 0;
  by("caveats")
    .querySelector("ul")
    .append(...data.caveats.map((caveat) => element("li", {}, visible(caveat))));
  if (data.foldedFrames > 0) {
    by("folded").textContent =
      `${countText(data.foldedFrames)} frames of at most ${bytesText(data.largestFoldedBytes)} each` +
      " are drawn as [smaller frames]; search does not see them.";
  }
}

function figures(data, graph) {
  const bytes = graph.bytes.totals[0];
  const allocated = data.allocatedBytes;
  const jvm = data.jvmAllocatedBytes;
  const moment = data.metricMoment === null ? [] : [["Taken", visible(data.metricMoment)]];
  const whole = data.metric === "allocated" ? [] : [["Allocated", bytesText(allocated), `${countText(allocated)} bytes`]];
  const rows = [
    [data.metricHeading, bytesText(bytes), `${countText(bytes)} bytes`],
    ["Objects", countText(graph.objects.totals[0])],
    ...moment,
    ...whole,
    ["Duration", data.durationMillis === null ? "unknown" : durationText(data.durationMillis)],
    [
      "Of the JVM's own count",
      jvm ? percentText(allocated / jvm) : "unknown",
      jvm === null ? "the JVM did not count" : `of ${bytesText(jvm)}`,
    ],
    ["Garbage collections", data.gcCount === null ? "unknown" : countText(data.gcCount)],
    ["Stacks sampled", data.samples === null ? "unknown" : countText(data.samples)],
  ];
  return rows.map(([term, value, more]) =>
    element("div", {}, element("dt", {}, term), element("dd", {}, value, more ? element("small", {}, more) : ""))
  );
}

function facts(data) {
  const rows = [
    ["File", data.file],
    ["Started", data.start.replace("T", " ").replace("Z", " UTC")],
    ["Ended", { closed: "closed by the program", "jvm-exit": "the JVM exited with the scope open" }[data.endReason] || data.endReason || "not cleanly"],
    ["Host", data.host || "unknown"],
    ["Process", String(data.pid)],
    ["JVM", data.jvm],
    ["Agent", data.agentVersion],
    ...data.attributes,
  ];
  return rows.map(([term, value]) =>
    element("div", {}, element("dt", {}, element("bdi", {}, visible(term))), element("dd", {}, element("bdi", {}, visible(value))))
  );
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
