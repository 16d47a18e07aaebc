/* Long work in slices, so that the page draws and answers in between. */
const SLICE_MILLIS = 14;

/* Runs a generator to its end and returns its value; null if isStale says so on the way. */
async function inSlices(generator, isStale) {
  for (;;) {
    const start = performance.now();
    let step;
    do step = generator.next();
    while (!step.done && performance.now() < start + SLICE_MILLIS);
    measured("heaplight: slice", start);
    if (step.done) return step.value;
    await nextTurn();
    if (isStale()) return null;
  }
}

/* Adds to the browser's list of measurements, which developer tools show; of each kind the latest. */
const MOST_MEASURES = 4000;
const measures = new Map();

function measured(name, start) {
  const count = (measures.get(name) || 0) + 1;
  measures.set(name, count % MOST_MEASURES);
  if (count === MOST_MEASURES) performance.clearMeasures(name);
  performance.measure(name, { start, end: performance.now() });
}

/* A message comes sooner than a timer, and after what the browser has to draw. */
function nextTurn() {
  if (typeof scheduler === "object" && scheduler.yield) return scheduler.yield();
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = resolve;
    channel.port2.postMessage(null);
  });
}
