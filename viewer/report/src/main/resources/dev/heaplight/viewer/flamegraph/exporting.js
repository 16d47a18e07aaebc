/* Takes what is in view out of the page: as a picture, or as text. */
class SvgContext {
  constructor(width, height, ratioText) {
    this.parts = [];
    this.width = width;
    this.height = height;
    this.globalAlpha = 1;
    this.textAlign = "left";
    this.measuring = ratioText;
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

  text(title) {
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${this.width}" height="${this.height}" viewBox="0 0 ${this.width} ${this.height}">` +
      `<title>${escaped(title)}</title><g font-family="${escaped(this.mono)}" font-size="${FONT_SIZE}" xml:space="preserve">` +
      `${this.parts.join("\n")}</g></svg>\n`
    );
  }
}

function escaped(text) {
  return String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

function svgOf(canvas, title) {
  const context = new SvgContext(canvas.width, canvas.height);
  context.mono = canvas.palette.mono;
  canvas.drawOn(context);
  return context.text(title);
}

function saveSvg(canvas, title, name) {
  save(new Blob([svgOf(canvas, title)], { type: "image/svg+xml" }), `${name}.svg`);
}

function savePng(canvas, name) {
  canvas.canvas.toBlob((blob) => save(blob, `${name}.png`), "image/png");
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
