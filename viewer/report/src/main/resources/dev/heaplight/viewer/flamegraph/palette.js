/* Colours of boxes. Frames: one hue per library, shaded by package; the JDK grey, allocated classes
   green. Comparisons: blue shrank, orange grew, which every common colour blindness tells apart. */
const HUES = [204, 214, 224, 234, 244, 254, 264, 274, 346, 358, 10, 20, 28, 36, 44, 52];

class Palette {
  constructor() {
    this.recording = null;
    this.fills = new Map();
    this.dark = isDark();
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    this.surface = colour("--surface");
    this.text = colour("--text");
    this.match = colour("--match");
    this.accent = colour("--accent");
    this.mono = colour("--mono");
    this.onMatch = this.dark ? "#1b0716" : "#ffffff";
    this.onBox = this.dark ? "#f1f0ec" : "#1e2126";
  }

  /* Fill of a label; one recording's are remembered. */
  of(recording, label) {
    if (recording !== this.recording) {
      this.recording = recording;
      this.fills.clear();
    }
    let fill = this.fills.get(label);
    if (fill === undefined) {
      fill = this.newFill(label);
      this.fills.set(label, fill);
    }
    return fill;
  }

  newFill(label) {
    const { recording, dark } = this;
    const parts = recording.packageOf(label).split(".");
    const shade = hash(parts.join(".")) % 9;
    switch (recording.kinds[label]) {
      case KIND.APPLICATION: {
        // Green is left to allocated classes, magenta to search matches.
        const hue = HUES[hash(parts.slice(0, 2).join(".")) % HUES.length] + (shade % 3) * 3 - 3;
        return dark ? `hsl(${hue} 34% ${31 + shade}%)` : `hsl(${hue} 72% ${74 + shade * 1.1}%)`;
      }
      case KIND.JDK:
        return dark ? `hsl(214 8% ${27 + shade}%)` : `hsl(214 13% ${80 + shade}%)`;
      case KIND.ALLOCATED:
        return dark ? `hsl(166 42% ${27 + shade * 0.8}%)` : `hsl(163 38% ${60 + shade * 1.3}%)`;
      case KIND.ROOT:
        return dark ? "#3d3934" : "#e7e3da";
      default:
        return dark ? "#2b2e31" : "#ecebe6";
    }
  }

  /* From -1, all gone, over 0, the same, to 1, all new; in steps, so that few colours are made. */
  ofChange(before, after) {
    const larger = Math.max(before, after);
    const change = larger > 0 ? (after - before) / larger : 0;
    const step = Math.sign(change) * Math.ceil(Math.abs(change) * 8);
    if (step === 0) return this.dark ? "#45484c" : "#e4e3df";
    const strength = Math.abs(step) / 8;
    const hue = step > 0 ? 22 : 211;
    return this.dark
      ? `hsl(${hue} ${30 + 45 * strength}% ${30 + 14 * strength}%)`
      : `hsl(${hue} ${55 + 35 * strength}% ${90 - 28 * strength}%)`;
  }
}

/* Whether the page is dark: by its own toggle, else as the system is. */
function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

/* FNV-1a, as in SvgColours.java, so that a package has the same colour in a picture. */
function hash(text) {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  return (h ^ (h >>> 15)) >>> 0;
}
