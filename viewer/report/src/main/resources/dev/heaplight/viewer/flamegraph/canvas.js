/* Draws the part of a graph that is in view, and finds the node under a point. Only nodes at least
   half a pixel wide are visited, so a frame costs the same for a large graph. */
const ROW = 21;
const LEAST_WIDTH = 0.5;
const FONT_SIZE = 12;
const ZOOM_MILLIS = 180;

class FlameCanvas {
  /* zoomKey: the member of the view that names what fills the pane, of which path is what is shown;
     upwards: the root is the lowest row, for callers. */
  constructor(canvas, scroller, space, search, zoomKey, upwards) {
    this.canvas = canvas;
    this.scroller = scroller;
    this.space = space;
    this.search = search;
    this.zoomKey = zoomKey;
    this.upwards = upwards;
    this.context = canvas.getContext("2d");
    this.graph = this.path = null;
    this.hovered = this.selected = -1;
    this.drawn = this.pending = this.width = this.height = 0;
  }

  show(graph, focus) {
    this.graph = graph;
    this.hovered = this.selected = -1;
    this.space.style.height = `${(graph.maxDepth + 1) * ROW + 8}px`;
    if (this.upwards) this.scroller.scrollTop = this.scroller.scrollHeight;
    this.zoomTo(focus, false);
  }

  theme(palette) {
    this.palette = palette;
    this.font = `${FONT_SIZE}px ${palette.mono}`;
  }

  resize() {
    const ratio = window.devicePixelRatio || 1;
    this.width = this.scroller.clientWidth;
    this.height = this.scroller.clientHeight;
    this.canvas.style.height = `${this.height}px`;
    this.canvas.width = Math.round(this.width * ratio);
    this.canvas.height = Math.round(this.height * ratio);
    this.ratio = ratio;
    // The root of callers is the lowest row, which must not slip out of view.
    if (this.upwards) this.scroller.scrollTop = this.scroller.scrollHeight;
    this.draw();
  }

  /* Draws before the next frame; many requests make one drawing. */
  request() {
    if (this.pending === 0) this.pending = requestAnimationFrame(() => this.draw());
  }

  draw() {
    cancelAnimationFrame(this.pending);
    this.pending = 0;
    if (this.graph === null || this.width === 0) return;
    const start = performance.now();
    this.context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.drawOn(this.context);
    measured("heaplight: frame", start);
  }

  /* Draws on a canvas's context, or on what takes the same calls. */
  drawOn(context) {
    const { graph, width, height, palette } = this;
    const { sizes, starts } = graph;
    const scale = width / (this.view[1] - this.view[0]);
    context.fillStyle = palette.surface;
    context.fillRect(0, 0, width, height);
    context.font = this.font;
    context.textBaseline = "middle";
    context.direction = "ltr";
    this.letter = this.context.measureText("m").width;
    this.drawn = 0;
    if (!(scale > 0) || !isFinite(scale)) return;
    for (let node = 0; node < graph.count; ) {
      const left = (starts[node] - this.view[0]) * scale;
      const right = left + sizes[node] * scale;
      const y = this.top(node);
      if (right <= 0 || left >= width || right - left < LEAST_WIDTH || (this.upwards ? y < -ROW : y > height)) {
        node = this.skip(node, right - left);
        continue;
      }
      if (y > -ROW && y < height) this.box(context, node, Math.max(left, 0), Math.min(right, width), y);
      node++;
    }
  }

  /* The next node to look at behind one that is not drawn: its smaller siblings are not either. */
  skip(node, width) {
    const parent = this.graph.parents[node];
    return width < LEAST_WIDTH && parent >= 0 ? this.graph.ends[parent] : this.graph.ends[node];
  }

  /* Upper edge of a node's row within the canvas. */
  top(node) {
    const { graph } = this;
    const row = this.upwards ? graph.maxDepth - graph.depths[node] : graph.depths[node];
    return row * ROW - this.scroller.scrollTop;
  }

  box(context, node, left, right, y) {
    const { graph, search, palette } = this;
    const label = graph.labels[node];
    const matched = search.active && search.matches[label] === 1;
    const faded = (search.active && !matched) || this.ancestors.has(node);
    const gap = right - left > 3 ? 1 : 0;
    context.globalAlpha = faded ? 0.42 : 1;
    context.fillStyle = matched ? palette.match : this.fill(node, label);
    context.beginPath();
    if (right - left > 8 && context.roundRect) context.roundRect(left, y, right - left - gap, ROW - 1, 2.5);
    else context.rect(left, y, Math.max(right - left - gap, LEAST_WIDTH), ROW - 1);
    context.fill();
    this.drawn++;
    if (node === this.hovered || node === this.selected) this.outline(context, node, left, right - gap, y);
    context.globalAlpha = faded ? 0.62 : 1;
    if (right - left > this.letter * 3 + 8) this.label(context, node, label, left + 6, right - gap - 5, y, matched);
    context.globalAlpha = 1;
  }

  fill(node, label) {
    const { graph, palette } = this;
    return graph.before === null ? palette.of(graph.recording, label) : palette.ofChange(graph.before[node], graph[graph.unit][node]);
  }

  outline(context, node, left, right, y) {
    context.globalAlpha = 1;
    context.lineWidth = 2;
    context.strokeStyle = node === this.selected ? this.palette.accent : this.palette.text;
    context.strokeRect(left + 1, y + 1, Math.max(right - left - 2, 1), ROW - 3);
  }

  label(context, node, label, left, right, y, matched) {
    const { recording } = this.graph;
    const middle = y + ROW / 2;
    const room = right - left;
    context.fillStyle = matched ? this.palette.onMatch : this.palette.onBox;
    let text = node === 0 && this.graph.rootText ? this.graph.rootText : recording.name(label);
    let width = this.measure(text);
    if (width > room) {
      text = recording.shortName(label);
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
    const { graph } = this;
    const text = (value) => (graph.unit === "bytes" ? bytesText(value) : countText(value));
    if (graph.before !== null) return changeText(graph.before[node], graph[graph.unit][node], text);
    return `${text(graph.sizes[node])} · ${percentText(graph.sizes[node] / graph.sizes[0])}`;
  }

  measure(text) {
    // The font has one width; measuring every label would take most of a frame's time.
    return /^[ -~]*$/.test(text) ? text.length * this.letter : this.context.measureText(text).width;
  }

  shorten(text, room) {
    let characters = Array.from(text.slice(0, 2 * Math.ceil(room / this.letter)));
    characters.length = Math.min(characters.length, Math.floor(room / this.letter) - 1);
    while (characters.length > 0 && this.measure(characters.join("")) > room - this.letter) characters.pop();
    return characters.length > 0 ? `${characters.join("")}…` : "";
  }
}
