import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./assets.mjs";

const format = await load("format.js");
const { fullJitter } = await load("backoff.js");
const { groupNames, groupOf } = await load("labels.js");

test("sizes are short", () => {
  const sizes = [0, 1023, 1024, 1536, 10 * 1024, 1023.4 * 1024, 1048575, 1048576, 5 * 2 ** 30, 2 ** 45];
  assert.deepEqual(sizes.map(format.bytes), ["0 B", "1023 B", "1.0 KB", "1.5 KB", "10 KB", "1023 KB", "1.0 MB", "1.0 MB", "5.0 GB", "32 TB"]);
});

test("durations are in the units that people use for them", () => {
  assert.deepEqual([12, 1500, 42_000, 125_000, 7_260_000, -1, Number.NaN].map(format.duration), ["12 ms", "1.5 s", "42 s", "2 min 5 s", "2 h 1 min", "–", "–"]);
});

test("a time is told by its distance, and by its day when it is far", () => {
  const now = Date.parse("2026-03-10T12:00:00Z");
  assert.equal(format.shortTime("2026-03-10T11:59:30Z", now), "now");
  assert.equal(format.shortTime("2026-03-10T11:48:00Z", now), "12 min ago");
  assert.match(format.shortTime("2025-01-02T12:00:00Z", now), /2025/);
});

test("every status has a word, a run that is not started too", () => {
  assert.deepEqual(["queued", "running", "succeeded", "failed", "cancelled", null].map(format.statusLabel), ["Queued", "Running", "Complete", "Failed", "Cancelled", "Not started"]);
  assert.equal(format.statusKey(null), "waiting");
});

test("waits grow to a bound, and are anything below it", () => {
  assert.deepEqual([0, 1, 2, 3, 10, 1000].map((failures) => fullJitter(failures, { random: () => 1 })), [1000, 2000, 4000, 8000, 30_000, 30_000]);
  assert.equal(fullJitter(5, { random: () => 0 }), 0);
});

test("every label belongs to a group that the legend names", () => {
  const names = new Set(groupNames.map((group) => group.key));
  for (const label of ["title", "section_header", "table", "picture", "page_footer", "list_item", "caption", "something_new"]) assert.ok(names.has(groupOf(label)), label);
});
