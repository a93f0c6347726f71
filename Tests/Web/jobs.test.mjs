import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./assets.mjs";

const { sendSurely, waitFor } = await load("intake.js");
const { Problem } = await load("problem.js");
const { adviceFor, countsOf, isFinal, olderThan, progressOf, stateOf, summaryOf, zipLabel } = await load("jobwords.js");

const file = new File(["x"], "a.pdf");
const options = (extra = {}) => ({ file, progress: () => {}, signal: new AbortController().signal, ...extra });

test("a server that is away is waited for, longer each time, and what it refuses is refused", () => {
  const away = new Problem({ message: "" });
  assert.deepEqual([0, 1, 2, 3, 4, 20].map((failures) => waitFor(away, failures)), [1, 2, 4, 8, 10, 10]);
  assert.equal(waitFor(new Problem({ status: 503, message: "" }), 0), 1);
  assert.equal(waitFor(new Problem({ status: 429, message: "", retryAfter: 7 }), 3), 7);
  assert.equal(waitFor(new Problem({ status: 429, message: "", retryAfter: 7000 }), 3), 60);
  for (const status of [400, 401, 403, 413, 422, 500, 507]) assert.equal(waitFor(new Problem({ status, message: "" }), 0), null);
});

test("a file is sent again until the server has it", async () => {
  const [told, waits] = [[], []];
  let attempts = 0;
  const send = async () => {
    attempts += 1;
    if (attempts < 4) throw new Problem({ message: "The connection broke off." });
    return { job: { id: "j" } };
  };
  const pause = async (seconds) => void waits.push(seconds);
  const answer = await sendSurely("/", options({ progress: (...given) => told.push(given) }), { pause, send, random: () => 0 });
  assert.deepEqual([answer, attempts, waits], [{ job: { id: "j" } }, 4, [1, 2, 4]]);
  assert.deepEqual(told, [[0, true], [0, true], [0, true]]);
});

test("no file is sent for ever, none that cannot be read, none that was given up", async () => {
  const broken = async () => {
    throw new Problem({ message: "The connection broke off." });
  };
  let waited = 0;
  await assert.rejects(sendSurely("/", options(), { send: broken, pause: async (seconds) => void (waited += seconds), random: () => 0 }), /broke off/);
  assert.ok(waited > 900 && waited < 920, `${waited}`);
  const folder = { slice: () => ({ arrayBuffer: () => Promise.reject(new Error("EISDIR")) }) };
  await assert.rejects(sendSurely("/", options({ file: folder }), { send: broken }), /cannot be read/);
  const stop = new AbortController();
  const pauses = [];
  const pause = async (seconds) => (pauses.push(seconds), stop.abort());
  await assert.rejects(sendSurely("/", options({ signal: stop.signal }), { send: broken, pause }), /broke off/);
  assert.equal(pauses.length, 1);
});

test("each state has a word, and a failure says what to do", () => {
  const job = { status: "processing", step: "parsing", pages_done: 2, pages_total: 12, mapping: "m", error: null };
  assert.deepEqual([stateOf(job), progressOf(job), isFinal(job)], [{ key: "running", word: "Reading" }, "page 3 of 12", false]);
  assert.equal(progressOf({ ...job, pages_done: 12 }), "page 12 of 12");
  assert.equal(progressOf({ ...job, pages_total: null }), "");
  assert.equal(stateOf({ ...job, status: "queued" }).word, "Waiting");
  assert.equal(stateOf({ ...job, status: "complete", can_download: true }).word, "XML ready");
  assert.equal(stateOf({ ...job, status: "complete", can_download: false }).word, "XML expired");
  assert.equal(stateOf({ ...job, status: "failed", error: { code: "CANCELLED" } }).key, "cancelled");
  assert.equal(stateOf({ ...job, status: "failed", error: { code: "LOST" } }).key, "failed");
  for (const code of ["VALIDATION_ERROR", "GW_TIMEOUT", "NOT_PDF", "SOMETHING_NEW"]) assert.match(adviceFor(code), /^[A-Z].*\.$/);
  assert.equal(summaryOf({ active: 3, failed: 1, ready: 0, sending: 2 }), "2 being sent · 3 in progress · 1 failed");
});

test("older lines stay behind a new first page, none twice, none lost", () => {
  const job = (number) => ({ id: `j${number}`, created_at: `2031-01-01T00:00:${String(number).padStart(2, "0")}Z` });
  const shown = [9, 8, 7, 6, 5, 4].map(job);
  const page = [12, 11, 10, 9, 8].map(job);
  assert.deepEqual(olderThan(page, shown).map((each) => each.id), ["j7", "j6", "j5", "j4"]);
  assert.deepEqual(olderThan([], shown), []);
  // One that was deleted meanwhile is in neither.
  assert.deepEqual(olderThan([9, 7].map(job), shown).map((each) => each.id), ["j6", "j5", "j4"]);
});

test("what was cancelled has not failed, and a ZIP file says what it holds", () => {
  const jobs = [
    { status: "failed", error: { code: "CANCELLED" } },
    { status: "failed", error: { code: "LOST" } },
    { status: "complete", can_download: true },
    { status: "complete", can_download: false },
    { status: "queued" },
  ];
  assert.deepEqual(countsOf(jobs), { ready: 1, failed: 1 });
  assert.equal(zipLabel(1, { most: 200, hasMore: false }), "Download it as ZIP");
  assert.equal(zipLabel(13, { most: 200, hasMore: false }), "Download all 13 as ZIP");
  assert.equal(zipLabel(13, { most: 200, hasMore: true }), "Download these 13 as ZIP");
  assert.equal(zipLabel(250, { most: 200, hasMore: true }), "Download the newest 200 as ZIP");
});
