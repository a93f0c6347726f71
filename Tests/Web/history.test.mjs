import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./assets.mjs";

const { createHistory } = await load("events.js");
const { detailsOf, hasOlder } = await load("history.js");

// A document's events from `first` to `last`, as the route tells them.
function ledger(first, last) {
  const self = { last, asked: 0 };
  self.read = async (after, limit) => {
    assert.ok(Number.isInteger(after) && after >= 0 && limit >= 1 && limit <= 1000, `${after} ${limit}`);
    self.asked += 1;
    const from = Math.max(after + 1, first);
    const events = Array.from({ length: Math.max(0, Math.min(limit, self.last - from + 1)) }, (_, index) => ({ seq: from + index }));
    return { events, nextAfter: events.at(-1)?.seq ?? after, hasMore: (events.at(-1)?.seq ?? self.last) < self.last };
  };
  return self;
}

const seqs = ({ events }) => events.map((event) => event.seq);
const down = (from, to) => Array.from({ length: Math.max(0, from - to + 1) }, (_, index) => from - index);

test("the newest events are found, however many there are and wherever they begin", async () => {
  for (const first of [1, 4321]) {
    for (const count of [0, 1, 499, 500, 501, 999, 1000, 1001, 1500, 2000, 2001, 2500, 3000, 10_000, 123_456]) {
      const last = first + count - 1;
      const self = ledger(first, last);
      const got = await createHistory({ read: self.read })();
      assert.deepEqual(seqs(got), down(last, Math.max(first, last - 499)), `${first} ${count}`);
      assert.equal(got.older, count > 500, `${first} ${count}`);
      assert.ok(self.asked <= 30, `${self.asked} questions for ${count}`);
    }
  }
});

test("what is known is not read again, and what came since is", async () => {
  const self = ledger(1, 700);
  const newest = createHistory({ read: self.read });
  await newest();
  self.asked = 0;
  self.last = 703;
  const got = await newest();
  assert.deepEqual([seqs(got), self.asked, got.older], [down(703, 204), 1, true]);
  self.last = 5000;
  assert.deepEqual(seqs(await newest()), down(5000, 4501));
});

test("two that ask at once get the same, each event once", async () => {
  const self = ledger(1, 30);
  const newest = createHistory({ read: self.read });
  await newest();
  self.last = 33;
  const [one, other] = await Promise.all([newest(), newest()]);
  assert.deepEqual([seqs(one), seqs(other)], [down(33, 1), down(33, 1)]);
  assert.deepEqual(seqs(await newest()), down(33, 1));
});

test("an event's details are words, lists of tags too", () => {
  assert.deepEqual(detailsOf({ added: '["a","to check"]', removed: "[]", name: "[draft", duplicateOf: "run-1", error_code: "X", none: "" }), [
    "added: a, to check", "name: [draft", "duplicate of: run-1", "error code: X",
  ]);
  assert.deepEqual(detailsOf(undefined), []);
});

test("whether there are older versions is told by the answer, or guessed from a full one", () => {
  const items = (length) => Array.from({ length }, () => ({}));
  assert.equal(hasOlder({ items: items(200), hasMore: false }, 200), false);
  assert.equal(hasOlder({ items: items(3), hasMore: true }, 200), true);
  assert.deepEqual([hasOlder({ items: items(200) }, 200), hasOlder({ items: items(199) }, 200)], [true, false]);
});
