// The calls of the service, one function each. Knows the addresses and the errors, not the page.

import { events } from "./events.js";
import { askForKey, keyHeaders } from "./keys.js";

/** What went wrong, in the service's own sentence; `retryAfter` is in seconds, null if not said. */
export class Problem extends Error {
  constructor({ title, detail, status, instance, retry_after: retryAfter }, waiting = null) {
    super(detail || title || "Something went wrong, and the service did not say what.");
    this.title = detail && title ? title : null;
    this.status = status ?? null;
    this.instance = instance ?? null; // what the service's log has this under
    const seconds = Number.parseInt(waiting ?? retryAfter, 10);
    this.retryAfter = Number.isNaN(seconds) ? null : seconds;
  }
}

/** Ask; yields the events `passages`, `claim` and, last, `answer`. Throws a Problem. */
export async function* ask(request, signal) {
  const response = await call("/v1/ask", {
    method: "POST", body: { ...request, stream: true }, accept: "text/event-stream", signal,
  });
  if (!response.headers.get("content-type")?.startsWith("text/event-stream")) {
    yield { event: "answer", data: await response.json() };
    return;
  }
  for await (const message of unbroken(events(response.body))) {
    if (message.event === "error") throw new Problem(message.data);
    yield message;
    if (message.event === "answer") return;
  }
  throw broken();
}

export const storedAnswer = (id) => json(`/v1/answers/${encodeURIComponent(id)}`);
export const listSources = () => json("/v1/sources");
export const verifyCitation = (body) => json("/v1/citations/verify", { method: "POST", body });

/** One article with its text, in the version that was cited. */
export function getArticle(id, version) {
  const query = version ? `?version=${encodeURIComponent(version)}` : "";
  return json(`/v1/articles/${encodeURIComponent(id)}${query}`);
}

/** The article's history, the oldest version first. */
export const getVersions = (id) => json(`/v1/articles/${encodeURIComponent(id)}/versions`);

async function json(path, options) {
  return (await call(path, options)).json();
}

async function call(path, { method = "GET", body, accept = "application/json", signal } = {}) {
  const headers = { Accept: accept, ...keyHeaders() };
  if (body) headers["Content-Type"] = "application/json";
  const response = await reach(path, { method, headers, signal, body: body && JSON.stringify(body) });
  if (response.ok) return response;
  if (response.status === 401 && (await askForKey())) {
    return call(path, { method, body, accept, signal });
  }
  const said = await response.json().catch(() => ({ title: response.statusText }));
  throw new Problem({ status: response.status, ...said }, response.headers.get("retry-after"));
}

async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem({ title: "No connection", detail: "The service could not be reached. Check that it is running, then ask again." });
  }
}

async function* unbroken(stream) {
  try {
    yield* stream;
  } catch (error) {
    throw error.name === "AbortError" ? error : broken();
  }
}

function broken() {
  return new Problem({ title: "Cut off", detail: "The connection ended before the answer was complete. Ask again." });
}
