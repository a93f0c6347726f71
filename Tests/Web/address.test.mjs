import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./assets.mjs";

const address = await load("address.js");

test("an address comes back as it went", () => {
  const text = "?q=a%20%26%20b%2B&status=failed&type=pdf&tag=to%20check&sort=name&cursor=abc";
  assert.equal(address.format(address.parse(text)), text);
  assert.equal(address.format(address.parse("")), "");
});

test("what a plain form sends is read too", () => {
  assert.equal(address.parse("?q=a+b%2B").q, "a b+");
});

test("the API is sent spaces that it reads as such", () => {
  assert.match(address.listQuery(address.parse("?q=a+b")), /(^|&)q=a%20b(&|$)/);
});

test("the usual order is left out", () => {
  assert.equal(address.format(address.parse("?sort=-createdAt")), "");
});

test("a column is sorted its natural way first, then the other way round", () => {
  const at = (sort) => ({ ...address.parse(""), sort });
  assert.equal(address.nextSort(at("-createdAt"), "name"), "name");
  assert.equal(address.nextSort(at("name"), "name"), "-name");
  assert.equal(address.nextSort(at("name"), "byteSize"), "-byteSize");
  assert.equal(address.nextSort(at("-byteSize"), "byteSize"), "byteSize");
});

test("a list is asked for by filters, words, order and cursor", () => {
  const query = new URLSearchParams(address.listQuery(address.parse("?q=tax&status=failed&tag=x&cursor=c"), { limit: 50, total: true }));
  assert.deepEqual(JSON.parse(query.get("filters")), [
    { id: "lastRunPhase", operator: "in", value: ["failed"] },
    { id: "tags", operator: "in", value: ["x"] },
  ]);
  assert.deepEqual(JSON.parse(query.get("sort")), [{ id: "createdAt", desc: true }]);
  assert.deepEqual([query.get("q"), query.get("cursor"), query.get("limit"), query.get("includeTotal")], ["tax", "c", "50", "true"]);
});

test("rows are asked for by id within the list's own filters, wherever its page begins", () => {
  const query = new URLSearchParams(address.listQuery(address.parse("?type=pdf&cursor=c"), { ids: ["a", "b"] }));
  assert.deepEqual(JSON.parse(query.get("filters")), [
    { id: "fileType", operator: "in", value: ["pdf"] },
    { id: "id", operator: "in", value: ["a", "b"] },
  ]);
  assert.equal(query.get("cursor"), null);
});

const chosen = (number) => `doc-${String(number).padStart(124, "x")}`;

test("ids of any length are asked for in questions that a server and what stands before it take", () => {
  const where = address.parse(`?q=${encodeURIComponent("版".repeat(200))}&tag=${encodeURIComponent("標".repeat(100))}&status=failed`);
  const ids = Array.from({ length: 100 }, (_, index) => chosen(index));
  const batches = address.idBatches(where, ids);
  assert.deepEqual(batches.flat(), ids);
  assert.ok(batches.length > 1);
  for (const some of batches) {
    const query = address.listQuery(where, { ids: some, limit: some.length });
    assert.ok(query.length <= 7168, `${query.length}`);
    assert.ok(Buffer.byteLength(new URLSearchParams(query).get("filters")) <= 8192);
  }
});

test("a hundred of the server's own ids are one question, none are none", () => {
  const ids = Array.from({ length: 100 }, (_, index) => `01a1fc82-3fb8-7c58-827c-${String(index).padStart(12, "0")}`);
  assert.equal(address.idBatches(address.parse(""), ids).length, 1);
  assert.deepEqual(address.idBatches(address.parse(""), []), []);
});

test("an id that is too long by itself is asked for all the same", () => {
  assert.deepEqual(address.idBatches(address.parse(""), ["x".repeat(9000), "a"]).map((some) => some.length), [1, 1]);
});

test("documents whose run waits to be started have no phase", () => {
  assert.deepEqual(address.filters(address.parse("?status=waiting")), [{ id: "lastRunPhase", operator: "isEmpty" }]);
});
