import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeTimers, load, promised, settle } from "./assets.mjs";

const { createPuller } = await load("pull.js");
const change = (id) => ({ id: String(id), documentId: `d${id}`, op: "upsert" });

function puller(answer, extra = {}) {
  const timers = fakeTimers();
  const seen = { asked: [], applied: [], resyncs: 0 };
  const self = createPuller({
    cursor: "5",
    delta: async (since) => {
      seen.asked.push(since);
      return answer(since);
    },
    apply: async (changes) => void seen.applied.push(changes.map((each) => each.id)),
    resync: async () => void (seen.resyncs += 1),
    timers,
    random: () => 0,
    ...extra,
  });
  return { self, timers, seen };
}

test("events are waited for until there is quiet, and pulled once", async () => {
  const { self, timers, seen } = puller(() => ({ changes: [change(6)], nextSince: "6", hasMore: false }));
  self.poke();
  await timers.pass(200);
  self.poke();
  await timers.pass(240);
  assert.deepEqual(seen.asked, []);
  await timers.pass(20);
  assert.deepEqual([seen.asked, seen.applied, self.cursor], [["5"], [["6"]], "6"]);
});

test("a workspace that is never quiet is pulled all the same", async () => {
  const { self, timers, seen } = puller(() => ({ changes: [], nextSince: "5", hasMore: false }));
  for (let at = 0; at < 1500; at += 100) {
    self.poke();
    await timers.pass(100);
  }
  assert.ok(seen.asked.length >= 1);
});

test("all pages are pulled before anything is applied", async () => {
  const { self, seen } = puller((since) => (since === "5" ? { changes: [change(6), change(7)], nextSince: "7", hasMore: true } : { changes: [change(8)], nextSince: "8", hasMore: false }));
  await self.pullNow();
  assert.deepEqual([seen.asked, seen.applied, self.cursor], [["5", "7"], [["6", "7", "8"]], "8"]);
});

test("one pull at a time; what came meanwhile is pulled after it", async () => {
  const first = promised();
  let calls = 0;
  const { self, timers, seen } = puller(() => (calls++ === 0 ? first.promise : { changes: [], nextSince: "6", hasMore: false }));
  const done = self.pullNow();
  self.poke();
  self.poke();
  await timers.pass(2000);
  assert.deepEqual(seen.asked, ["5"]);
  first.resolve({ changes: [change(6)], nextSince: "6", hasMore: false });
  await done;
  await timers.pass(300);
  assert.deepEqual(seen.asked, ["5", "6"]);
});

test("a cursor that is no longer known means a new list", async () => {
  const { self, seen } = puller(() => Promise.reject(Object.assign(new Error(), { status: 410 })));
  await self.pullNow();
  assert.deepEqual([seen.resyncs, seen.applied], [1, []]);
});

test("more news than pages worth reading means a new list too", async () => {
  const { self, seen } = puller((since) => ({ changes: [change(1)], nextSince: String(Number(since) + 1), hasMore: true }));
  await self.pullNow();
  assert.deepEqual([seen.resyncs, seen.applied, seen.asked.length], [1, [], 20]);
});

test("a pull that fails is tried again, and loses nothing", async () => {
  let calls = 0;
  const { self, timers, seen } = puller(() => (calls++ < 2 ? Promise.reject(new Error("no network")) : { changes: [change(6)], nextSince: "6", hasMore: false }));
  await self.pullNow();
  assert.deepEqual(seen.applied, []);
  await timers.pass(1200);
  assert.deepEqual([seen.asked, seen.applied, self.cursor], [["5", "5", "5"], [["6"]], "6"]);
});

const refusing = (status, extra = {}) => Promise.reject(Object.assign(new Error(`${status}`), { status, ...extra }));

test("changes that can never be applied are told, and not asked for again", async () => {
  const failures = [];
  const extra = { apply: () => refusing(422), failed: (error) => failures.push(error.status) };
  const { self, timers, seen } = puller(() => ({ changes: [change(6)], nextSince: "6", hasMore: false }), extra);
  await self.pullNow();
  await timers.pass(100_000);
  assert.deepEqual([failures, seen.asked, self.cursor, timers.pending()], [[422], ["5"], "6", 0]);
});

test("a place that the server does not take means a new list; a list that it does not take is told once", async () => {
  const failures = [];
  const { self, timers, seen } = puller(() => refusing(422), { failed: (error) => failures.push(error.status) });
  await self.pullNow();
  assert.deepEqual([seen.resyncs, failures], [1, []]);
  const other = puller(() => refusing(410), { resync: () => refusing(422), failed: (error) => failures.push(error.status) });
  await other.self.pullNow();
  await other.timers.pass(100_000);
  assert.deepEqual([failures, other.seen.asked.length, other.timers.pending(), timers.pending()], [[422], 1, 0, 0]);
});

test("a place that is lost is not asked from again before there is a new list", async () => {
  let calls = 0;
  const { self, timers, seen } = puller(() => ({ changes: [], nextSince: "5", hasMore: false }), {
    resync: () => (calls++ < 2 ? Promise.reject(new Error("no network")) : Promise.resolve(self.reset("40"))),
  });
  self.relist();
  await settle();
  await timers.pass(10_000);
  assert.deepEqual([calls, seen.asked], [3, []]);
  await self.pullNow();
  assert.deepEqual(seen.asked, ["40"]);
});

test("a server that says when is not asked before", async () => {
  const { self, timers, seen } = puller(() => refusing(429, { retryAfter: 20 }));
  await self.pullNow();
  await timers.pass(19_000);
  assert.equal(seen.asked.length, 1);
  await timers.pass(1_500);
  assert.equal(seen.asked.length, 2);
});

test("pulls that keep failing are told, and that they no longer do", async () => {
  let fails = true;
  const late = [];
  const { self, timers } = puller(() => (fails ? refusing(500) : { changes: [], nextSince: "5", hasMore: false }), { late: (is) => late.push(is) });
  await self.pullNow();
  await timers.pass(3000);
  assert.deepEqual(late, [true]);
  fails = false;
  await timers.pass(60_000);
  assert.deepEqual(late, [true, false]);
});

test("changes that could not be applied are pulled again from where they began", async () => {
  let fails = true;
  const { self, timers, seen } = puller(() => ({ changes: [change(6)], nextSince: "6", hasMore: false }), {
    apply: async () => {
      if (fails) throw new Error("the rows could not be read");
    },
  });
  await self.pullNow();
  assert.equal(self.cursor, "5");
  fails = false;
  await timers.pass(600);
  assert.deepEqual([seen.asked, self.cursor], [["5", "5"], "6"]);
});

test("an answer that comes after a new list is dropped", async () => {
  const late = promised();
  const { self, seen } = puller(() => late.promise);
  const done = self.pullNow();
  self.reset("40");
  late.resolve({ changes: [change(6)], nextSince: "6", hasMore: false });
  await done;
  assert.deepEqual([seen.applied, self.cursor], [[], "40"]);
});

test("a list that an application reads keeps its own cursor", async () => {
  const { self } = puller(() => ({ changes: [change(6)], nextSince: "6", hasMore: false }), { apply: async () => self.reset("9") });
  await self.pullNow();
  assert.equal(self.cursor, "9");
});

test("after a stop nothing happens any more", async () => {
  const { self, timers, seen } = puller(() => ({ changes: [], nextSince: "5", hasMore: false }));
  self.poke();
  self.stop();
  self.poke();
  self.relist();
  await timers.pass(5000);
  await settle();
  assert.deepEqual([seen.asked, timers.pending()], [[], 0]);
});

test("who is no longer let in is told so once, and asks no more", async () => {
  let refusals = 0;
  const { self, timers, seen } = puller(() => refusing(401), { refused: () => (refusals += 1) });
  await self.pullNow();
  self.poke();
  await self.pullNow();
  await timers.pass(100_000);
  assert.deepEqual([refusals, seen.asked.length, timers.pending()], [1, 1, 0]);
});

test("who is no longer let in while a list is read anew is told so too", async () => {
  let refusals = 0;
  const { self, timers } = puller(() => refusing(410), { resync: () => refusing(403), refused: () => (refusals += 1) });
  await self.pullNow();
  await timers.pass(100_000);
  assert.deepEqual([refusals, timers.pending()], [1, 0]);
});
