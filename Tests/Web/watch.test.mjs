import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeTimers, load, promised } from "./assets.mjs";

const { createWatch } = await load("watch.js");

function watch(look, extra = {}) {
  const timers = fakeTimers();
  const seen = { looks: 0, refused: [], failed: [], wanted: true, visible: true };
  const self = createWatch({
    every: 1000,
    wanted: () => seen.wanted,
    look: async () => {
      seen.looks += 1;
      return look(seen);
    },
    refused: (error) => seen.refused.push(error.status),
    failed: (error) => seen.failed.push(error.status),
    isVisible: () => seen.visible,
    timers,
    random: () => 1,
    ...extra,
  });
  return { self, timers, seen };
}

const answering = (status, extra = {}) => Promise.reject(Object.assign(new Error(), { status, ...extra }));

test("it looks while there is something to look at, however often it is started", async () => {
  const { self, timers, seen } = watch(() => {});
  for (let time = 0; time < 5; time += 1) {
    self.start();
    await timers.pass(600);
  }
  assert.equal(seen.looks, 3);
  seen.wanted = false;
  await timers.pass(5000);
  assert.deepEqual([seen.looks, timers.pending()], [3, 0]);
  self.start();
  assert.equal(timers.pending(), 0);
});

test("one look at a time, and none while nobody sees it", async () => {
  const slow = promised();
  const { self, timers, seen } = watch(() => slow.promise);
  self.start();
  await timers.pass(1000);
  self.start();
  await timers.pass(5000);
  assert.deepEqual([seen.looks, timers.pending()], [1, 0]);
  slow.resolve();
  seen.visible = false;
  await timers.pass(5000);
  assert.equal(seen.looks, 1);
});

test("after 401 or 403 it stops for ever, and says so once", async () => {
  for (const status of [401, 403]) {
    const { self, timers, seen } = watch(() => answering(status));
    self.start();
    await timers.pass(100_000);
    self.start();
    await timers.pass(100_000);
    assert.deepEqual([seen.looks, seen.refused, timers.pending()], [1, [status], 0]);
  }
});

test("a question that is refused for good is not repeated before it is started anew", async () => {
  const { self, timers, seen } = watch(() => answering(422));
  self.start();
  await timers.pass(100_000);
  assert.deepEqual([seen.looks, seen.failed], [1, [422]]);
  self.start();
  await timers.pass(1000);
  assert.equal(seen.looks, 2);
});

test("a server in trouble is asked less and less, and as it says", async () => {
  const { self, timers, seen } = watch((state) => answering(429, { retryAfter: state.looks === 1 ? 30 : null }));
  self.start();
  await timers.pass(30_999);
  assert.equal(seen.looks, 1);
  await timers.pass(1);
  assert.equal(seen.looks, 2);
  await timers.pass(2999);
  assert.equal(seen.looks, 2);
  await timers.pass(1);
  assert.equal(seen.looks, 3);
});
