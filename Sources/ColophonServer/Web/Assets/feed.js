// A workspace's feed as a page sees it: by the worker that all tabs share; where there is none, by the one tab that holds a lock and
// tells the others; where that is not to be had either, by a stream of its own. While none of them is live the page asks by itself.

import { openStream, streamURL } from "./stream.js";

const pollEvery = 10_000;
const workerPatience = 4_000;

// `on.state(state)`, `on.change(head)`, `on.resync()`; `on.poll()` while nothing is live. Closed, it says nothing any more.
export function openFeed({ workspace, cursor, on }) {
  let [state, link, poll, closed] = ["connecting", null, null, false];
  const listening = new AbortController();
  const { signal } = listening;

  const inner = {
    change: (head) => on.change(head),
    resync: () => on.resync(),
    state: (next) => {
      if (closed) return;
      state = next;
      on.state(next);
      clearInterval(poll);
      poll = next === "live" ? null : setInterval(() => navigator.onLine !== false && on.poll(), pollEvery);
    },
  };

  function connect() {
    inner.state("connecting");
    const from = cursor();
    const alone = () => (link = own(workspace, from, inner));
    const together = () => (navigator.locks && globalThis.BroadcastChannel ? (link = byLeader(workspace, from, inner)) : alone());
    if (!globalThis.SharedWorker) return together();
    try {
      link = byWorker(workspace, from, inner, together);
    } catch {
      together();
    }
  }

  // A page kept for the back button must not hold a connection, and finds one when it is shown again.
  addEventListener("pagehide", () => link?.close(), { signal });
  addEventListener("pageshow", (event) => event.persisted && (link?.close(), connect(), on.poll()), { signal });
  // Timers sleep in hidden tabs: a look when one is shown costs little.
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && state !== "live" && on.poll(), { signal });
  connect();
  return {
    close() {
      closed = true;
      listening.abort();
      clearInterval(poll);
      link?.close();
    },
  };
}

function own(workspace, cursor, on) {
  return openStream({ url: streamURL(workspace), cursor, on });
}

function byWorker(workspace, cursor, on, otherwise) {
  const worker = new SharedWorker(new URL("./feed-worker.js", import.meta.url), { type: "module" });
  const lock = `colophon-tab:${crypto.randomUUID?.() ?? Math.random()}`;
  let [done, release] = [false, () => {}];
  const giveUp = () => {
    if (done) return;
    close();
    otherwise();
  };
  let patience = setTimeout(giveUp, workerPatience);
  worker.addEventListener("error", giveUp);
  worker.port.onmessage = ({ data }) => {
    clearTimeout(patience);
    patience = null;
    if (!done) on[data.type]?.(data.state ?? data.head);
  };
  const join = (name) => !done && worker.port.postMessage({ type: "join", workspace, cursor, lock: name });
  if (navigator.locks) {
    navigator.locks
      .request(lock, () => {
        // Closed before its turn came: there is nothing to hold.
        if (done) return undefined;
        join(lock);
        return new Promise((resolve) => (release = resolve));
      })
      .catch(() => {});
  } else {
    join(null);
  }

  function close() {
    done = true;
    clearTimeout(patience);
    worker.port.postMessage({ type: "leave" });
    release();
    worker.port.close();
  }
  return { close };
}

function byLeader(workspace, cursor, on) {
  const name = `colophon-feed:${workspace}`;
  const channel = new BroadcastChannel(name);
  const ended = new AbortController();
  let [stream, head, release] = [null, null, () => {}];
  const tell = (message) => {
    on[message.type]?.(message.state ?? message.head);
    channel.postMessage(message);
  };
  channel.onmessage = ({ data }) => {
    if (data.type !== "hello") return on[data.type]?.(data.state ?? data.head);
    if (!stream) return;
    channel.postMessage({ type: "state", state: stream.state });
    if (head !== null) channel.postMessage({ type: "change", head });
  };
  navigator.locks
    .request(name, { signal: ended.signal }, () => {
      stream = own(workspace, cursor, {
        state: (state) => tell({ type: "state", state }),
        change: (next) => tell({ type: "change", head: (head = next) }),
        resync: () => tell({ type: "resync" }),
      });
      return new Promise((resolve) => (release = resolve));
    })
    .catch(() => {});
  channel.postMessage({ type: "hello" });
  return {
    close() {
      ended.abort();
      stream?.close();
      release();
      channel.close();
    },
  };
}
