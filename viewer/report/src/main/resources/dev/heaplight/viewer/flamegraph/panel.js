/* Tables beside the graph: what the rows that are shown sum up to by site, class, package, thread. */
const PANELS = {
  sites: ["Sites", "Allocation site"],
  classes: ["Classes", "Class"],
  packages: ["Packages", "Package of the allocating code"],
  threads: ["Threads", "Thread"],
};

class Panel {
  /* act.find(text) searches for exactly that name; act.only(kind, text) filters by it. */
  constructor(box, act) {
    this.box = box;
    this.act = act;
    this.kind = this.builder = this.shown = null;
  }

  /* Sums up and shows; what is shown already stays as it is, and with it where the focus is. */
  show(kind, builder) {
    this.box.hidden = kind === "" || PANELS[kind] === undefined;
    for (const tab of document.querySelectorAll("[data-panel]")) {
      tab.setAttribute("aria-pressed", String(tab.dataset.panel === kind));
    }
    if (kind === this.kind && builder === this.builder) return this.shown;
    this.kind = kind;
    this.builder = builder;
    this.shown = this.box.hidden ? Promise.resolve() : this.sumUp(kind, builder);
    return this.shown;
  }

  async sumUp(kind, builder) {
    const isStale = () => kind !== this.kind || builder !== this.builder;
    const sums = await inSlices(rowSums(builder.recording, builder, kind), isStale);
    if (sums !== null) this.draw(kind, builder, sums);
  }

  /* Leaves what is being summed up, since another view is to come. */
  leave() {
    this.builder = null;
  }

  draw(kind, builder, { largest, count, total }) {
    const { unit, before } = builder;
    this.recording = builder.recording;
    const heads = before === null ? ["Bytes", "Objects", "Share"] : ["Before", "After", "Change"];
    const table = element("table", {},
      element("caption", {}, `${PANELS[kind][0]}: ${countText(count)}${count > LISTED ? `, the ${LISTED} largest` : ""}`),
      element("thead", {}, element("tr", {}, ...[PANELS[kind][1], ...heads].map((head) => element("th", { scope: "col" }, head)))),
      element("tbody", {}, ...largest.map((sum) => this.row(kind, sum, unit, before !== null, total)))
    );
    const focused = this.box.contains(document.activeElement) ? nameOf(document.activeElement) : null;
    this.box.replaceChildren(table);
    if (focused === null) return;
    const same = [...table.querySelectorAll("button")].find((button) => nameOf(button) === focused);
    (same || this.box).focus();
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
      const made = element("button", { type: "button", title }, element("bdi", {}, ...breakable(text)));
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
    return [button(site, "Find in the graph", () => act.find(site)), element("small", {}, ...breakable(recording.name(allocated)))];
  }
}

/* A name that is broken at its dots where it has to be. */
function breakable(name) {
  const [first, ...others] = name.split(".");
  return [first, ...others.flatMap((part) => [".", element("wbr", {}), part])];
}

/* What tells a button of the panel from the others, in any drawing of it. */
function nameOf(button) {
  const row = button.closest("tr");
  return `${button.title} ${row === null ? "" : row.querySelector("th").textContent}`;
}

function only(button, act, kind, name) {
  const made = button("only", `Show ${name} only`, () => act.only(kind, name));
  made.className = "only";
  return made;
}
