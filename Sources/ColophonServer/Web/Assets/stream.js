// One stream of changes that outlives what EventSource gives up on. Used by the shared worker and by pages without one.

import { fullJitter } from "./backoff.js";

// The server says something every 15 seconds; after three silences the connection is dead, whatever the system says.
const silenceMost = 45_000;

// Tells `on.state` (live, reconnecting, offline), `on.change` with a cursor after which to look, and `on.resync`.
export function openStream({ url, cursor, on, EventSource = globalThis.EventSource, timers = globalThis, random = Math.random }) {
  let [source, failures, closed, state] = [null, 0, false, ""];
  let [last, retry, silence] = [cursor ?? null, null, null];

  function say(next) {
    if (state === next || closed) return;
    state = next;
    on.state(next);
  }

  function heard(event) {
    if (event?.lastEventId) last = event.lastEventId;
    timers.clearTimeout(silence);
    silence = timers.setTimeout(() => fail(), silenceMost);
  }

  function connect() {
    if (closed) return;
    source?.close();
    const mine = new EventSource(url(last));
    source = mine;
    const listen = (name, act) =>
      mine.addEventListener(name, (event) => {
        if (source !== mine) return;
        heard(event);
        act(event);
      });
    listen("ready", (event) => {
      failures = 0;
      say("live");
      const head = read(event).lastId;
      if (head != null) on.change(head);
    });
    listen("document.changed", (event) => on.change(read(event).id ?? event.lastEventId));
    listen("document.deleted", (event) => on.change(read(event).id ?? event.lastEventId));
    listen("keepalive", () => {});
    listen("documents.resync", (event) => {
      last = read(event).head ?? last;
      on.resync();
    });
    mine.addEventListener("error", () => {
      if (source !== mine) return;
      // CONNECTING means that the browser tries again by itself, as `retry:` says.
      if (mine.readyState === 2) fail();
      else say(isOffline() ? "offline" : "reconnecting");
    });
    heard();
  }

  function fail() {
    source?.close();
    source = null;
    timers.clearTimeout(silence);
    say(isOffline() ? "offline" : "reconnecting");
    timers.clearTimeout(retry);
    retry = timers.setTimeout(connect, 300 + fullJitter(failures, { random }));
    failures += 1;
  }

  function read(event) {
    try {
      return JSON.parse(event.data) ?? {};
    } catch {
      return {};
    }
  }

  function isOffline() {
    return globalThis.navigator?.onLine === false;
  }

  // The system knows first when the network is back, or gone. Whether a connection outlived the break shows on a new one soonest.
  const online = () => state !== "live" && !closed && (timers.clearTimeout(retry), connect());
  const offline = () => say("offline");
  globalThis.addEventListener?.("online", online);
  globalThis.addEventListener?.("offline", offline);
  connect();

  return {
    close() {
      closed = true;
      source?.close();
      timers.clearTimeout(retry);
      timers.clearTimeout(silence);
      globalThis.removeEventListener?.("online", online);
      globalThis.removeEventListener?.("offline", offline);
    },
    get state() {
      return state;
    },
    get last() {
      return last;
    },
  };
}

// The address of a workspace's stream, to be followed from a cursor.
export function streamURL(workspace) {
  const path = `/api/v1/workspaces/${encodeURIComponent(workspace)}/documents/stream`;
  return (cursor) => (cursor == null ? path : `${path}?cursor=${encodeURIComponent(cursor)}`);
}
