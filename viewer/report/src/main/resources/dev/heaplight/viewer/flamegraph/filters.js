/* The form of filters, and what of them is on, each with a button that takes it off. */
const PATTERNS = {
  threads: "Threads",
  classes: "Classes",
  include: "Stacks through",
  exclude: "No stacks through",
  hide: "Hidden frames",
};
const SWITCHES = {
  jdk: ["hidden", "JDK frames hidden"],
  frameworks: ["hidden", "Framework frames hidden"],
  recursion: ["collapsed", "Recursion collapsed"],
  split: ["by-thread", "One tree for each thread"],
};

class Filters {
  /* change(part) is told members of the view; whole(from, to) is the window that can be shown. */
  constructor(form, chips, change, whole) {
    this.form = form;
    this.chips = chips;
    this.change = change;
    this.whole = whole;
    for (const field of this.windowFields()) field.addEventListener("change", () => this.windowGiven());
    for (const key of Object.keys(PATTERNS)) this.listenToPattern(key);
    for (const [key, [on]] of Object.entries(SWITCHES)) {
      form.elements[key].addEventListener("change", (event) =>
        change({ [key]: event.target.checked ? on : DEFAULTS[key] })
      );
    }
    form.addEventListener("submit", (event) => event.preventDefault());
    form.elements.clear.addEventListener("click", () => change(cleared()));
  }

  /* Applied on Enter or when the field is left; a pattern that is not valid stays in the field. */
  listenToPattern(key) {
    const field = this.form.elements[key];
    field.addEventListener("input", () => {
      const { error } = filter(field.value);
      field.setAttribute("aria-invalid", String(error !== null));
      field.title = error === null ? "" : `Not a valid regular expression: ${error}`;
    });
    field.addEventListener("change", () => {
      if (filter(field.value).error === null) this.change({ [key]: field.value });
    });
  }

  windowFields() {
    return [this.form.elements.from, this.form.elements.to];
  }

  /* What ends before it begins, or is no number, stays in its field. */
  windowGiven() {
    const fields = this.windowFields();
    const [from, to] = fields.map((field) => (field.value === "" ? null : Math.round(Number(field.value) * 1000)));
    const isWrong = fields.some((field) => !field.validity.valid) || (from !== null && to !== null && from >= to);
    for (const field of fields) field.setAttribute("aria-invalid", String(isWrong));
    if (!isWrong) this.change(this.whole(from, to));
  }

  /* isTimed: whether the recording knows anything by time. */
  show(view, isTimed) {
    for (const field of this.windowFields()) {
      const millis = view[field.name];
      field.value = millis === null ? "" : String(millis / 1000);
      field.setAttribute("aria-invalid", "false");
      field.disabled = !isTimed;
    }
    for (const key of Object.keys(PATTERNS)) this.form.elements[key].value = view[key];
    for (const [key, [on]] of Object.entries(SWITCHES)) this.form.elements[key].checked = view[key] === on;
    const chips = [];
    for (const [key, words] of Object.entries(PATTERNS)) {
      if (view[key]) chips.push(this.chip(`${words}: ${visible(view[key])}`, { [key]: "" }));
    }
    for (const [key, [on, words]] of Object.entries(SWITCHES)) {
      if (view[key] === on) chips.push(this.chip(words, { [key]: DEFAULTS[key] }));
    }
    if (view.from !== null || view.to !== null) {
      chips.push(this.chip(`Time: ${windowText(view.from, view.to)}`, { from: null, to: null }));
    }
    if (view.depth !== null) chips.push(this.chip(`${view.depth} frames deep`, { depth: null }));
    if (view.tree === "around") {
      chips.push(this.chip(`Callers and callees of ${visible(view.method)}`, { tree: "down", method: "" }));
    }
    this.chips.replaceChildren(...chips);
    this.chips.hidden = chips.length === 0;
  }

  chip(text, off) {
    const chip = element("button", { type: "button", title: "Take this off" }, element("bdi", {}, text), " ✕");
    chip.addEventListener("click", () => this.change(off));
    return element("li", {}, chip);
  }
}

function cleared() {
  const keys = [...Object.keys(PATTERNS), ...Object.keys(SWITCHES), "depth", "from", "to"];
  return Object.fromEntries(keys.map((key) => [key, DEFAULTS[key]]));
}

function windowText(from, to) {
  const seconds = (millis) => `${(millis / 1000).toFixed(2)} s`;
  if (to === null) return `from ${seconds(from)} on`;
  return `${seconds(from === null ? 0 : from)} to ${seconds(to)}`;
}
