import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./assets.mjs";

const { lastPerDocument, partition, plan, settle, fetchMost } = await load("sync.js");
const change = (id, documentId, op = "upsert") => ({ id: String(id), documentId, op });

test("the last change of a document says how it is", () => {
  const last = lastPerDocument([change(1, "a"), change(2, "b"), change(3, "a", "delete"), change(4, "c", "delete"), change(5, "c")]);
  assert.deepEqual([...last], [["b", "upsert"], ["a", "delete"], ["c", "upsert"]]);
});

test("an archived document is gone like a deleted one", () => {
  assert.equal(lastPerDocument([change(1, "a", "archive")]).get("a"), "delete");
});

test("changed documents are divided by what they mean to the rows", () => {
  const last = lastPerDocument([change(1, "a"), change(2, "b", "delete"), change(3, "x"), change(4, "y", "delete")]);
  assert.deepEqual(partition(last, new Set(["a", "b"])), { gone: ["b"], touched: ["a"], elsewhere: ["x"] });
});

test("a deletion removes its row without a question", () => {
  const step = plan({ last: lastPerDocument([change(1, "a", "delete")]), visible: new Set(["a", "b"]), isFirst: true, hasMore: false });
  assert.deepEqual(step, { remove: ["a"], fetch: [], reload: false, notice: false });
});

test("on the first page a deletion lets the rows behind come up; another page keeps still", () => {
  const last = lastPerDocument([change(1, "a", "delete")]);
  assert.equal(plan({ last, visible: new Set(["a"]), isFirst: true, hasMore: true }).reload, true);
  const other = plan({ last, visible: new Set(["a"]), isFirst: false, hasMore: true });
  assert.deepEqual(other, { remove: ["a"], fetch: [], reload: false, notice: false });
});

test("a deletion elsewhere is no news", () => {
  const step = plan({ last: lastPerDocument([change(1, "x", "delete")]), visible: new Set(["a"]), isFirst: true, hasMore: true });
  assert.deepEqual(step, { remove: [], fetch: [], reload: false, notice: false });
});

test("more changes than one question holds: the first page is listed again, another one says so", () => {
  const last = lastPerDocument(Array.from({ length: fetchMost + 1 }, (_, index) => change(index, `d${index}`)));
  assert.equal(plan({ last, visible: new Set(["d3"]), isFirst: true, hasMore: true }).reload, true);
  const other = plan({ last, visible: new Set(["d3"]), isFirst: false, hasMore: true });
  assert.deepEqual([other.reload, other.notice, other.fetch], [false, true, ["d3"]]);
});

const shown = new Map([["a", "2"], ["b", "1"]]);

test("a row whose place stays is replaced and nothing else happens", () => {
  const result = settle({ asked: ["a"], found: new Map([["a", "2"]]), shown, isFirst: true, hasMore: true });
  assert.deepEqual(result, { replace: ["a"], remove: [], reload: false, notice: false });
});

test("a row that may have to move: the first page is listed again, another page says that there is news", () => {
  const found = new Map([["a", "9"]]);
  assert.deepEqual(settle({ asked: ["a"], found, shown, isFirst: true, hasMore: false }), { replace: ["a"], remove: [], reload: true, notice: false });
  assert.deepEqual(settle({ asked: ["a"], found, shown, isFirst: false, hasMore: false }), { replace: ["a"], remove: [], reload: false, notice: true });
});

test("a document that belongs here and is not shown: the same", () => {
  const found = new Map([["x", "3"]]);
  assert.equal(settle({ asked: ["x"], found, shown, isFirst: true, hasMore: false }).reload, true);
  assert.equal(settle({ asked: ["x"], found, shown, isFirst: false, hasMore: false }).notice, true);
});

test("a document that another list shows is nothing to this one", () => {
  const result = settle({ asked: ["x"], found: new Map(), shown, isFirst: true, hasMore: true });
  assert.deepEqual(result, { replace: [], remove: [], reload: false, notice: false });
});

test("a row that no longer matches the filters goes, and on the first page makes room", () => {
  const first = settle({ asked: ["a"], found: new Map(), shown, isFirst: true, hasMore: true });
  assert.deepEqual(first, { replace: [], remove: ["a"], reload: true, notice: false });
  const other = settle({ asked: ["a"], found: new Map(), shown, isFirst: false, hasMore: true });
  assert.deepEqual(other, { replace: [], remove: ["a"], reload: false, notice: false });
});
