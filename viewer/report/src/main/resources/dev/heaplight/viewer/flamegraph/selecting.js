/* Which rows a view is made of. All of this pauses now and then by yielding, see slices.js. */

/* For each of count names: 1 if it matches. */
function* matching(count, nameOf, pattern) {
  const matches = new Uint8Array(count);
  const { test } = filter(pattern);
  for (let i = 0; i < count; i++) {
    if (test(nameOf(i))) matches[i] = 1;
    if ((i & 4095) === 4095) yield;
  }
  return matches;
}

/* For each stack: 1 if it or one of its callers has a label that is marked. */
function* through(recording, marked) {
  const passes = new Uint8Array(recording.stacks);
  for (let stack = 1; stack < recording.stacks; stack++) {
    passes[stack] = marked[recording.stackLabels[stack]] | passes[recording.parents[stack]];
    if (stack % PAUSE === 0) yield;
  }
  return passes;
}

/* Numbers of the rows that the view's filters leave. */
function* selectRows(recording, view) {
  const { rowStacks, rowClasses, rowThreads } = recording;
  const labelName = (label) => recording.function(label);
  const keep = new Uint8Array(recording.rows).fill(1);
  const drop = function* (unwanted) {
    for (let row = 0; row < keep.length; row++) {
      if (unwanted(row)) keep[row] = 0;
      if (row % PAUSE === 0) yield;
    }
  };
  const given = (pattern) => pattern !== "" && filter(pattern).error === null;
  if (given(view.threads)) {
    const wanted = yield* matching(recording.threads.length, (t) => recording.threads[t], view.threads);
    yield* drop((row) => !wanted[rowThreads[row]]);
  }
  if (given(view.classes)) {
    const wanted = yield* matching(recording.labels, labelName, view.classes);
    yield* drop((row) => !wanted[rowClasses[row]]);
  }
  for (const [pattern, unwanted] of [[view.include, 0], [view.exclude, 1]]) {
    if (!given(pattern)) continue;
    const marked = yield* matching(recording.labels, (l) => (recording.isFrame(l) ? labelName(l) : ""), pattern);
    const passes = yield* through(recording, marked);
    yield* drop((row) => passes[rowStacks[row]] === unwanted);
  }
  return keep;
}

/* For each label: 1 if its frames are left out of stacks. */
function* hiddenLabels(recording, view) {
  const hidden = view.hide && filter(view.hide).error === null
    ? yield* matching(recording.labels, (label) => recording.function(label), view.hide)
    : new Uint8Array(recording.labels);
  for (let label = 0; label < recording.labels; label++) {
    if (!recording.isFrame(label)) hidden[label] = 0;
    else if (view.jdk === "hidden" && recording.kinds[label] === KIND.JDK) hidden[label] = 1;
    else if (view.frameworks === "hidden" && FRAMEWORKS.test(recording.className(label))) hidden[label] = 1;
    if ((label & 4095) === 4095) yield;
  }
  return hidden;
}
