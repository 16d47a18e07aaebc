/* Draws the part of the graph that is in view, and finds the node under a point. Only nodes at
   least half a pixel wide are visited, so a frame costs the same for a large graph. */
const ROW = 21;
const LEAST_WIDTH = 0.5;
const FONT_SIZE = 12;

class FlameCanvas {
  constructor(canvas, scroller, space, graph, search) {
    this.canvas = canvas;
    this.scroller = scroller;
    this.graph = graph;
    this.search = search;
    this.context = canvas.getContext("2d");
    this.metric = "bytes";
    this.view = [0, graph.bytes.totals[0]];
    this.focus = 0;
    this.hovered = -1;
    this.selected = -1;
    this.drawn = 0;
    this.pending = 0;
    this.ancestors = new Set();
    space.style.height = `${(graph.maxDepth + 1) * ROW + 8}px`;
    this.theme();
  }

  theme() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    this.dark = matchMedia("(prefers-color-scheme: dark)").matches;
    this.surface = colour("--surface");
    this.text = colour("--text");
    this.match = colour("--match");
    this.accent = colour("--accent");
    this.font = `${FONT_SIZE}px ${colour("--mono")}`;
    this.fills = new Map();
    this.resize();
  }

  resize() {
    const ratio = window.devicePixelRatio || 1;
    this.width = this.scroller.clientWidth;
    this.height = this.scroller.clientHeight;
    this.canvas.style.height = `${this.height}px`;
    this.canvas.width = Math.round(this.width * ratio);
    this.canvas.height = Math.round(this.height * ratio);
    this.ratio = ratio;
    this.draw();
  }

  /* Draws before the next frame; many requests make one drawing. */
  request() {
    if (this.pending === 0) this.pending = requestAnimationFrame(() => this.draw());
  }

  draw() {
    cancelAnimationFrame(this.pending);
    this.pending = 0;
    const { context, graph, width, height } = this;
    const { totals, starts } = graph[this.metric];
    const top = this.scroller.scrollTop;
    const scale = width / (this.view[1] - this.view[0]);
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.fillStyle = this.surface;
    context.fillRect(0, 0, width, height);
    context.font = this.font;
    context.textBaseline = "middle";
    context.direction = "ltr";
    this.letter = context.measureText("m").width;
    this.drawn = 0;
    if (!(scale > 0) || !isFinite(scale)) return;
    for (let node = 0; node < graph.size; ) {
      const left = (starts[node] - this.view[0]) * scale;
      const right = left + totals[node] * scale;
      const y = graph.depths[node] * ROW - top;
      if (right <= 0 || left >= width || right - left < LEAST_WIDTH || y > height) {
        node = graph.ends[node];
        continue;
      }
      if (y > -ROW) this.box(node, Math.max(left, 0), Math.min(right, width), y);
      node++;
    }
  }

  box(node, left, right, y) {
    const { context, graph, search } = this;
    const label = graph.labels[node];
    const matched = search.active && search.matches[label] === 1;
    const faded = (search.active && !matched) || this.ancestors.has(node);
    const gap = right - left > 3 ? 1 : 0;
    context.globalAlpha = faded ? 0.42 : 1;
    context.fillStyle = matched ? this.match : this.fill(label);
    context.beginPath();
    if (right - left > 8) context.roundRect(left, y, right - left - gap, ROW - 1, 2.5);
    else context.rect(left, y, Math.max(right - left - gap, LEAST_WIDTH), ROW - 1);
    context.fill();
    this.drawn++;
    if (node === this.hovered || node === this.selected) this.outline(node, left, right - gap, y);
    context.globalAlpha = faded ? 0.62 : 1;
    if (right - left > this.letter * 3 + 8) this.label(node, label, left + 6, right - gap - 5, y, matched);
    context.globalAlpha = 1;
  }

  outline(node, left, right, y) {
    const { context } = this;
    context.globalAlpha = 1;
    context.lineWidth = 2;
    context.strokeStyle = node === this.selected ? this.accent : this.text;
    context.strokeRect(left + 1, y + 1, Math.max(right - left - 2, 1), ROW - 3);
  }

  label(node, label, left, right, y, matched) {
    const { context, graph } = this;
    const middle = y + ROW / 2;
    const room = right - left;
    context.fillStyle = matched ? (this.dark ? "#1b0716" : "#ffffff") : this.dark ? "#f1f0ec" : "#1e2126";
    let text = graph.names[label];
    let width = this.measure(text);
    if (width > room) {
      text = graph.shortNames[label];
      width = this.measure(text);
    }
    if (width > room) {
      text = this.shorten(text, room);
      width = room;
    }
    context.fillText(text, left, middle);
    const value = this.valueText(node);
    if (room - width > this.letter * (value.length + 3)) {
      context.globalAlpha *= 0.62;
      context.textAlign = "right";
      context.fillText(value, right, middle);
      context.textAlign = "left";
    }
  }

  valueText(node) {
    const value = this.graph[this.metric].totals[node];
    const share = percentText(value / this.graph[this.metric].totals[0]);
    return `${this.metric === "bytes" ? bytesText(value) : countText(value)} · ${share}`;
  }

  measure(text) {
    // The font has one width; measuring every label would take most of a frame's time.
    return /^[ -~]*$/.test(text) ? text.length * this.letter : this.context.measureText(text).width;
  }

  shorten(text, room) {
    let characters = Array.from(text);
    characters.length = Math.min(characters.length, Math.floor(room / this.letter) - 1);
    while (characters.length > 0 && this.measure(characters.join("")) > room - this.letter) characters.pop();
    return characters.length > 0 ? `${characters.join("")}…` : "";
  }

  /* Application: one hue per library, shaded by package. JDK: grey. Allocated classes: green. */
  fill(label) {
    let fill = this.fills.get(label);
    if (fill === undefined) {
      fill = this.newFill(label);
      this.fills.set(label, fill);
    }
    return fill;
  }

  newFill(label) {
    const { graph, dark } = this;
    const name = graph.classes[label];
    const parts = name.replace(/\[\]/g, "").split(".").slice(0, -1);
    const shade = hash(parts.join(".")) % 9;
    switch (graph.kinds[label]) {
      case KIND.APPLICATION: {
        // Green is left to allocated classes, magenta to search matches.
        const hues = [204, 214, 224, 234, 244, 254, 264, 274, 346, 358, 10, 20, 28, 36, 44, 52];
        const hue = hues[hash(parts.slice(0, 2).join(".")) % hues.length] + (shade % 3) * 3 - 3;
        return dark ? `hsl(${hue} 34% ${31 + shade}%)` : `hsl(${hue} 72% ${74 + shade * 1.1}%)`;
      }
      case KIND.JDK:
        return dark ? `hsl(214 8% ${27 + shade}%)` : `hsl(214 13% ${80 + shade}%)`;
      case KIND.ALLOCATED:
        return dark ? `hsl(166 42% ${27 + shade * 0.8}%)` : `hsl(163 38% ${60 + shade * 1.3}%)`;
      case KIND.ROOT:
        return dark ? "#3d3934" : "#e7e3da";
      default:
        return dark ? "#2b2e31" : "#ecebe6";
    }
  }

  /* Node under a point of the window, or -1. */
  nodeAt(clientX, clientY) {
    const { graph } = this;
    const { totals, starts } = graph[this.metric];
    const area = this.canvas.getBoundingClientRect();
    const x = clientX - area.left;
    const y = clientY - area.top;
    if (x < 0 || x >= this.width || y < 0 || y >= this.height) return -1;
    const depth = Math.floor((y + this.scroller.scrollTop) / ROW);
    const value = this.view[0] + (x / this.width) * (this.view[1] - this.view[0]);
    let node = 0;
    while (graph.depths[node] < depth) {
      let child = node + 1;
      while (child < graph.ends[node] && !(value >= starts[child] && value < starts[child] + totals[child])) {
        child = graph.ends[child];
      }
      if (child >= graph.ends[node]) return -1;
      node = child;
    }
    return totals[node] > 0 ? node : -1;
  }

  /* Box of a node in the window, for whoever points at it. */
  boxOf(node) {
    const { totals, starts } = this.graph[this.metric];
    const area = this.canvas.getBoundingClientRect();
    const scale = this.width / (this.view[1] - this.view[0]);
    const left = Math.max((starts[node] - this.view[0]) * scale, 0);
    const right = Math.min((starts[node] + totals[node] - this.view[0]) * scale, this.width);
    const y = this.graph.depths[node] * ROW - this.scroller.scrollTop;
    return { x: area.left + left, y: area.top + y, width: right - left, height: ROW };
  }

  /* Makes a node as wide as the view. */
  zoomTo(node, animate) {
    const { totals, starts } = this.graph[this.metric];
    this.focus = node;
    this.ancestors = new Set();
    for (let up = this.graph.parents[node]; up >= 0; up = this.graph.parents[up]) this.ancestors.add(up);
    this.reveal(node);
    this.moveView([starts[node], starts[node] + totals[node]], animate);
  }

  reveal(node) {
    const y = this.graph.depths[node] * ROW;
    const top = this.scroller.scrollTop;
    if (y < top || y > top + this.height - 3 * ROW) {
      this.scroller.scrollTop = Math.max(0, y - 2 * ROW);
    }
  }

  moveView(target, animate) {
    const from = this.view;
    cancelAnimationFrame(this.moving);
    if (!animate || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.view = target;
      this.draw();
      return;
    }
    const start = performance.now();
    const step = (now) => {
      const part = Math.min(Math.max((now - start) / 180, 0), 1);
      const eased = 1 - (1 - part) ** 3;
      this.view = part === 1 ? target : [0, 1].map((i) => from[i] + (target[i] - from[i]) * eased);
      this.draw();
      if (part < 1) this.moving = requestAnimationFrame(step);
    };
    this.moving = requestAnimationFrame(step);
  }
}

function hash(text) {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  return (h ^ (h >>> 15)) >>> 0;
}
