/* Tables beside the graph: what the rows that are shown sum up to by site, class, package, thread. */
const LISTED = 200;
const PANELS = {
  sites: ["Sites", "Allocation site"],
  classes: ["Classes", "Class"],
  packages: ["Packages", "Package of the allocating code"],
  threads: ["Threads", "Thread"],
};

class Panel {
  /* act.find(text) searches for exactly that name; act.only(kind, text) filters by it. */
  constructor(box, recording, act) {
    this.box = box;
    this.recording = recording;
    this.act = act;
  }

  /* Sums of the rows that builder left, by the panel's kind, the largest first. */
  sums(kind, builder) {
    const { recording } = this;
    const { keep, figures, before, unit } = builder;
    const sums = new Map();
    for (let row = 0; row < recording.rows; row++) {
      if (!keep[row]) continue;
      const was = before === null ? 0 : before[unit][row];
      if (!(figures.bytes[row] > 0 || figures.objects[row] > 0 || was > 0)) continue;
      const key = this.key(kind, row);
      let sum = sums.get(key);
      if (sum === undefined) sums.set(key, (sum = { bytes: 0, objects: 0, before: 0, row }));
      sum.bytes += figures.bytes[row];
      sum.objects += figures.objects[row];
      sum.before += was;
    }
    const size = (sum) => (before === null ? sum[unit] : Math.abs(sum[unit] - sum.before));
    return [...sums.values()].sort((a, b) => size(b) - size(a));
  }

  key(kind, row) {
    const { recording } = this;
    const frame = recording.stackLabels[recording.rowStacks[row]];
    switch (kind) {
      case "sites":
        return frame * 4194304 + recording.rowClasses[row];
      case "classes":
        return recording.rowClasses[row];
      case "packages":
        return recording.rowStacks[row] === 0 ? "" : recording.packageOf(frame);
      default:
        return recording.threads[recording.rowThreads[row]];
    }
  }

  show(kind, builder) {
    this.box.hidden = kind === "" || PANELS[kind] === undefined;
    for (const tab of document.querySelectorAll("[data-panel]")) {
      tab.setAttribute("aria-pressed", String(tab.dataset.panel === kind));
    }
    if (this.box.hidden) return;
    const sums = this.sums(kind, builder);
    const { unit, before } = builder;
    const total = sums.reduce((all, sum) => all + sum[unit], 0);
    const heads = before === null ? ["Bytes", "Objects", "Share"] : ["Before", "After", "Change"];
    const table = element("table", {},
      element("caption", {}, `${PANELS[kind][0]}: ${countText(sums.length)}${sums.length > LISTED ? `, the ${LISTED} largest` : ""}`),
      element("thead", {}, element("tr", {}, ...[PANELS[kind][1], ...heads].map((head) => element("th", { scope: "col" }, head)))),
      element("tbody", {}, ...sums.slice(0, LISTED).map((sum) => this.row(kind, sum, unit, before !== null, total)))
    );
    this.box.replaceChildren(table);
  }

  row(kind, sum, unit, compared, total) {
    const text = unit === "bytes" ? bytesText : countText;
    const cells = compared
      ? [text(sum.before), text(sum[unit]), changeText(sum.before, sum[unit], text)]
      : [bytesText(sum.bytes), countText(sum.objects), percentText(total > 0 ? sum[unit] / total : 0)];
    return element("tr", {}, element("th", { scope: "row" }, ...this.name(kind, sum.row)),
      ...cells.map((cell) => element("td", {}, cell)));
  }

  name(kind, row) {
    const { recording, act } = this;
    const allocated = recording.rowClasses[row];
    const button = (text, title, does) => {
      const made = element("button", { type: "button", title }, element("bdi", {}, text));
      made.addEventListener("click", does);
      return made;
    };
    if (kind === "threads") {
      const name = recording.threads[recording.rowThreads[row]];
      return [button(name, "Show this thread only", () => act.only("threads", name))];
    }
    if (kind === "classes") {
      const name = recording.name(allocated);
      return [button(name, "Find in the graph", () => act.find(name)), only(button, act, "classes", name)];
    }
    const stack = recording.rowStacks[row];
    const frame = recording.stackLabels[stack];
    if (kind === "packages") {
      const name = stack === 0 ? "[unknown stack]" : recording.packageOf(frame) || "(no package)";
      const found = button(name, "Find in the graph", () => act.findPackage(name));
      if (stack === 0 || recording.packageOf(frame) === "") return [element("bdi", {}, name)];
      const narrowed = button("only", `Show stacks through ${name} only`, () => act.onlyPackage(name));
      narrowed.className = "only";
      return [found, narrowed];
    }
    const site = stack === 0 ? recording.name(recording.head.unknownLabel) : recording.name(frame);
    return [button(site, "Find in the graph", () => act.find(site)), element("small", {}, recording.name(allocated))];
  }
}

function only(button, act, kind, name) {
  const made = button("only", `Show ${name} only`, () => act.only(kind, name));
  made.className = "only";
  return made;
}
