// The list page, live: what the server rendered is kept up to date by the feed, and filters, sorting and pages change in place.

import * as address from "./address.js";
import { change, get, workspaceAPI } from "./api.js";
import { startBatches } from "./batch.js";
import { connectionSign } from "./connection.js";
import { createEnding } from "./ending.js";
import { openFeed } from "./feed.js";
import { startFrame } from "./frame.js";
import { startKeys } from "./keys.js";
import { createListView } from "./listview.js";
import { isFinal, isRefusal } from "./problem.js";
import { createPuller } from "./pull.js";
import { keepTimesFresh } from "./rows.js";
import { createSelection } from "./selection.js";
import { lastPerDocument, plan, settle } from "./sync.js";
import { toast, toastError } from "./toast.js";
import { startUploads } from "./upload.js";
import { createWatch } from "./watch.js";
import { startingPlace, startWays } from "./ways.js";

const main = document.getElementById("main");
const { workspace, base } = main.dataset;
const api = workspaceAPI(workspace);
const limit = Number(main.dataset.limit);
const body = document.getElementById("rows");

const at = startingPlace();
const view = createListView(main, at);
const selection = createSelection({ body, all: document.getElementById("all"), bar: document.getElementById("selection") });
const sign = connectionSign(document.getElementById("connection"));
const ending = createEnding(sign);
const isFirst = () => !at.where.cursor;
let listing = 0;

// Reads the list at `at.where`; an answer that a later question has overtaken is dropped.
async function list({ fresh = false } = {}) {
  const mine = ++listing;
  main.setAttribute("aria-busy", "true");
  try {
    const answer = await get(`${api}/documents?${address.listQuery(at.where, { limit, total: true })}`);
    if (mine !== listing) return;
    view.paint(answer, fresh);
    painted();
    puller.reset(answer.meta.changesCursor);
    puller.pullNow();
  } catch (error) {
    if (mine === listing) throw error;
  } finally {
    if (mine === listing) main.removeAttribute("aria-busy");
  }
}

function painted() {
  selection.keepOnly(new Set(view.shown.keys()));
  watch.start();
}

// The same for somebody who waits for it.
const listOrSay = (options) => list(options).catch(behind);

// The rows are not what they should be, and asking for them once more is the reader's choice.
function behind(error) {
  if (isRefusal(error) || error.status === 404) ending.end();
  else view.say(`This list could not be brought up to date. ${error.message}`);
}

// Changes

async function apply(changes) {
  const last = lastPerDocument(changes);
  const step = plan({ last, visible: new Set(view.shown.keys()), isFirst: isFirst(), hasMore: view.hasMore });
  view.drop(step.remove);
  let { reload, notice } = step;
  if (step.fetch.length > 0 && !reload) {
    const result = await refresh(step.fetch);
    if (!result) return;
    reload ||= result.reload;
    notice ||= result.notice;
  }
  await conclude({ reload, notice });
}

async function conclude({ reload, notice }) {
  if (notice) view.say();
  view.paintFrame();
  painted();
  // Within a pull: the list that it reads gives the cursor from which the next one goes on.
  if (reload) await list({ fresh: true });
}

// Lists some ids as far as they belong here, and puts what came into their rows; null when another list was asked for meanwhile.
async function refresh(ids) {
  const mine = listing;
  const found = new Map();
  try {
    for (const some of address.idBatches(at.where, ids)) {
      const answer = await get(`${api}/documents?${address.listQuery(at.where, { ids: some, limit: some.length })}`);
      if (mine !== listing) return null;
      for (const item of answer.items) found.set(item.id, item);
    }
  } catch (error) {
    if (!isFinal(error)) throw error;
    // Refused however often it is asked: the list itself is the other question.
    return mine === listing ? { reload: isFirst(), notice: !isFirst() } : null;
  }
  const result = settle({
    asked: ids,
    found: new Map([...found].map(([id, item]) => [id, address.orderOf(item, at.where)])),
    shown: view.shown,
    isFirst: isFirst(),
    hasMore: view.hasMore,
  });
  view.drop(result.remove);
  for (const id of result.replace) view.fill(id, found.get(id));
  return result;
}

const puller = createPuller({
  cursor: main.dataset.cursor,
  refused: ending.end,
  failed: behind,
  late: sign.late,
  delta: (since) => get(`${api}/documents/delta?since=${encodeURIComponent(since)}`),
  apply,
  resync: () => list({ fresh: true }),
});

// Pages that were read make no change in the feed: rows that run are looked at while somebody looks at them.
const watch = createWatch({
  every: 2000,
  wanted: () => view.running().length > 0,
  look: async () => {
    const result = await refresh(view.running().slice(0, limit));
    if (result) await conclude(result);
  },
  refused: ending.end,
  failed: behind,
});

document.getElementById("updates").querySelector("button").addEventListener("click", () => listOrSay({ fresh: true }).then(view.focusFirst));
startWays({ main, at, view, list: listOrSay });
startBatches({ bar: document.getElementById("selection"), selection, api, change, done: puller.poke, toast, toastError });
startUploads({ workspace, base, bytesMost: Number(main.dataset.uploadMax), uploaded: puller.poke, closed: view.focusFirst });
startKeys({ search: document.getElementById("q"), rows: body });
startFrame();
keepTimesFresh(body);
view.paintFrame();
painted();
const feed = openFeed({
  workspace,
  cursor: () => puller.cursor,
  on: { state: sign.state, change: puller.poke, resync: puller.relist, poll: puller.pullNow },
});
ending.stops(feed.close, puller.stop, watch.stop);
