/* Takes what is in view out of the page: as a picture, or as text. */
const TITLE_HEIGHT = 28;
const TITLE_LEFT = 6;

class SvgContext {
  constructor(width, height) {
    this.parts = [];
    this.width = width;
    this.height = height;
    this.globalAlpha = 1;
    this.textAlign = "left";
  }

  beginPath() {
    this.path = null;
  }

  rect(x, y, width, height) {
    this.path = [x, y, width, height, 0];
  }

  roundRect(x, y, width, height, radius) {
    this.path = [x, y, width, height, radius];
  }

  fill() {
    const [x, y, width, height, radius] = this.path;
    this.rectangle(x, y, width, height, radius, `fill="${escaped(this.fillStyle)}"`);
  }

  fillRect(x, y, width, height) {
    this.rectangle(x, y, width, height, 0, `fill="${escaped(this.fillStyle)}"`);
  }

  strokeRect(x, y, width, height) {
    this.rectangle(x, y, width, height, 0, `fill="none" stroke="${escaped(this.strokeStyle)}" stroke-width="${this.lineWidth}"`);
  }

  rectangle(x, y, width, height, radius, paint) {
    const round = radius > 0 ? ` rx="${radius}"` : "";
    const n = (value) => +value.toFixed(2);
    this.parts.push(`<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"${round} ${paint} opacity="${this.globalAlpha}"/>`);
  }

  fillText(text, x, y) {
    const anchor = this.textAlign === "right" ? ' text-anchor="end"' : "";
    this.parts.push(
      `<text x="${x.toFixed(2)}" y="${y.toFixed(2)}" dominant-baseline="central"${anchor} fill="${escaped(this.fillStyle)}" opacity="${this.globalAlpha}">${escaped(text)}</text>`
    );
  }

  /* The document: a line of text above what was drawn, which is cut off at its edges. */
  text(title, line, surface, colour) {
    const { width, height } = this;
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + TITLE_HEIGHT}" viewBox="0 0 ${width} ${height + TITLE_HEIGHT}">` +
      `<title>${escaped(title)}</title><rect width="${width}" height="${TITLE_HEIGHT}" fill="${escaped(surface)}"/>` +
      `<g font-family="${escaped(this.mono)}" font-size="${FONT_SIZE}" xml:space="preserve">` +
      `<text x="${TITLE_LEFT}" y="${TITLE_HEIGHT / 2}" dominant-baseline="central" fill="${escaped(colour)}">${escaped(line)}</text>` +
      `<svg y="${TITLE_HEIGHT}" width="${width}" height="${height}">${this.parts.join("\n")}</svg></g></svg>\n`
    );
  }
}

function escaped(text) {
  return String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/* What a picture is of, in one line that fits it: a long name is cut, its figures are not. */
function titleLine(app) {
  const { graph, graphPane: pane } = app;
  const { head } = app.recording;
  const metric = app.recording.metrics.get(app.view.metric);
  const change = graph.before === null ? "" : ` (${pane.valueText(0)}, compared with ${visible(head.comparedWith)})`;
  const figures = `${bytesText(graph.bytes[0])} in ${countText(graph.objects[0])} objects`;
  const end = ` · ${metric.heading}${app.windowShown()}: ${figures}${change}`;
  const name = visible(head.scopeName);
  const room = pane.width - 2 * TITLE_LEFT - pane.measure(end);
  return (pane.measure(name) > room ? pane.shorten(name, room) : name) + end;
}

function svgOf(app, title) {
  const { graphPane: pane } = app;
  const context = new SvgContext(pane.width, pane.height);
  context.mono = pane.palette.mono;
  pane.drawOn(context);
  return context.text(title, titleLine(app), pane.palette.surface, pane.palette.text);
}

function saveSvg(app, title, name) {
  save(new Blob([svgOf(app, title)], { type: "image/svg+xml" }), `${name}.svg`);
}

function savePng(app, name) {
  const { graphPane: pane } = app;
  pane.draw();
  const picture = element("canvas", { width: pane.canvas.width, height: pane.canvas.height + Math.round(TITLE_HEIGHT * pane.ratio) });
  const context = picture.getContext("2d");
  context.fillStyle = pane.palette.surface;
  context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(pane.canvas, 0, picture.height - pane.canvas.height);
  context.scale(pane.ratio, pane.ratio);
  context.font = pane.font;
  context.textBaseline = "middle";
  context.fillStyle = pane.palette.text;
  context.fillText(titleLine(app), TITLE_LEFT, TITLE_HEIGHT / 2);
  picture.toBlob((blob) => save(blob, `${name}.png`), "image/png");
}

function save(blob, name) {
  const link = element("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/* Copies a text; the promise tells whether it worked. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (refused) {
    const field = element("textarea", { class: "unseen" });
    field.value = text;
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    return copied;
  }
}
