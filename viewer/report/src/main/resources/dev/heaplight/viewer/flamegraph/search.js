/* Which labels match a text or a regular expression, and how much the matches make up. */
class Search {
  constructor(graph) {
    this.graph = graph;
    this.clear();
  }

  clear() {
    this.text = "";
    this.error = null;
    this.matches = null;
    this.nodes = 0;
  }

  /* A text matches in any case; an expression that is not valid changes nothing but the error. */
  run(text, regex) {
    if (text === "") {
      this.clear();
      return;
    }
    let test;
    if (regex) {
      let expression;
      try {
        expression = new RegExp(text, "iu");
      } catch (e) {
        try {
          expression = new RegExp(text, "i");
        } catch (invalid) {
          this.clear();
          this.text = text;
          this.error = invalid.message.replace(/^.*?: (?=[^:]*$)/, "");
          return;
        }
      }
      test = (name) => expression.test(name);
    } else {
      const wanted = text.toLowerCase();
      test = (name) => name.toLowerCase().includes(wanted);
    }
    this.text = text;
    this.error = null;
    this.matches = Uint8Array.from(this.graph.names, (name, label) =>
      this.graph.kinds[label] !== KIND.ROOT && test(name) ? 1 : 0
    );
  }

  get active() {
    return this.matches !== null;
  }

  /* Sum of the matching nodes below one node; a match inside a match counts once. */
  total(metric, below) {
    const graph = this.graph;
    const totals = graph[metric].totals;
    let sum = 0;
    let nodes = 0;
    for (let node = below, next = below; node < graph.ends[below]; node++) {
      if (!this.matches[graph.labels[node]]) continue;
      nodes++;
      if (node >= next) {
        sum += totals[node];
        next = graph.ends[node];
      }
    }
    this.nodes = nodes;
    return sum;
  }
}
