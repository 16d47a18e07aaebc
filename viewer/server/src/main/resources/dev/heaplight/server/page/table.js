/* Tables: of rows at hand, and of rows that the server sorts and gives out by the page. */
const ROWS = 100;

/* A table; each column is { title, cell(row) → text or element, left, name, sort }. */
export function table(columns, rows, head) {
  const body = rows.map((row) =>
    element("tr", {}, ...columns.map((column) => element("td", kind(column), column.cell(row))))
  );
  return element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...columns.map(head || ((column) => element("th", { scope: "col", ...kind(column) }, column.title))))),
    element("tbody", {}, ...body)
  );
}

function kind(column) {
  const names = [column.left || column.name ? "left" : "", column.name ? "name" : "", column.actions ? "actions left" : ""];
  return { class: names.filter(Boolean).join(" ") };
}

/*
 * A table in a place of the page, a page at a time. load({ sort, offset, limit }) asks the server,
 * columns may change with each answer. Kept as it is while the user is in it with the keyboard.
 */
export class PagedTable {
  constructor(place, pages, columns, load, sort) {
    Object.assign(this, { place, pages, columns, load, sort, offset: 0, turn: 0 });
  }

  /* Shows the first page again: what is asked for has changed. */
  restart() {
    this.offset = 0;
    return this.refresh();
  }

  async refresh() {
    const turn = ++this.turn;
    const answer = await this.load({ sort: this.sort, offset: this.offset, limit: ROWS });
    if (turn !== this.turn) return; // a later one was asked for meanwhile
    const focused = this.place.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    const top = this.place.scrollTop;
    this.place.replaceChildren(
      answer.rows.length ? table(this.columns, answer.rows, (column) => this.heading(column)) : element("p", { class: "nothing" }, this.nothing || "Nothing here.")
    );
    this.place.scrollTop = top;
    if (focused) this.place.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    this.showPages(answer);
  }

  heading(column) {
    if (!column.sort) return element("th", { scope: "col", ...kind(column) }, column.title);
    const bare = this.sort.replace("-", "");
    const sorted = bare === column.sort ? { "aria-sort": this.sort.startsWith("-") ? "ascending" : "descending" } : {};
    const button = element("button", { type: "button", "data-key": `sort-${column.sort}` }, column.title + (sorted["aria-sort"] ? (this.sort.startsWith("-") ? " ▴" : " ▾") : ""));
    button.addEventListener("click", () => {
      this.sort = this.sort === column.sort ? `-${column.sort}` : column.sort;
      this.restart();
    });
    return element("th", { scope: "col", ...kind(column), ...sorted }, button);
  }

  showPages(answer) {
    const end = answer.offset + answer.rows.length;
    const range = answer.total ? `${countText(answer.offset + 1)}–${countText(end)} of ${countText(answer.total)}` : "none";
    const waiting = answer.waiting ? ` (${countText(answer.waiting)} still being read)` : "";
    const focused = this.pages.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    this.pages.replaceChildren(
      element("span", {}, range + waiting),
      this.step("‹", "Page before", answer.offset - ROWS, answer.offset > 0),
      this.step("›", "Next page", end, end < answer.total)
    );
    if (focused) this.pages.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  step(text, label, offset, possible) {
    const button = element("button", { type: "button", "aria-label": label, "data-key": label }, text);
    button.disabled = !possible;
    button.addEventListener("click", () => {
      this.offset = Math.max(0, offset);
      this.place.scrollTop = 0;
      this.refresh();
    });
    return button;
  }
}
