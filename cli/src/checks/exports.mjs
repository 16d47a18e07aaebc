// Compares what other readers find in each format with `stats --json` and collapsed stacks: totals,
// and the heaviest stack with its bytes. Argument: the directory that the script beside this filled.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import Ajv from "ajv";
import * as pprofFormat from "pprof-format";
import { throughDhatViewer, throughSpeedscope } from "./browser.mjs";

const work = process.argv[2];
const text = (name) => readFileSync(join(work, name), "utf8");
let failures = 0;
function expect(what, actual, expected) {
  const same = String(actual) === String(expected);
  failures += same ? 0 : 1;
  const short = String(actual).length > 60 ? `...${String(actual).slice(-57)}` : actual;
  console.log(`${same ? "ok  " : "FAIL"} ${what}: ${same ? short : `${actual}, expected ${expected}`}`);
}
function skip(what, why) {
  console.log(`skip ${what}: ${why}`);
}

const sum = (values) => [...values].reduce((a, b) => a + b, 0);
const add = (stacks, key, bytes) => bytes > 0 && stacks.set(key, (stacks.get(key) ?? 0) + bytes);
/** `stack bytes` of the heaviest stack; of equal ones, the first by text. */
const heaviest = (stacks) =>
  [...stacks].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.join(" ") ?? "none";

const stats = JSON.parse(text("stats.json"));
const selected = process.env.SELECTED === "1"; // stats --json are of everything
const truth = {};
for (const [metric, total] of Object.entries({
  allocated: stats.allocatedBytes,
  peak: stats.peakLiveBytes,
  surviving: stats.survivingBytes,
  temporary: stats.temporaryBytes,
  "off-heap": stats.offHeap?.allocatedBytes,
  "off-heap-live": stats.offHeap?.liveBytes,
})) {
  if (!existsSync(join(work, `${metric}.collapsed`))) continue;
  const stacks = new Map();
  for (const line of text(`${metric}.collapsed`).split("\n").filter(Boolean)) {
    const space = line.lastIndexOf(" ");
    stacks.set(line.slice(0, space), Number(line.slice(space + 1)));
  }
  const bytes = sum(stacks.values());
  if (!selected) expect(`collapsed ${metric}`, bytes, total);
  truth[metric] = { bytes, stacks };
}
function compare(what, metric, stacks) {
  expect(`${what} ${metric}`, sum(stacks.values()), truth[metric].bytes);
  expect(`${what} ${metric}, heaviest`, heaviest(stacks), heaviest(truth[metric].stacks));
  expect(`${what} ${metric}, stacks`, stacks.size, truth[metric].stacks.size);
}

// pprof, by an npm package that decodes it
const profile = pprofFormat.Profile.decode(gunzipSync(readFileSync(join(work, "profile.pb.gz"))));
const string = (i) => profile.stringTable.strings[Number(i)];
const metricOf = { alloc: "allocated", inuse: "surviving", peak: "peak", temporary: "temporary",
  off_heap: "off-heap", off_heap_live: "off-heap-live" };
const types = profile.sampleType.map((t) => string(t.type));
const spaces = types.filter((type) => type.endsWith("_space"));
const metricOfType = (type) => metricOf[type.replace(/_space$/, "")];
const locations = new Map(profile.location.map((l) => [String(l.id), l]));
const functions = new Map(profile.function.map((f) => [String(f.id), f]));
expect("pprof metrics", spaces.map(metricOfType).sort(), Object.keys(truth).sort());
for (const type of spaces) {
  const stacks = new Map();
  for (const sample of profile.sample) {
    const frames = sample.locationId.map((id) => {
      const line = locations.get(String(id)).line[0];
      const name = string(functions.get(String(line.functionId)).name);
      return Number(line.line) > 0 ? `${name}:${line.line}` : name;
    });
    const className = string(sample.label.find((l) => string(l.key) === "class").str);
    add(stacks, [...frames.reverse(), className].join(";"), Number(sample.value[types.indexOf(type)]));
  }
  compare("pprof", metricOfType(type), stacks);
}
expect("pprof default type", string(profile.defaultSampleType), "alloc_space");
expect("pprof first string", string(0), "");

// pprof, by Go's own tool, if there is one: PPROF=".../pprof" or "go tool pprof"
const [pprof, ...before] = (process.env.PPROF ?? "pprof").split(" ");
for (const type of spaces) {
  try {
    const report = execFileSync(pprof, [...before, "-top", "-nodecount=1", "-unit=B",
      `-sample_index=${type}`, join(work, "profile.pb.gz")],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const total = /of (\d+)B total/.exec(report)?.[1] ?? 0;
    expect(`Go's pprof ${type}`, total, truth[metricOfType(type)].bytes);
  } catch (error) {
    skip(`Go's pprof ${type}`, error.message.split("\n")[0]);
  }
}

// speedscope, by its schema and by its own importer
const written = JSON.parse(text("profile.speedscope.json"));
const schema = JSON.parse(text("node_modules/speedscope/dist/release/file-format-schema.json"));
const valid = new Ajv({ strict: false }).compile(schema);
expect("speedscope's schema", valid(written) || JSON.stringify(valid.errors), true);
const metricOfHeading = { Allocated: "allocated", "Live at peak": "peak", Surviving: "surviving",
  Temporary: "temporary", "Taken off-heap": "off-heap", "Held off-heap": "off-heap-live" };
function stacksOf(shared, opened) {
  const frame = (i) => (shared[i].line > 0 ? `${shared[i].name}:${shared[i].line}` : shared[i].name);
  const stacks = new Map();
  if (opened.type === "sampled") {
    opened.samples.forEach((s, i) => add(stacks, s.map(frame).join(";"), opened.weights[i]));
    return stacks;
  }
  const open = [];
  let at = opened.startValue;
  for (const event of opened.events) {
    add(stacks, open.join(";"), event.at - at);
    at = event.at;
    if (event.type === "O") open.push(frame(event.frame));
    else open.pop();
  }
  return stacks;
}
function compareProfiles(what, file) {
  expect(`${what} profiles`, file.profiles.map((p) => p.name).length, Object.keys(truth).length);
  for (const one of file.profiles) {
    const name = Object.keys(metricOfHeading).find((heading) => one.name.endsWith(heading));
    expect(`${what} ${one.name}, end`, one.endValue, truth[metricOfHeading[name]].bytes);
    compare(what, metricOfHeading[name], stacksOf(file.shared.frames, one));
  }
}
compareProfiles("speedscope file", written);
try {
  compareProfiles("speedscope's importer",
    throughSpeedscope(work, join(work, "profile.speedscope.json")));
} catch (error) {
  if (error.code === "ENOENT") skip("speedscope's importer", "no chromium");
  else throw error;
}

// DHAT, by its own viewer; its tree begins at the allocation
const place = (frame) => frame.replace(/\([^()]*?(?::(\d+))?\)$/, (_, line) => (line ? `:${line}` : ""));
const metricsOfDhat = ["allocated", "peak", "surviving"];
function compareLeaves(what, leaves) {
  metricsOfDhat.forEach((metric, i) => {
    const stacks = new Map();
    for (const leaf of leaves) add(stacks, leaf[0].map(place).reverse().join(";"), leaf[1 + i]);
    if (truth[metric]) compare(what, metric, stacks);
    else expect(`${what} ${metric}`, sum(stacks.values()), 0);
  });
}
const dhat = JSON.parse(text("profile.dhat.json"));
compareLeaves("dhat file",
  dhat.pps.map((p) => [p.fs.map((f) => dhat.ftbl[f]), p.tb, p.gb, p.eb]));
expect("dhat maxima", dhat.pps.every((p) => p.mb >= p.gb && p.mb >= p.eb), true);
try {
  const tree = throughDhatViewer(work, join(work, "profile.dhat.json"));
  if (tree) {
    expect("DHAT's viewer, error", tree.error, undefined);
    metricsOfDhat.forEach((metric) =>
      expect(`DHAT's viewer, root ${metric}`, tree[metric], truth[metric]?.bytes ?? 0));
    compareLeaves("DHAT's viewer", tree.leaves ?? []);
  } else skip("DHAT's viewer", "no dh_view.js; set DHAT_VIEWER");
} catch (error) {
  if (error.code === "ENOENT") skip("DHAT's viewer", "no chromium");
  else throw error;
}

// CSV, by Python's reader
const csvReader = `import csv, json, sys
csv.field_size_limit(1 << 30)
print(json.dumps(list(csv.reader(open(sys.argv[1], newline="", encoding="utf-8")))))`;
for (const metric of Object.keys(truth)) {
  const [head, ...lines] = JSON.parse(execFileSync("python3",
    ["-c", csvReader, join(work, `${metric}.csv`)], { encoding: "utf8", maxBuffer: 1 << 30 }));
  expect(`csv ${metric}, columns`, head, "metric,bytes,objects,class,thread,stack");
  const stacks = new Map();
  for (const [, bytes, , className, , stack] of lines) {
    add(stacks, `${stack || "[unknown stack]"};${className}`, Number(bytes));
  }
  compare("csv", metric, stacks);
}

// JSON
const rows = JSON.parse(text("profile.rows.json"));
expect("json metrics", rows.metrics.map((m) => m.name).sort(), Object.keys(truth).sort());
rows.metrics.forEach((metric, i) => {
  const stacks = new Map();
  for (const row of rows.rows) {
    const frames = row.stack.map((f) => rows.frames[f]).map((f) =>
      `${f.class}.${f.method}${f.line > 0 ? `:${f.line}` : ""}`);
    add(stacks, [...(frames.length ? frames : ["[unknown stack]"]), row.class].join(";"), row.bytes[i]);
  }
  expect(`json ${metric.name}, total`, metric.bytes, truth[metric.name].bytes);
  compare("json", metric.name, stacks);
});

console.log(failures === 0 ? "all equal" : `${failures} differ`);
process.exit(failures === 0 ? 0 : 1);
