import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./assets.mjs";

const { leftOutOf, noteOf, summaryOf } = await load("uploadwords.js");
const { createQueue } = await load("queue.js");
const { sendFile, sendPatiently } = await load("send.js");

// What a browser would send, and how it ends.
function requests(...answers) {
  const sent = [];
  globalThis.XMLHttpRequest = class extends EventTarget {
    upload = new EventTarget();
    open() {}
    setRequestHeader() {}
    getResponseHeader(name) {
      return this.headers?.[name] ?? null;
    }
    abort() {
      this.dispatchEvent(new Event("abort"));
    }
    send(form) {
      sent.push([...form.keys()]);
      const answer = answers.shift();
      Object.assign(this, answer);
      queueMicrotask(() => this.dispatchEvent(new Event(answer.status ? "load" : "error")));
    }
  };
  return sent;
}

const file = new File(["x"], "a.pdf");
const options = (extra = {}) => ({ file, fields: { conflictMode: "reject" }, progress: () => {}, signal: new AbortController().signal, ...extra });

test("what decides about a file goes before it", async () => {
  const sent = requests({ status: 201, responseText: '{"id":"d"}' });
  assert.deepEqual([await sendFile("/", options()), sent], [{ id: "d" }, [["conflictMode", "file"]]]);
});

test("an answer that cannot be read ends an upload with a sentence", async () => {
  for (const responseText of ["<html>", ""]) {
    requests({ status: 200, responseText });
    await assert.rejects(sendFile("/", options()), /could not be read/);
  }
  requests({ status: 0 });
  await assert.rejects(sendFile("/", options()), /broke off/);
});

test("a server that has no room is waited for, and the upload says so", async () => {
  const told = [];
  requests({ status: 503, responseText: "{}", headers: { "Retry-After": "3" } }, { status: 201, responseText: "{}" });
  await sendPatiently("/", options({ progress: (...given) => told.push(given) }), async () => {});
  assert.deepEqual(told, [[0, true]]);
  assert.match(noteOf({ state: "sending", waits: true, sent: 0 }), /busy/);
});

test("files that are too many are counted, not lost", () => {
  assert.equal(leftOutOf(500, 500), "");
  assert.match(leftOutOf(501, 500), /^1 file was left out: 500 /);
  assert.match(leftOutOf(2500, 500), /^2000 files were left out: 500 /);
});

test("all uploads have a line that says how they stand", () => {
  const queue = createQueue({ send: () => new Promise(() => {}), width: 1 });
  assert.equal(summaryOf(queue), "Uploads");
  queue.add([1, 2, 3, 4].map((number) => ({ name: `${number}`, size: 1 })));
  Object.assign(queue.items[1], { state: "conflict" });
  Object.assign(queue.items[2], { state: "failed", error: "No room." });
  Object.assign(queue.items[3], { state: "done", result: { name: "4 (2)" } });
  assert.equal(summaryOf(queue), "Uploading 1 file, 1 question, 1 failed, 1 uploaded");
  assert.deepEqual(queue.items.map(noteOf), ["0 % of 1 B", "A document with this name is there already.", "No room.", "Stored as 4 (2)"]);
});
