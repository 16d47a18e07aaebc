/* Where nodes are in the window, and the part of the graph that fills the canvas. */
Object.assign(FlameCanvas.prototype, {
  /* Node under a point of the window, or -1. */
  nodeAt(clientX, clientY) {
    const { graph } = this;
    if (graph === null) return -1;
    const { sizes, starts } = graph;
    const area = this.canvas.getBoundingClientRect();
    const x = clientX - area.left;
    const y = clientY - area.top;
    if (x < 0 || x >= this.width || y < 0 || y >= this.height) return -1;
    const row = Math.floor((y + this.scroller.scrollTop) / ROW);
    const depth = this.upwards ? graph.maxDepth - row : row;
    const value = this.view[0] + (x / this.width) * (this.view[1] - this.view[0]);
    if (depth < 0) return -1;
    let node = 0;
    while (graph.depths[node] < depth) {
      let child = node + 1;
      while (child < graph.ends[node] && !(value >= starts[child] && value < starts[child] + sizes[child])) {
        child = graph.ends[child];
      }
      if (child >= graph.ends[node]) return -1;
      node = child;
    }
    return sizes[node] > 0 ? node : -1;
  },

  /* Box of a node in the window, for whoever points at it. */
  boxOf(node) {
    const { sizes, starts } = this.graph;
    const area = this.canvas.getBoundingClientRect();
    const scale = this.width / (this.view[1] - this.view[0]);
    const left = Math.max((starts[node] - this.view[0]) * scale, 0);
    const right = Math.min((starts[node] + sizes[node] - this.view[0]) * scale, this.width);
    return { x: area.left + left, y: area.top + this.top(node), width: right - left, height: ROW };
  },

  /* Makes a node as wide as the canvas. */
  zoomTo(node, animate) {
    const { sizes, starts, parents } = this.graph;
    this.focus = node;
    this.ancestors = new Set();
    for (let up = parents[node]; up >= 0; up = parents[up]) this.ancestors.add(up);
    this.reveal(node);
    this.moveView([starts[node], starts[node] + sizes[node]], animate);
  },

  /* Scrolls so that a node's row is in view. */
  reveal(node) {
    const y = this.top(node);
    if (y < 0 || y > this.height - (this.upwards ? 1 : 3) * ROW) {
      const above = this.upwards ? this.height - 3 * ROW : 2 * ROW;
      this.scroller.scrollTop = Math.max(0, y + this.scroller.scrollTop - above);
    }
  },

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
      const part = Math.min(Math.max((now - start) / ZOOM_MILLIS, 0), 1);
      const eased = 1 - (1 - part) ** 3;
      this.view = part === 1 ? target : [0, 1].map((i) => from[i] + (target[i] - from[i]) * eased);
      this.draw();
      if (part < 1) this.moving = requestAnimationFrame(step);
    };
    this.moving = requestAnimationFrame(step);
  },
});
