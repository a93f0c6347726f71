// The queue's page: files in, XML out. What is in progress is followed until all of it has ended, through reloads and restarts of the server:
// whatever was taken is in the server's ledger, whatever was not is sent again.

import { change, get } from "./api.js";
import { connectionSign } from "./connection.js";
import { part, setText, show, single } from "./dom.js";
import { listenForDrops } from "./drops.js";
import { createEnding } from "./ending.js";
import { openFeed } from "./feed.js";
import * as format from "./format.js";
import { startFrame } from "./frame.js";
import { sendSurely } from "./intake.js";
import { createJobBook } from "./jobbook.js";
import { createJobList } from "./joblist.js";
import { countsOf, summaryOf, zipLabel } from "./jobwords.js";
import { openPreview } from "./preview.js";
import { createQueue } from "./queue.js";
import { keepTimesFresh } from "./rows.js";
import { toast, toastError } from "./toast.js";
import { leftOutOf } from "./uploadwords.js";
import { createWatch } from "./watch.js";
import { saveZip } from "./zip.js";

const [filesMost, zipMost, linesMost] = [500, 200, 1000];

const main = document.getElementById("main");
const body = document.getElementById("rows");
const { workspace } = main.dataset;
const mayWrite = "write" in main.dataset;
const bytesMost = Number(main.dataset.uploadMax);
const choice = document.getElementById("mapping");
const [zip, more, summary] = [document.getElementById("zip"), document.getElementById("more"), document.getElementById("summary")];
const sign = connectionSign(document.getElementById("connection"));
const ending = createEnding(sign);

let [feed, head] = [null, main.dataset.cursor];
const dismissed = new Set();

// Files on their way in

const queue = createQueue({
  send: async (item, { progress, signal }) => {
    if (bytesMost && item.size > bytesMost) throw Object.assign(new Error(`It is larger than the ${format.bytes(bytesMost)} that the queue takes.`), { code: "TOO_LARGE" });
    try {
      const answer = await sendSurely("/api/upload", { file: item.file, fields: { mapping: item.mapping }, progress, signal });
      take(answer, item);
      return answer;
    } catch (error) {
      item.code = error?.code ?? "";
      throw error;
    }
  },
  changed: () => {
    requestPaint();
    // The last one may have been refused, and then nothing else tells that all is over.
    if (queue.sending === 0) follow();
  },
});

function add(files) {
  if (!mayWrite || files.length === 0) return;
  const leftOut = leftOutOf(files.length, filesMost);
  if (leftOut) toast(leftOut, { kind: "problem", seconds: 20 });
  queue.add([...files].slice(0, filesMost), { mapping: choice.value });
  follow();
}

function take({ job, deduped_from: known }, item) {
  if (known) toast(`${item.name} is here already${item.name === job.filename ? "" : `, as ${job.filename}`}; nothing is done twice.`);
  book.take(job, Boolean(known));
}

// What the server has

const book = createJobBook({
  list: ({ limit, cursor }) => get(`/api/jobs?limit=${limit}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`),
  changed: () => {
    sign.late(false);
    requestPaint();
    follow();
  },
});

const lookOrSay = () => book.look().catch(toastError);

const watch = createWatch({
  every: 2000,
  wanted: () => book.active > 0,
  look: () => book.look().catch((error) => (sign.late(true), Promise.reject(error))),
  refused: ending.end,
  failed: toastError,
});

// The feed is open while something goes on, and only then.
function follow() {
  const isBusy = book.active > 0 || queue.sending > 0;
  watch.start();
  if (isBusy && !feed) {
    feed = openFeed({
      workspace,
      cursor: () => head,
      on: {
        state: sign.state,
        change: (next) => ((head = next), book.lookSoon()),
        resync: book.lookSoon,
        poll: book.lookSoon,
      },
    });
  } else if (!isBusy) {
    feed?.close();
    feed = null;
    sign.state("idle");
  }
  main.dataset.state = isBusy ? "busy" : "idle";
}

// What is shown

let painting = false;

function requestPaint() {
  if (painting) return;
  painting = true;
  requestAnimationFrame(() => ((painting = false), paint()));
}

const acts = {
  retry: async (job) => replace(await orSay(change("POST", path(job, "retry")))),
  cancel: async (job) => replace(await orSay(change("POST", path(job, "cancel")))),
  preview: (job) => openPreview(job),
  // The server counts it when its last byte is sent.
  downloaded: () => setTimeout(lookOrSay, 1500),
  resend: (item) => (queue.retry(item.id), follow()),
  stop: (item) => queue.cancel(item.id),
  dismiss: (item) => (dismissed.add(item.id), requestPaint()),
};
const list = createJobList(body, { mayWrite, acts });
const path = (job, act) => `/api/jobs/${encodeURIComponent(job.id)}/${act}`;

async function orSay(promise) {
  try {
    return await promise;
  } catch (error) {
    toastError(error);
    return null;
  }
}

function replace(job) {
  if (job) book.replace(job);
  return lookOrSay();
}

const ready = () => book.jobs.filter((job) => job.can_download);

function paint() {
  queue.drop((item) => item.state === "done" || dismissed.delete(item.id));
  const { items } = queue;
  const { jobs, hasMore } = book;
  list.paint([...items.map((item) => ({ key: `file-${item.id}`, item })), ...jobs.map((job) => ({ key: job.id, job }))]);
  const isEmpty = items.length + jobs.length === 0;
  show(document.getElementById("table"), !isEmpty);
  show(document.getElementById("empty"), isEmpty);
  const counts = countsOf(jobs);
  show(zip, counts.ready > 0);
  setText(part(zip, "label"), zipLabel(counts.ready, { most: zipMost, hasMore }));
  show(more, hasMore && jobs.length < linesMost);
  const failed = counts.failed + items.filter((item) => item.state === "failed").length;
  setText(summary, summaryOf({ active: book.active, failed, ready: counts.ready, sending: queue.sending }));
}

zip.addEventListener(
  "click",
  single(async () => {
    await orSay(saveZip(ready().slice(0, zipMost).map((job) => job.id)));
    lookOrSay();
  }),
);
more.addEventListener("click", single(() => orSay(book.more())));

const input = document.getElementById("files");
input?.addEventListener("change", () => {
  add(input.files);
  input.value = "";
});
if (mayWrite) listenForDrops(add);
addEventListener("beforeunload", (event) => queue.sending > 0 && event.preventDefault());
// Another tab, or another program, may have sent something meanwhile.
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && book.look().catch(() => {}));
startFrame();
keepTimesFresh(body);
ending.stops(() => feed?.close(), watch.stop);
lookOrSay();
