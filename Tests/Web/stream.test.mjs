import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeTimers, load } from "./assets.mjs";

const { openStream, streamURL } = await load("stream.js");

function open(options = {}) {
  const timers = fakeTimers();
  const sources = [];
  class Source {
    constructor(url) {
      Object.assign(this, { url, readyState: 0, closed: false, listeners: {} });
      sources.push(this);
    }
    addEventListener(name, act) {
      this.listeners[name] = act;
    }
    emit(name, data, lastEventId = "") {
      this.listeners[name]?.({ data: JSON.stringify(data), lastEventId });
    }
    close() {
      this.closed = true;
    }
  }
  const seen = { states: [], heads: [], resyncs: 0 };
  const stream = openStream({
    url: streamURL("w 1"),
    cursor: "5",
    on: { state: (state) => seen.states.push(state), change: (head) => seen.heads.push(head), resync: () => (seen.resyncs += 1) },
    EventSource: Source,
    timers,
    random: () => 1,
    ...options,
  });
  return { stream, sources, timers, seen };
}

test("it begins at the cursor of the list, in the workspace's own path", () => {
  const { sources } = open();
  assert.equal(sources[0].url, "/api/v1/workspaces/w%201/documents/stream?cursor=5");
});

test("a head beyond the list is news, and so is every change", () => {
  const { sources, seen } = open();
  sources[0].emit("ready", { lastId: "9" }, "5");
  sources[0].emit("document.changed", { documentId: "a", op: "upsert", id: "10" }, "10");
  sources[0].emit("document.deleted", { documentId: "a", op: "delete", id: "11" }, "11");
  assert.deepEqual([seen.states, seen.heads], [["live"], ["9", "10", "11"]]);
});

test("while the browser reconnects by itself nothing is opened beside it", async () => {
  const { sources, timers, seen } = open();
  sources[0].emit("ready", { lastId: null }, "5");
  sources[0].emit("error");
  await timers.pass(10_000);
  assert.deepEqual([sources.length, seen.states], [1, ["live", "reconnecting"]]);
});

test("after a fatal error a new one is opened where the old one ended, later each time", async () => {
  const { sources, timers } = open();
  sources[0].emit("document.changed", { id: "7" }, "7");
  const fatal = (source) => {
    source.readyState = 2;
    source.emit("error");
  };
  fatal(sources[0]);
  await timers.pass(1299);
  assert.equal(sources.length, 1);
  await timers.pass(1);
  assert.match(sources[1].url, /cursor=7$/);
  fatal(sources[1]);
  await timers.pass(2299);
  assert.equal(sources.length, 2);
  await timers.pass(1);
  assert.equal(sources.length, 3);
});

test("a connection that says nothing for three keep-alives is given up", async () => {
  const { sources, timers } = open();
  sources[0].emit("ready", { lastId: "5" }, "5");
  await timers.pass(40_000);
  sources[0].emit("keepalive", {});
  await timers.pass(40_000);
  assert.equal(sources.length, 1);
  await timers.pass(10_000);
  assert.deepEqual([sources[0].closed, sources.length], [true, 2]);
});

test("a lost place is told, and the stream goes on from the head", async () => {
  const { sources, timers, seen } = open();
  sources[0].emit("documents.resync", { reason: "cursor_expired", floor: "20", head: "41" });
  assert.equal(seen.resyncs, 1);
  sources[0].readyState = 2;
  sources[0].emit("error");
  await timers.pass(5000);
  assert.match(sources[1].url, /cursor=41$/);
});

test("a frame that is no JSON breaks nothing", () => {
  const { sources, seen } = open();
  sources[0].listeners["document.changed"]({ data: "{", lastEventId: "8" });
  assert.deepEqual(seen.heads, ["8"]);
});

test("closed is closed", async () => {
  const { stream, sources, timers } = open();
  stream.close();
  await timers.pass(100_000);
  assert.deepEqual([sources.length, sources[0].closed, timers.pending()], [1, true, 0]);
});

test("when the network is back the stream is opened anew, though its connection may have outlived the break", () => {
  const system = new EventTarget();
  globalThis.addEventListener = (...each) => system.addEventListener(...each);
  globalThis.removeEventListener = (...each) => system.removeEventListener(...each);
  const { stream, sources, seen } = open();
  sources[0].emit("ready", { lastId: "5" }, "5");
  system.dispatchEvent(new Event("online"));
  assert.equal(sources.length, 1);
  system.dispatchEvent(new Event("offline"));
  system.dispatchEvent(new Event("online"));
  assert.deepEqual([sources[0].closed, sources.length], [true, 2]);
  sources[1].emit("ready", { lastId: "5" }, "5");
  assert.deepEqual(seen.states, ["live", "offline", "live"]);
  stream.close();
  delete globalThis.addEventListener;
  delete globalThis.removeEventListener;
});
