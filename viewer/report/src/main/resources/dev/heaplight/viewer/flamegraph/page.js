/* Starts the page, and offers what it does to scripts as window.heaplight. */
function startPage(recording, isPreview) {
  const by = (id) => document.getElementById(id);
  const app = new App(recording, by);
  app.isPreview = isPreview;
  const tooltip = new Tooltip(by("tooltip"));
  const controls = new Controls(app, by, tooltip, new Menu(by("menu")));
  new Keys(app, controls, by);
  new Shown(app, by);
  const panel = new Panel(by("panel"), {
    find: (name) => app.change({ search: exactly(name), regex: "yes" }),
    findPackage: (name) => app.change({ search: inPackage(name), regex: "yes" }),
    onlyPackage: (name) => app.change({ include: inPackage(name) }),
    only: (kind, name) => app.change({ [kind]: exactly(name) }),
  });
  const { memory, parts, collections, durationMillis, flushes } = recording.head;
  const known = memory.millis.length + collections.millis.length > 0;
  const timeline = new Timeline(by("plot"), by("timeline"), { memory, parts, collections, durationMillis, flushes, starts: null }, app);
  by("timeline").hidden = !known;
  const filters = new Filters(by("filter-form"), by("active"), (part) => app.change(part), (from, to) => timeline.whole(from, to));
  app.listen((what, detail) => {
    if (what === "view") {
      const starts = startsOf(app.recording, app.view.metric);
      filters.show(app.view, starts !== null);
      timeline.show(app.view, starts);
    }
    if (what === "build") panel.leave();
    if (what === "colours" && known) timeline.draw();
    if (what === "problem") by("note").textContent = `This cannot be shown: ${detail.message}`;
    return what === "graph" && app.builder ? panel.show(app.view.panel, app.builder) : undefined;
  });
  controls.colours();
  new ResizeObserver(() => timeline.resize()).observe(by("plot"));
  showMetrics(recording);
  by("toolbar").inert = isPreview;
  if (isPreview) by("note").textContent = "These are the largest frames; the others are being read …";
  else by("size").textContent = sizeText();
  const shown = app.start().catch((problem) => {
    by("loading").textContent = `This page cannot be shown: ${problem.message}`;
    throw problem;
  }).then(() => {
    measured("heaplight: opened to first picture", 0);
    by("loading").hidden = true;
  });
  let whole;
  const ready = isPreview ? new Promise((resolve) => (whole = resolve)) : shown;

  /* Puts the whole recording in the preview's place. */
  async function load(all) {
    await app.replace(all);
    showMetrics(all);
    by("metric").value = app.view.metric;
    by("toolbar").inert = false;
    by("note").textContent = "";
    by("size").textContent = sizeText();
    measured("heaplight: opened to whole recording", 0);
    whole();
  }

  const paneOf = (callers) => (callers ? app.callersPane : app.graphPane);
  window.heaplight = Object.freeze({
    ready,
    get recording() {
      return app.recording;
    },
    /* Numbers of the nodes whose name contains a text, largest subtree first within a parent; of the
       pane of callers if callers is true, here and below. */
    find: (text, callers) => {
      const { graph } = paneOf(callers);
      return Array.from(graph.labels.keys()).filter((node) => graph.name(node).includes(text));
    },
    name: (box) => (box === 0 && app.graph.rootText ? app.graph.rootText : app.graph.name(box)),
    settled: () => app.settled(),
    svg: () => svgOf(app, document.title),
    box: (node, callers) => paneOf(callers).boxOf(node),
    zoom: (node) => app.zoom(node),
    change: (part) => app.change(part),
    view: () => ({ ...app.view }),
    state: () => ({
      nodes: app.graph.count,
      drawn: app.graphPane.drawn,
      bytes: app.graph.bytes[0],
      objects: app.graph.objects[0],
      focus: app.graphPane.focus,
      callersFocus: app.callersPane.scroller.hidden ? null : app.callersPane.focus,
      visible: Array.from(app.graphPane.view),
      selected: app.graphPane.selected,
      searching: app.search.active,
      searchError: app.search.error,
      matchedShare: app.found ? app.found.all.size / app.graph.sizes[0] : null,
      folded: app.graph.folded,
    }),
  });
  return { ready: shown, load };
}

/* The metric's own slices of time; those of another where it has none. */
function startsOf(recording, key) {
  const metrics = [recording.metrics.get(key), ...recording.metrics.values()];
  const timed = metrics.find((metric) => metric !== undefined && metric.starts !== null);
  return timed === undefined ? null : timed.starts;
}

function showMetrics(recording) {
  const options = [...recording.metrics.values()].filter((metric) => !metric.key.endsWith("-before"));
  document.getElementById("metric").replaceChildren(
    ...options.map((metric) => element("option", { value: metric.key }, `${metric.heading} · ${bytesText(metric.bytes)}`))
  );
}

/* Size of the file, from its parts: nearly all of it is in these. */
function sizeText() {
  const parts = [...document.scripts, ...document.querySelectorAll("style")].map((part) => part.textContent.length);
  const all = parts.reduce((sum, length) => sum + length, 6000);
  return `This page: about ${bytesText(all)}, data ${bytesText(document.getElementById("data").textContent.length)}`;
}

async function readRecording(text) {
  const columns = new Columns(await unpack(fromBase64(text)));
  return inSlices(Recording.read(columns), () => false);
}

/* A large page first shows the preview in front of its data; an address that names a view cannot
   be followed in that. */
async function openPage() {
  const by = (id) => document.getElementById(id);
  const parsed = new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve));
  try {
    const preview = by("preview").textContent;
    if (preview && !location.hash) {
      const page = startPage(await readRecording(preview), true);
      await page.ready;
      await parsed;
      page.load(await readRecording(by("data").textContent));
    } else {
      await parsed;
      startPage(await readRecording(by("data").textContent), false);
    }
  } catch (problem) {
    by("loading").textContent = `This page's data cannot be read: ${problem.message}`;
    throw problem;
  }
}

openPage();
