/*
 * What the page shows, and its form as the fragment of the page's address: a link to the address
 * opens the same view. Patterns are regular expressions; an empty text is none.
 */
const DEFAULTS = {
  metric: "", // key of the metric; the page's own unless given
  unit: "bytes", // bytes or objects
  sized: "after", // where two recordings are compared: after, before or change
  tree: "down", // down: callers first; up: classes first; around: callers and callees of a method
  method: "", // the method of tree=around
  threads: "",
  classes: "",
  include: "",
  exclude: "",
  hide: "", // frames to leave out of stacks
  jdk: "shown", // or hidden
  frameworks: "shown", // or hidden
  recursion: "shown", // or collapsed
  split: "no", // by-thread: one tree for each thread
  depth: null, // frames of a stack that are shown; null for all
  from: null, // window in milliseconds after the scope's open, its end excluded
  to: null,
  zoom: "", // labels from the root to the frame that fills the page, joined by dots
  callers: "", // the same of the callers, of tree=around
  search: "",
  regex: "no",
  panel: "", // open panel: sites, classes, packages, threads or none
  plot: "open", // memory over time: open or closed
  series: "heapUsed.live.rss.rssMinusShared.direct", // lines of the plot that are shown, joined by dots
};
const NUMBERS = new Set(["depth", "from", "to"]);
const WORDS = {
  unit: ["bytes", "objects"],
  sized: ["after", "before", "change"],
  tree: ["down", "up", "around"],
  jdk: ["shown", "hidden"],
  frameworks: ["shown", "hidden"],
  recursion: ["shown", "collapsed"],
  split: ["no", "by-thread"],
  regex: ["no", "yes"],
  panel: ["", "sites", "classes", "packages", "threads"],
  plot: ["open", "closed"],
};

/* What changes which boxes there are; the rest changes how they are looked at. */
const SHAPING = [
  "metric", "unit", "sized", "tree", "method", "threads", "classes", "include", "exclude",
  "hide", "jdk", "frameworks", "recursion", "split", "depth", "from", "to",
];

/* Packages of runtimes and frameworks that call the code one looks for. */
const FRAMEWORKS =
  /^(scala|kotlin|groovy|clojure|akka|io\.(netty|ray|grpc|micronaut|quarkus|vertx)|dev\.heaplight|reactor|rx|zio|cats|org\.(apache\.(spark|pekko|hadoop|maven|tomcat|catalina|flink|beam)|springframework|hibernate|eclipse\.jetty|junit|gradle|aspectj|codehaus|jboss|reactivestreams|testng)|com\.(google\.(inject|common\.util\.concurrent)|zaxxer))\./;

/* What the page shows unless its address says otherwise: as the command line asked for. */
function standardView(head) {
  const depth = head.depth < 2147483647 ? head.depth : null;
  return { ...DEFAULTS, metric: head.metric, tree: head.tree, split: head.split, depth };
}

function viewOf(fragment, standard) {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const view = { ...standard };
  for (const key of Object.keys(DEFAULTS)) {
    const value = given.get(key);
    if (value === null || (WORDS[key] !== undefined && !WORDS[key].includes(value))) continue;
    if (!NUMBERS.has(key)) view[key] = value;
    else if (value === "") view[key] = null;
    else if (isFinite(Number(value))) view[key] = Number(value);
  }
  return view;
}

function fragmentOf(view, standard) {
  const given = new URLSearchParams();
  for (const key of Object.keys(DEFAULTS)) {
    if (view[key] !== standard[key]) given.set(key, view[key] === null ? "" : view[key]);
  }
  const text = given.toString();
  return text && `#${text}`;
}

/* A path of labels, and its form in the view. */
function labelsOf(path) {
  return path === "" ? [] : path.split(".").map((label) => parseInt(label, 36));
}

function pathText(labels) {
  return labels.map((label) => label.toString(36)).join(".");
}

/* A pattern as a function on texts. A search takes letters in any case, a filter as they are, which
   is what the command line's filters do. */
function matcher(pattern, regex, flags = "i") {
  if (pattern === "") return { test: () => true, error: null };
  if (!regex) {
    const wanted = pattern.toLowerCase();
    return { test: (text) => text.toLowerCase().includes(wanted), error: null };
  }
  try {
    const expression = expressionOf(pattern, flags);
    return { test: (text) => expression.test(text), error: null };
  } catch (invalid) {
    return { test: () => false, error: invalid.message.replace(/^.*?: (?=[^:]*$)/, "") };
  }
}

function expressionOf(pattern, flags) {
  try {
    return new RegExp(pattern, `${flags}u`);
  } catch (strict) {
    return new RegExp(pattern, flags);
  }
}

/* A filter's pattern as a function on texts. */
function filter(pattern) {
  return matcher(pattern, true, "");
}

/* What is wrong with the view's filters, in words; empty if nothing is. Such a filter is left out. */
function wrongFilters(view) {
  return ["threads", "classes", "include", "exclude", "hide"]
    .filter((key) => filter(view[key]).error !== null)
    .map((key) => `Left out, not a valid regular expression: ${visible(view[key])}`)
    .join(". ");
}

/* A pattern for the methods of a package, those of its subpackages left out. */
function inPackage(name) {
  return `${exactly(name).slice(0, -1)}\\.[^.]+\\.[^.]+$`;
}

/* A pattern for one text and no other. */
function exactly(text) {
  return `^${text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")}$`;
}
