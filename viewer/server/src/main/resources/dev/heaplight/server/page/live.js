/* Talks to the server: views as they come, and whatever else is asked for. */
export const state = { node: 0, view: null };

let retryMillis = 1000;

/* The path of what the chosen node's server answers. */
export function at(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== "" && value !== null && value !== undefined && value !== false) query.set(name, value);
  }
  const text = query.toString();
  return `${state.node ? `/node/${state.node}` : ""}${path}${text ? `?${text}` : ""}`;
}

/* What the chosen node's server answers, or an error in words. */
export async function ask(path, parameters) {
  let answer;
  try {
    answer = await fetch(at(path, parameters));
  } catch {
    throw new Error("The server does not answer: it was stopped, or this machine is offline.");
  }
  if (answer.status === 401) {
    throw new Error("The server asks for its token: open the address that heaplight serve printed.");
  }
  const json = await answer.json();
  if (!answer.ok) throw new Error(json.error || `The server answers with status ${answer.status}.`);
  return json;
}

/*
 * Calls told with each new view of this server, and connected with whether there is a connection.
 * A browser gives a stream up for good when the server refuses it, so it is opened again here.
 */
export function listen(told, connected) {
  const stream = new EventSource("/api/live");
  stream.addEventListener("view", (event) => {
    retryMillis = 1000;
    connected(true);
    told(JSON.parse(event.data));
  });
  stream.addEventListener("error", () => {
    connected(false);
    stream.close();
    setTimeout(() => listen(told, connected), retryMillis);
    retryMillis = Math.min(10000, retryMillis * 2);
  });
}
