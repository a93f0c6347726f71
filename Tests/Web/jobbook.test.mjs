import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeTimers, load, promised, settle } from "./assets.mjs";

const { createJobBook } = await load("jobbook.js");

const job = (number, status = "complete") => ({ id: `j${number}`, created_at: `2031-01-01T00:${String(number).padStart(4, "0")}`, status });

// A book whose server answers when the test says so.
function opened(options = {}) {
  const timers = fakeTimers();
  const [asked, told] = [[], []];
  const book = createJobBook({
    list: (question) => {
      const answer = promised();
      asked.push({ question, ...answer });
      return answer.promise;
    },
    changed: () => told.push(book.jobs.map((each) => each.id).join()),
    timers,
    ...options,
  });
  const answer = async (number, jobs, { next = null, active = 0 } = {}) => {
    asked[number].resolve({ jobs, next_cursor: next, active_count: active });
    await settle();
  };
  return { book, timers, asked, told, answer };
}

const ids = (book) => book.jobs.map((each) => each.id).join();

test("a job that was taken while a list was read is not lost by that list", async () => {
  const { book, asked, answer } = opened();
  book.look();
  book.take(job(2, "queued"), false);
  assert.deepEqual([ids(book), book.active], ["j2", 1]);
  // From before it was taken.
  await answer(0, [job(1)]);
  assert.equal(asked.length, 2);
  await answer(1, [job(2, "queued"), job(1)], { active: 1 });
  assert.deepEqual([ids(book), book.active], ["j2,j1", 1]);
});

test("many changes are one question, and never two at once", async () => {
  const { book, timers, asked, answer } = opened();
  for (let turn = 0; turn < 5; turn += 1) book.lookSoon();
  await timers.pass(400);
  assert.equal(asked.length, 1);
  book.look();
  book.look();
  await answer(0, []);
  assert.equal(asked.length, 2);
  await answer(1, []);
  assert.equal(asked.length, 2);
});

test("what fails is asked for again by whoever asks next", async () => {
  const { book, asked } = opened();
  const first = book.look();
  asked[0].reject(new Error("away"));
  await assert.rejects(first, /away/);
  book.look();
  assert.equal(asked.length, 2);
});

test("every file that was taken has its line, more than a page of them too", async () => {
  const { book, asked, answer, timers } = opened({ pageSize: 2, shownMost: 4 });
  for (const number of [1, 2, 3]) book.take(job(number, "queued"), false);
  await timers.pass(400);
  assert.equal(asked[0].question.limit, 3);
  await answer(0, [3, 2, 1].map((number) => job(number)), { next: "c" });
  assert.equal(ids(book), "j3,j2,j1");
  for (const number of [4, 5, 6]) book.take(job(number, "queued"), false);
  await timers.pass(400);
  // No question asks for more than a server gives; what is older stays.
  assert.equal(asked[1].question.limit, 4);
  await answer(1, [6, 5, 4, 3].map((number) => job(number)), { next: "d" });
  assert.equal(ids(book), "j6,j5,j4,j3,j2,j1");
});

test("older ones are asked for behind what is shown, and stay", async () => {
  const { book, asked, answer } = opened({ pageSize: 2, shownMost: 2 });
  book.look();
  await answer(0, [job(9), job(8)], { next: "c8" });
  const more = book.more();
  assert.deepEqual(asked[1].question, { limit: 2, cursor: "c8" });
  await answer(1, [job(7), job(6)], { next: "c6" });
  await more;
  book.look();
  await answer(2, [job(10), job(9)], { next: "c9" });
  assert.deepEqual([ids(book), book.hasMore], ["j10,j9,j8,j7,j6", true]);
  const rest = book.more();
  assert.equal(asked[3].question.cursor, "c6");
  await answer(3, [job(5)]);
  await rest;
  assert.deepEqual([ids(book), book.hasMore], ["j10,j9,j8,j7,j6,j5", false]);
});

test("a job that was there before is not counted again, and keeps its place", () => {
  const { book } = opened();
  book.take(job(1, "queued"), false);
  book.take(job(2, "queued"), false);
  book.take(job(1, "processing"), true);
  assert.deepEqual([ids(book), book.active, book.jobs[1].status], ["j2,j1", 2, "processing"]);
});
