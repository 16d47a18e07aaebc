// Other projects' pages in a headless browser, each with one of our files.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const DHAT_VIEWER = process.env.DHAT_VIEWER ?? "/usr/libexec/valgrind/dh_view.js";

/** What a page's script put into the element "found", or undefined without a browser. */
function found(work, url) {
  const page = execFileSync("chromium", ["--headless", "--no-sandbox", "--disable-gpu",
    "--allow-file-access-from-files", "--virtual-time-budget=60000", "--window-size=1400,900",
    `--user-data-dir=${join(work, "chromium")}`, "--dump-dom", url],
  { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], timeout: 240000, maxBuffer: 1 << 30 });
  const match = /<pre id="found">([^<]*)<\/pre>/.exec(page);
  if (!match) throw new Error(`the page found nothing: ${page.slice(-500)}`);
  return JSON.parse(Buffer.from(match[1], "base64").toString("utf8"));
}

const show = `
  function show(text) {
    const pre = document.createElement("pre");
    pre.id = "found";
    let bytes = "";
    for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
    pre.textContent = btoa(bytes);
    document.documentElement.append(pre);
  }`;

/** The file as speedscope's page saves it again after it has imported it. */
export function throughSpeedscope(work, file) {
  const release = join(work, "node_modules/speedscope/dist/release");
  writeFileSync(join(work, "load.js"), `${show}
    const createUrl = URL.createObjectURL;
    let saved = false;
    URL.createObjectURL = (blob) => {
      if (!saved && blob.type === "text/json") {
        saved = true;
        blob.text().then(show);
      }
      return createUrl.call(URL, blob);
    };
    HTMLAnchorElement.prototype.click = () => {};
    speedscope.loadFileFromBase64("profile.json", "${readFileSync(file).toString("base64")}");
    const timer = setInterval(() => {
      if (saved) return clearInterval(timer);
      window.dispatchEvent(new KeyboardEvent("keydown", { key: "s", ctrlKey: true }));
    }, 100);`);
  const page = pathToFileURL(join(release, "index.html"));
  return found(work, `${page}#localProfilePath=${join(work, "load.js")}`);
}

/** Totals and leaves of the tree that DHAT's viewer builds of the file; undefined without one. */
export function throughDhatViewer(work, file) {
  if (!existsSync(DHAT_VIEWER)) return undefined;
  copyFileSync(DHAT_VIEWER, join(work, "dh_view.js"));
  writeFileSync(join(work, "dhat-data.js"), `const text = ${JSON.stringify(readFileSync(file, "utf8"))};`);
  writeFileSync(join(work, "dhat-load.js"), `${show}
    function load() {
      try {
        onLoad();
        gFilename = "profile";
        gData = JSON.parse(text);
        buildTree();
        displayTree(0, 0, 0);
        const leaves = [];
        const walk = (node, above) => {
          const frames = above.concat(node._frames.map((f) => gData.ftbl[f]));
          if (node._kids) node._kids.forEach((kid) => walk(kid, frames));
          else leaves.push([frames.slice(1), node._totalBytes, node._atTGmaxBytes, node._atTEndBytes]);
        };
        walk(gRoot, []);
        show(JSON.stringify({
          allocated: gRoot._totalBytes, peak: gRoot._atTGmaxBytes, surviving: gRoot._atTEndBytes,
          leaves, error: document.querySelector(".error")?.textContent,
        }));
      } catch (error) {
        show(JSON.stringify({ error: String(error) }));
      }
    }`);
  writeFileSync(join(work, "dhat.html"), `<!DOCTYPE html><html><head><meta charset="UTF-8">
    <script src="dh_view.js"></script><script src="dhat-data.js"></script>
    <script src="dhat-load.js"></script></head><body onload="load()"></body></html>`);
  return found(work, String(pathToFileURL(join(work, "dhat.html"))));
}
