import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./assets.mjs";

const { boxFor, placeFor } = await load("roving.js");

test("keys lead from page to page, and nowhere beyond the last and the first", () => {
  const from = (at) => ["PageDown", "PageUp", "Home", "End", "x"].map((key) => placeFor(key, at, 5));
  assert.deepEqual(from(3), [4, 2, 1, 5, null]);
  assert.deepEqual(from(1), [2, null, null, 5, null]);
  assert.deepEqual(from(5), [null, 4, 1, null, null]);
  assert.equal(placeFor("End", 1, 1), null);
});

test("boxes follow each other in reading order, over the edges of their page", () => {
  assert.deepEqual([boxFor(1, -1, 3), boxFor(1, 0, 3), boxFor(1, 2, 3)], [0, 1, "next"]);
  assert.deepEqual([boxFor(-1, 2, 3), boxFor(-1, 0, 3), boxFor(-1, -1, 3)], [1, "previous", "previous"]);
  assert.deepEqual([boxFor(1, -1, 0), boxFor(-1, -1, 0)], ["next", "previous"]);
});
