import { at } from "./live.js";

const by = (id) => document.getElementById(id);
let shown = "";
let timer = 0;

/* Drawing takes a second, or a minute for a very large recording: how long it has taken is told. */
function wait() {
  const start = Date.now();
  clearInterval(timer);
  const tell = () => {
    by("graph-state").textContent = `Drawing the flame graph … ${Math.round((Date.now() - start) / 1000)} s`;
  };
  tell();
  timer = setInterval(tell, 1000);
}

by("graph-frame").addEventListener("load", () => {
  clearInterval(timer);
  const page = by("graph-frame").contentDocument;
  if (!page || !by("graph-frame").getAttribute("src")) return;
  const failed = page.contentType === "application/json" || page.contentType === "text/plain";
  by("graph-state").textContent = failed ? message(page.body.textContent) : "";
  by("graph-frame").hidden = failed;
});

function message(text) {
  try {
    return `The flame graph was not drawn: ${JSON.parse(text).error}`;
  } catch {
    return text;
  }
}

export const view = {
  show(parameters) {
    const file = parameters.get("file") || "";
    const base = parameters.get("base") || "";
    const address = at("/flamegraph", { file, base });
    by("graph-name").textContent = visible(base ? `${file} compared with ${base}` : file);
    by("graph-tab").href = address;
    if (address === shown) return;
    shown = address;
    by("graph-frame").hidden = false;
    wait();
    by("graph-frame").src = address;
  },

  update() {},
};
