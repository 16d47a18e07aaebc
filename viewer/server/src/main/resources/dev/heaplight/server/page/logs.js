import { ask, at } from "./live.js";
import { ago, badge, bytes } from "./format.js";
import { PagedTable } from "./table.js";

const by = (id) => document.getElementById(id);
const chosen = [];

const columns = [
  { title: "", left: true, cell: choice },
  { title: "File", name: true, sort: "name", cell: (row) => element("bdi", { title: row.name }, visible(row.name)) },
  { title: "Size", sort: "size", cell: (row) => bytes(row.sizeBytes) },
  { title: "Age", sort: "age", cell: (row) => ago(row.modifiedMillis) },
  { title: "State", left: true, cell: (row) => (row.state ? badge(row.state === "open" ? "running" : row.state) : "") },
  { title: "", actions: true, cell: actions },
];

/* Two recordings can be chosen; a third takes the place of the first. */
function choice(row) {
  if (!row.recording) return "";
  const box = element("input", { type: "checkbox", "aria-label": `Choose ${visible(row.name)} to compare`, "data-key": `c${row.name}` });
  box.checked = chosen.includes(row.name);
  box.addEventListener("change", () => {
    if (box.checked) {
      chosen.push(row.name);
      if (chosen.length > 2) chosen.shift();
    } else {
      chosen.splice(chosen.indexOf(row.name), 1);
    }
    by("compare").disabled = chosen.length !== 2;
    list.refresh();
  });
  return box;
}

function actions(row) {
  const span = element("span", {});
  const name = visible(row.name);
  span.append(element("a", { href: at("/file", { file: row.name }), download: row.name.split("/").pop(), "data-key": `d${row.name}`, "aria-label": `Download ${name}` }, "download"));
  if (row.recording && row.state !== "damaged") {
    span.append(" ", element("a", { href: `#/graph?file=${encodeURIComponent(row.name)}`, "data-key": `g${row.name}`, "aria-label": `Flame graph of ${name}` }, "flame graph"));
  }
  return span;
}

const list = new PagedTable(
  by("logs").querySelector(".table"),
  by("logs").querySelector(".pages"),
  columns,
  (parameters) => ask("/api/logs", { ...parameters, filter: by("log-filter").value, only: by("log-only").checked ? "recordings" : "" }),
  "age"
);
list.nothing = "There are no such files yet.";

by("log-filter").addEventListener("input", () => list.restart());
by("log-only").addEventListener("change", () => list.restart());
by("compare").addEventListener("click", () => {
  location.hash = `/graph?file=${encodeURIComponent(chosen[1])}&base=${encodeURIComponent(chosen[0])}`;
});

export const view = {
  update: () => list.refresh(),
  search: by("log-filter"),
};
