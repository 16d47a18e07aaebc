/* Reads the page's data: base64 of gzip of a head in JSON and columns of numbers; the layout is in
   docs/FORMAT.md, "Data of a page". */
function fromBase64(text) {
  if (typeof Uint8Array.fromBase64 === "function") return Uint8Array.fromBase64(text);
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}

/* Older browsers have no decompression of their own; the library costs 21 KB in each page. */
async function unpack(bytes) {
  if (typeof DecompressionStream !== "function") return pako.ungzip(bytes);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/* Numbers after which long loops let others have a turn: some two milliseconds. */
const PAUSE = 1 << 17;

class Columns {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
    const length = this.number();
    this.head = JSON.parse(new TextDecoder().decode(bytes.subarray(this.at, this.at + length)));
    this.at += length;
  }

  /* A number of seven bits a byte, lowest first; above 2^31 without the bit operators. */
  number() {
    const { bytes } = this;
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = bytes[this.at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
    for (let factor = 268435456; ; factor *= 128) {
      const byte = bytes[this.at++];
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  *ints(count) {
    return yield* this.fill(new Int32Array(count));
  }

  *numbers(count) {
    return yield* this.fill(new Float64Array(count));
  }

  *fill(column) {
    for (let i = 0; i < column.length; ) {
      const end = Math.min(i + PAUSE, column.length);
      for (; i < end; i++) column[i] = this.number();
      yield;
    }
    return column;
  }

  /* Numbers that never fall, stored as their differences. */
  *rising(count) {
    const column = yield* this.ints(count);
    for (let i = 1; i < count; i++) column[i] += column[i - 1];
    return column;
  }
}
