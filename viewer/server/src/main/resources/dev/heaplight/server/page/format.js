/* How figures are written where one may not be known. */
export const UNKNOWN = -1;

export function bytes(value) {
  return value === undefined || value === null || value < 0 ? "–" : bytesText(value);
}

export function duration(millis) {
  return millis === undefined || millis < 0 ? "–" : durationText(Math.round(millis));
}

export function ago(millis, now = Date.now()) {
  return millis > 0 ? durationText(Math.max(0, Math.round((now - millis) / 1000) * 1000)) : "–";
}

export function clock(millis) {
  if (!(millis > 0)) return "–";
  const at = new Date(millis);
  const two = (number) => String(number).padStart(2, "0");
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/* A word in a frame, coloured by what it says. */
export function badge(word, kind = word) {
  return element("span", { class: `badge ${kind.replace(/[^\w-]/g, "-")}` }, word);
}

/* A command line in brief: its program or class without what leads there, and its first argument. */
export function program(command) {
  const [name, argument] = command.split(" ");
  const short = name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf(".")) + 1) || "[unknown]";
  return argument ? `${short} ${argument.length > 24 ? `${argument.slice(0, 24)}…` : argument}` : short;
}
