// A queue of uploads: at most so many at once; what each one is doing is a word. No page and no network in here.
//
// waiting → sending → done | failed | conflict | cancelled; failed and conflict → waiting again, conflict → skipped.

export function createQueue({ send, width = 3, changed = () => {} }) {
  const items = [];
  let next = 1;

  // `own` is what else is to be known of each.
  function add(files, own = {}) {
    for (const file of files) items.push({ ...own, id: next++, file, name: file.name, size: file.size, state: "waiting", sent: 0, waits: false, mode: "reject", error: "", result: null });
    turn();
  }

  function turn() {
    for (const item of items) {
      if (items.filter((each) => each.state === "sending").length >= width) break;
      if (item.state === "waiting") start(item);
    }
    changed();
  }

  async function start(item) {
    item.state = "sending";
    Object.assign(item, { sent: 0, waits: false, error: "" });
    const stop = new AbortController();
    item.stop = stop;
    try {
      const result = await send(item, {
        signal: stop.signal,
        // It waits where the server has no room for it yet.
        progress: (sent, waits = false) => {
          Object.assign(item, { sent, waits });
          changed();
        },
      });
      if (item.stop === stop) finish(item, "done", "", result);
    } catch (error) {
      if (item.stop !== stop) return;
      if (stop.signal.aborted) finish(item, "cancelled");
      else finish(item, error?.code === "NAME_CONFLICT" ? "conflict" : "failed", error?.message || "The upload broke off.");
    }
  }

  function finish(item, state, error = "", result = null) {
    Object.assign(item, { state, error, result, stop: null });
    turn();
  }

  const find = (id, ...states) => items.find((item) => item.id === id && states.includes(item.state));

  return {
    items,
    add,
    cancel(id) {
      const item = find(id, "waiting", "sending", "conflict", "failed");
      if (!item) return;
      const stop = item.stop;
      finish(item, "cancelled");
      stop?.abort();
    },
    // Again, after a failure; or with another answer to a name that is taken.
    retry(id, mode) {
      const item = find(id, "failed", "conflict", "cancelled");
      if (!item) return;
      if (mode) item.mode = mode;
      item.state = "waiting";
      turn();
    },
    skip(id) {
      const item = find(id, "conflict");
      if (item) finish(item, "skipped");
    },
    // Forgets those of which this says so.
    drop(isOver) {
      for (let index = items.length - 1; index >= 0; index -= 1) if (isOver(items[index])) items.splice(index, 1);
    },
    // Forgets what has come to an end.
    clear() {
      for (let index = items.length - 1; index >= 0; index -= 1) if (!isOpen(items[index])) items.splice(index, 1);
      changed();
    },
    get open() {
      return items.filter(isOpen).length;
    },
    get sending() {
      return items.filter((item) => item.state === "waiting" || item.state === "sending").length;
    },
  };
}

// Whether it still needs the network or an answer.
function isOpen(item) {
  return item.state === "waiting" || item.state === "sending" || item.state === "conflict";
}
