// A document's page, live: its facts follow the feed, and a run that goes on is looked at each second.

import { get, workspaceAPI } from "./api.js";
import { connectionSign } from "./connection.js";
import { createActs } from "./docacts.js";
import { createDocumentView } from "./docview.js";
import { part, setText, show } from "./dom.js";
import { createEnding } from "./ending.js";
import { openFeed } from "./feed.js";
import { isActive } from "./format.js";
import { startFrame } from "./frame.js";
import { createPanels } from "./panels.js";
import { isRefusal } from "./problem.js";
import { createPuller } from "./pull.js";
import { keepTimesFresh } from "./rows.js";
import { createRunTable } from "./runs.js";
import { createSheets } from "./sheets.js";
import { lastPerDocument } from "./sync.js";
import { makeTabs } from "./tabs.js";
import { createTagEditor } from "./tageditor.js";
import { toast } from "./toast.js";
import { createWatch } from "./watch.js";

const main = document.getElementById("main");
const { workspace, base } = main.dataset;
const id = main.dataset.document;
const mayWrite = "write" in main.dataset;
const api = workspaceAPI(workspace);
const own = `${base}/documents/${encodeURIComponent(id)}`;
const path = `${api}/documents/${encodeURIComponent(id)}`;
const runsMost = 50;

const heading = document.getElementById("heading");
const panel = document.getElementById("panel-runs");
const pinned = new URLSearchParams(location.search).get("run");
let [item, runs, gone] = [null, [], false];

const viewed = () => pinned ?? item?.currentRunId ?? null;
const sign = connectionSign(document.getElementById("connection"));
const ending = createEnding(sign);

// Reading

let reading = 0;
async function refresh() {
  const mine = ++reading;
  const [read, list] = await Promise.all([get(path), get(`${path}/runs?limit=${runsMost}`)]);
  const newest = list.items;
  if (pinned && !newest.some((run) => run.id === pinned)) newest.push(...(await olderRun()));
  if (mine !== reading) return;
  [item, runs, gone] = [read, newest, false];
  closeTrouble?.();
  show(part(panel, "more"), list.meta.hasMore);
  setText(part(panel, "more"), `These are the newest ${runsMost} runs; older ones are left out.`);
  paint();
}

// The run that the address names, where it is none of the newest.
async function olderRun() {
  try {
    const run = await get(`${api}/runs/${encodeURIComponent(pinned)}`);
    return run.documentId === id ? [run] : [];
  } catch (error) {
    if (error.status === 404) return [];
    throw error;
  }
}

function paint() {
  view.paint(item, runs, viewed());
  tags.fill(item.tags);
  table.fill(runs, viewed());
  paintPages();
  panels.open(tabs.current());
  watch.start();
}

function paintPages() {
  const run = viewed();
  const of = runs.find((each) => each.id === run);
  const pages = of?.pagesTotal ?? item.lastRun?.pagesTotal;
  if (pinned && !of) sheets.say("This document has no such run.");
  else if (item.hasOutput && item.fileType !== "pdf") sheets.say("Only the pages of PDFs are shown; what was read stands beside.");
  else if (run && pages && (of ? of.status === "succeeded" : item.hasOutput)) sheets.open(run, pages);
  else sheets.say(item.lastRun?.status === "failed" ? "There are no pages to show: the run failed." : "The pages show here once they have been read.");
}

// The same after something happened to it: it may be gone, or back.
async function again() {
  try {
    await refresh();
  } catch (error) {
    if (error.status !== 404) throw error;
    paintGone(false);
  }
}

// The same for somebody who waits for it.
const againOrSay = () => again().catch(behind);

let closeTrouble = null;
function behind(error) {
  if (isRefusal(error)) return ending.end();
  closeTrouble?.();
  closeTrouble = toast(`This page could not be brought up to date. ${error.message}`, { action: "Try again", act: againOrSay, kind: "problem", seconds: 600 });
}

function paintGone(byMyself) {
  if (gone && !byMyself) return;
  gone = true;
  // An answer that is under way is older than the deletion.
  reading += 1;
  view.paintGone({ byMyself, undo: acts.undo });
}

const acts = createActs({ api, path, now: () => ({ item, run: runs[0] }), again: againOrSay, gone: () => paintGone(true) });
heading.addEventListener("click", (event) => acts.press(event.target.closest("button[data-act]")?.dataset.act));

const view = createDocumentView({ main, api, own, mayWrite });
const tags = createTagEditor(document.getElementById("tags"), {
  base,
  mayWrite,
  save: acts.tag,
  suggest: async (q) => (await get(`${api}/documents/tags?limit=20&q=${encodeURIComponent(q)}`)).items.map((each) => each.tag),
});
const table = createRunTable(part(panel, "runs"), { own, mayWrite, act: acts.run });
const sheets = createSheets(document.getElementById("pages"), {
  address: (page, kind, run, width) => `${path}/page/${page}/${kind}?run=${encodeURIComponent(run)}${width ? `&width=${width}` : ""}`,
});
const panels = createPanels({ path, own, now: () => ({ item, runs, run: viewed(), isPinned: pinned !== null }) });
const tabs = makeTabs(document.getElementById("panels"), { opened: (name) => item && panels.open(name) });
tabs.open("text");

// Following

const puller = createPuller({
  cursor: main.dataset.cursor,
  refused: ending.end,
  failed: behind,
  late: sign.late,
  delta: (since) => get(`${api}/documents/delta?since=${encodeURIComponent(since)}`),
  apply: async (changes) => {
    const op = lastPerDocument(changes).get(id);
    if (op === "delete") paintGone(false);
    else if (op === "upsert") await again();
  },
  // The place in the feed is lost: read the document anew, and go on from the head that the list tells.
  resync: async () => {
    const { meta } = await get(`${api}/documents?limit=1`);
    panels.forget();
    await again();
    puller.reset(meta.changesCursor);
  },
});

const watch = createWatch({
  every: 1000,
  wanted: () => !gone && isActive(runs[0]?.status),
  look: async () => {
    const now = await get(`${api}/runs/${encodeURIComponent(runs[0].id)}`);
    if (runs[0]?.id !== now.id || gone) return;
    if (!isActive(now.status)) return again();
    runs[0] = now;
    view.paintRun(now);
    table.fill(runs, viewed());
  },
  refused: ending.end,
  // A run that is not there any more went with its document: the feed knows.
  failed: (error) => (error.status === 404 ? puller.poke() : behind(error)),
});

startFrame();
keepTimesFresh(main);
againOrSay();
const feed = openFeed({
  workspace,
  cursor: () => puller.cursor,
  on: { state: sign.state, change: puller.poke, resync: puller.relist, poll: puller.pullNow },
});
ending.stops(feed.close, puller.stop, watch.stop);
