/* Figures and names as text. Bytes are written as in the other reports. */
const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

function bytesText(bytes) {
  let value = bytes;
  let unit = 0;
  while (value >= 1023.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  if (unit === 0) return `${bytes} B`;
  return `${value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0)} ${UNITS[unit]}`;
}

function countText(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

function percentText(share) {
  if (share > 0 && share < 0.0005) return "< 0.1 %";
  return `${(share * 100).toFixed(1)} %`;
}

function durationText(millis) {
  if (millis < 1000) return `${millis} ms`;
  if (millis < 60000) return `${Math.floor(millis / 1000)}.${Math.floor((millis % 1000) / 100)} s`;
  const seconds = Math.floor(millis / 1000);
  return seconds < 3600
    ? `${Math.floor(seconds / 60)} min ${seconds % 60} s`
    : `${countText(Math.floor(seconds / 3600))} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/* A change: by how much, and how many percent of what was before. */
function changeText(before, after, text) {
  const change = after - before;
  const sign = change > 0 ? "+" : change < 0 ? "−" : "±";
  const times = before > 0 ? after / before : 0;
  const percent = `, ${sign}${((Math.abs(change) / before) * 100).toFixed(1)} %`;
  const share = before > 0 ? (times >= 10 ? `, ${countText(Math.round(times))} times` : percent) : change > 0 ? ", new" : "";
  return `${sign}${text(Math.abs(change))}${share}`;
}

/* Control and direction characters would hide or reorder what a name says: show their codes. */
function visible(text) {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`
  );
}

/* A new element; children are elements or text, and text is never markup. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
