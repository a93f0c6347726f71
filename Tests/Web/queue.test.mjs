import assert from "node:assert/strict";
import { test } from "node:test";
import { load, promised, settle } from "./assets.mjs";

const { createQueue } = await load("queue.js");
const files = (...names) => names.map((name) => ({ name, size: 10 }));

function queue(width = 3) {
  const sends = [];
  const self = createQueue({
    width,
    send: (item, { signal, progress }) => {
      const way = promised();
      sends.push({ item, mode: item.mode, signal, progress, ...way });
      signal.addEventListener("abort", () => way.reject(new Error("aborted")));
      return way.promise;
    },
  });
  const states = () => self.items.map((item) => item.state);
  return { self, sends, states };
}

test("no more than three go at once, and the next follows when one is done", async () => {
  const { self, sends, states } = queue();
  self.add(files("a", "b", "c", "d"));
  assert.deepEqual(states(), ["sending", "sending", "sending", "waiting"]);
  sends[1].resolve({ id: "doc" });
  await settle();
  assert.deepEqual(states(), ["sending", "done", "sending", "sending"]);
  assert.equal(self.sending, 3);
});

test("a failure keeps its sentence and can be tried again", async () => {
  const { self, sends, states } = queue();
  self.add(files("a"));
  sends[0].reject(new Error("The disk is full."));
  await settle();
  assert.deepEqual([states(), self.items[0].error], [["failed"], "The disk is full."]);
  self.retry(self.items[0].id);
  assert.deepEqual([states(), self.items[0].error], [["sending"], ""]);
  sends[1].resolve({});
  await settle();
  assert.deepEqual(states(), ["done"]);
});

test("a taken name is a question, and its answer goes with the next try", async () => {
  const { self, sends, states } = queue();
  self.add(files("a", "b"));
  for (const each of sends) each.reject(Object.assign(new Error("taken"), { code: "NAME_CONFLICT" }));
  await settle();
  assert.deepEqual(states(), ["conflict", "conflict"]);
  self.retry(self.items[0].id, "keep_both");
  self.skip(self.items[1].id);
  assert.deepEqual([states(), sends[2].mode], [["sending", "skipped"], "keep_both"]);
});

test("a cancelled upload is broken off, gives its place away, and an answer that is late changes nothing", async () => {
  const { self, sends, states } = queue(1);
  self.add(files("a", "b"));
  self.cancel(self.items[0].id);
  assert.ok(sends[0].signal.aborted);
  await settle();
  assert.deepEqual(states(), ["cancelled", "sending"]);
});

test("a cancelled upload that is tried again is not ended by the first one's end", async () => {
  const { self, sends, states } = queue(1);
  self.add(files("a"));
  self.cancel(self.items[0].id);
  self.retry(self.items[0].id);
  await settle();
  assert.deepEqual([states(), sends.length], [["sending"], 2]);
});

test("what is over is forgotten when asked, what is open is not", async () => {
  const { self, sends } = queue();
  self.add(files("a", "b", "c"));
  sends[0].resolve({});
  sends[1].reject(Object.assign(new Error(), { code: "NAME_CONFLICT" }));
  await settle();
  self.clear();
  assert.deepEqual(self.items.map((item) => item.name), ["b", "c"]);
  assert.equal(self.open, 2);
});
