import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./assets.mjs";

const { isFinal, isRefusal, problemOf, unreadable } = await load("problem.js");

test("a problem says what its body says, and something even when there is none", () => {
  const conflict = problemOf(409, JSON.stringify({ type: "conflict", code: "NAME_CONFLICT", detail: "The name is taken." }), null);
  assert.deepEqual([conflict.code, conflict.message, conflict.retryAfter], ["NAME_CONFLICT", "The name is taken.", null]);
  const proxy = problemOf(503, "<html>", "7");
  assert.deepEqual([proxy.message, proxy.retryAfter], ["The server answered 503.", 7]);
});

test("what may be answered otherwise later is told from what never will", () => {
  const status = (number) => problemOf(number, "", null);
  assert.deepEqual([400, 409, 410, 414, 422].filter((number) => !isFinal(status(number))), []);
  assert.deepEqual([401, 403, 404, 408, 425, 429, 500, 503].filter((number) => isFinal(status(number))), []);
  assert.deepEqual([400, 401, 403, 404, 500].filter((number) => isRefusal(status(number))), [401, 403]);
  for (const other of [unreadable(), new Error("no network"), undefined]) assert.ok(!isFinal(other) && !isRefusal(other));
});
