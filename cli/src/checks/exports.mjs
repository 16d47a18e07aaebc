// Compares what other readers found in each format. Argument: the directory that exports.sh filled.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { pathToFileURL } from "node:url";
import * as pprofFormat from "pprof-format";

const work = process.argv[2];
const text = (name) => readFileSync(join(work, name), "utf8");
let failed = false;
function expect(what, actual, expected) {
  const same = String(actual) === String(expected);
  failed ||= !same;
  console.log(`${same ? "ok  " : "FAIL"} ${what}: ${actual}${same ? "" : `, expected ${expected}`}`);
}

const metrics = ["allocated", "peak", "surviving", "temporary", "off-heap", "off-heap-live"];
const collapsed = {};
for (const metric of metrics.filter((m) => existsSync(join(work, `${m}.collapsed`)))) {
  const stacks = new Map();
  for (const line of text(`${metric}.collapsed`).split("\n").filter(Boolean)) {
    const space = line.lastIndexOf(" ");
    stacks.set(line.slice(0, space), Number(line.slice(space + 1)));
  }
  collapsed[metric] = stacks;
}
const sum = (values) => [...values].reduce((a, b) => a + b, 0);
const heaviest = (stacks) => [...stacks].sort((a, b) => b[1] - a[1])[0]?.[1] ?? 0;

const stats = JSON.parse(text("stats-allocated.json"));
const totals = {
  allocated: stats.allocatedBytes,
  peak: stats.peakLiveBytes,
  surviving: stats.survivingBytes,
  temporary: stats.temporaryBytes,
  "off-heap": stats.offHeap?.allocatedBytes,
  "off-heap-live": stats.offHeap?.liveBytes,
};
for (const [metric, stacks] of Object.entries(collapsed)) {
  expect(`collapsed ${metric}`, sum(stacks.values()), totals[metric]);
}

const profile = pprofFormat.Profile.decode(gunzipSync(readFileSync(join(work, "profile.pb.gz"))));
const string = (i) => profile.stringTable.strings[Number(i)];
const types = profile.sampleType.map((t) => string(t.type));
const nameOf = { alloc: "allocated", inuse: "surviving", peak: "peak", temporary: "temporary",
  off_heap: "off-heap", off_heap_live: "off-heap-live" };
const locations = new Map(profile.location.map((l) => [String(l.id), l]));
const functions = new Map(profile.function.map((f) => [String(f.id), f]));
types.forEach((type, at) => {
  if (!type.endsWith("_space")) return;
  const metric = nameOf[type.replace(/_space$/, "")];
  const stacks = new Map();
  for (const sample of profile.sample) {
    const bytes = Number(sample.value[at]);
    if (bytes === 0) continue;
    const frames = sample.locationId.map((id) => {
      const line = locations.get(String(id)).line[0];
      const name = string(functions.get(String(line.functionId)).name);
      return Number(line.line) > 0 ? `${name}:${line.line}` : name;
    });
    const className = string(sample.label.find((l) => string(l.key) === "class").str);
    const key = [...frames.reverse(), className].join(";");
    stacks.set(key, (stacks.get(key) ?? 0) + bytes);
  }
  expect(`pprof ${type}`, sum(stacks.values()), totals[metric]);
  expect(`pprof ${type}, heaviest stack`, heaviest(stacks), heaviest(collapsed[metric]));
});
expect("pprof default type", string(profile.defaultSampleType), "alloc_space");
expect("pprof first string", string(0), "");

const speedscope = JSON.parse(text("profile.json"));
speedscope.profiles.forEach((p, i) =>
  expect(`speedscope ${p.name}`, sum(p.weights), p.endValue));
expect("speedscope first profile", speedscope.profiles[0].endValue, totals.allocated);

const dhat = JSON.parse(text("profile.dhat"));
expect("dhat total", sum(dhat.pps.map((p) => p.tb)), totals.allocated);
expect("dhat peak", sum(dhat.pps.map((p) => p.gb)), totals.peak ?? 0);
expect("dhat end", sum(dhat.pps.map((p) => p.eb)), totals.surviving ?? 0);
expect("dhat frames in its table",
  dhat.pps.every((p) => p.fs.every((f) => f > 0 && f < dhat.ftbl.length)), true);

const csv = text("profile.csv").split("\r\n").slice(1).filter(Boolean);
expect("csv", sum(csv.map((line) => Number(line.split(",")[1]))), totals.allocated);

const rows = JSON.parse(text("profile.rows.json"));
rows.metrics.forEach((m, i) => {
  expect(`json ${m.name}`, sum(rows.rows.map((r) => r.bytes[i])), totals[m.name]);
});

// speedscope's own importer, in its own page.
const release = join(work, "node_modules/speedscope/dist/release");
const data = Buffer.from(JSON.stringify(speedscope)).toString("base64");
writeFileSync(join(work, "load.js"), `speedscope.loadFileFromBase64("profile.json", "${data}")`);
const url = `${pathToFileURL(join(release, "index.html"))}#localProfilePath=${join(work, "load.js")}`;
try {
  const page = execFileSync("chromium", ["--headless", "--no-sandbox", "--disable-gpu",
    "--allow-file-access-from-files", "--virtual-time-budget=20000", "--window-size=1400,900",
    `--user-data-dir=${join(work, "chromium")}`, "--dump-dom", url],
  { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], timeout: 120000 });
  expect("speedscope's page shows the profile", page.includes(speedscope.profiles[0].name), true);
  expect("speedscope's page shows no error", /Something went wrong|Unrecognized format/.test(page), false);
} catch (error) {
  console.log(`skip speedscope's page: ${error.message.split("\n")[0]}`);
}
process.exit(failed ? 1 : 0);
