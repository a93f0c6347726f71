// Requests to the server's own API; every failure is a Problem with a sentence for people.

import { Problem, problemOf, unreadable } from "./problem.js";

const unreachable = "The server cannot be reached.";
const patience = 30_000;

async function send(method, path, { body, signal, headers = {} } = {}) {
  const limit = AbortSignal.timeout(patience);
  let response;
  try {
    response = await fetch(path, {
      method,
      credentials: "same-origin",
      cache: "no-store",
      headers: { Accept: "application/json", ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: signal && AbortSignal.any ? AbortSignal.any([signal, limit]) : (signal ?? limit),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem({ message: unreachable });
  }
  if (!response.ok) throw problemOf(response.status, await response.text().catch(() => ""), response.headers.get("Retry-After"));
  return response;
}

async function json(response) {
  try {
    return await response.json();
  } catch {
    throw unreadable();
  }
}

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

// Reads are repeated where the server says when; writes never are.
async function read(path, options) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await send("GET", path, options);
    } catch (error) {
      const wait = error instanceof Problem && error.retryAfter;
      if (!wait || wait > 10 || attempt === 2) throw error;
      await pause(wait + Math.random());
    }
  }
}

export async function get(path, options) {
  return json(await read(path, options));
}

export async function change(method, path, body, options) {
  const response = await send(method, path, { ...options, body });
  return response.status === 204 ? null : json(response);
}

// The beginning of a text, at most so many bytes of it.
export async function text(path, most, options) {
  const response = await read(path, { ...options, headers: { Accept: "text/plain" } });
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let [got, size] = ["", 0];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { text: got + decoder.decode(), cut: false };
      size += value.byteLength;
      got += decoder.decode(value, { stream: true });
      if (size > most) {
        await reader.cancel();
        return { text: got, cut: true };
      }
    }
  } catch {
    throw unreadable();
  }
}

// The paths of one workspace.
export function workspaceAPI(workspace) {
  return `/api/v1/workspaces/${encodeURIComponent(workspace)}`;
}
