// Files that are dropped or chosen, and the list of them at the page's foot.

import { workspaceAPI } from "./api.js";
import { make, part, setAttribute, setText, show } from "./dom.js";
import { listenForDrops } from "./drops.js";
import * as format from "./format.js";
import { createQueue } from "./queue.js";
import { sendPatiently } from "./send.js";
import { toast } from "./toast.js";
import { leftOutOf, noteOf, summaryOf } from "./uploadwords.js";

const most = 500;

export function startUploads({ workspace, base, bytesMost, uploaded, closed }) {
  const box = document.getElementById("uploads");
  if (!box) return;
  const [list, title, left] = [part(box, "items"), part(box, "title"), part(box, "left")];
  const [fold, close] = [box.querySelector('[data-act="fold"]'), box.querySelector('[data-act="close"]')];
  const rows = new Map();
  const path = `${workspaceAPI(workspace)}/documents`;
  let drawing = false;
  const queue = createQueue({
    send: async (item, { progress, signal }) => {
      if (bytesMost && item.size > bytesMost) throw new Error(`It is larger than the ${format.bytes(bytesMost)} that this server takes.`);
      const document = await sendPatiently(path, { file: item.file, fields: { conflictMode: item.mode }, progress, signal });
      uploaded(document);
      return document;
    },
    changed: () => {
      if (drawing) return;
      drawing = true;
      requestAnimationFrame(() => ((drawing = false), draw()));
    },
  });

  function add(files) {
    if (files.length === 0) return;
    const leftOut = leftOutOf(files.length, most);
    setText(left, leftOut);
    show(left, leftOut !== "");
    // The line stays beside the files, the message is read out.
    if (leftOut) toast(leftOut, { kind: "problem", seconds: 20 });
    queue.add([...files].slice(0, most));
  }

  function draw() {
    show(box, queue.items.length > 0);
    show(part(box, "all"), queue.items.filter((item) => item.state === "conflict").length > 1);
    // What still goes on, or waits for an answer, is not to be closed; it can be folded away.
    const over = queue.open === 0;
    const focused = document.activeElement === (over ? fold : close);
    show(close, over);
    show(fold, !over);
    if (over) unfold(true);
    if (focused) (over ? close : fold).focus();
    setText(title, summaryOf(queue));
    const present = new Set(queue.items.map((item) => item.id));
    for (const [id, row] of rows) {
      if (present.has(id)) continue;
      row.element.remove();
      rows.delete(id);
    }
    for (const item of queue.items) {
      let row = rows.get(item.id);
      if (!row) {
        row = makeLine(item);
        rows.set(item.id, row);
        list.append(row.element);
      }
      row.fill();
    }
  }

  function makeLine(item) {
    const name = make("span", { class: "upload-name", title: item.name }, item.name);
    const note = make("span", { class: "muted upload-note" });
    const bar = make("progress", { max: 1, value: 0, "aria-label": `Upload of ${item.name}` });
    const actions = make("span", { class: "upload-actions" });
    const element = make("li", {}, name, note, bar, actions);
    let drawn = "";
    const button = (label, act) => make("button", { type: "button", "aria-label": `${label}: ${item.name}`, onclick: act }, label);
    const buttons = {
      waiting: () => [button("Cancel", () => queue.cancel(item.id))],
      sending: () => [button("Cancel", () => queue.cancel(item.id))],
      failed: () => [button("Retry", () => queue.retry(item.id))],
      cancelled: () => [button("Retry", () => queue.retry(item.id))],
      conflict: () => [
        button("Keep both", () => queue.retry(item.id, "keep_both")),
        button("New version", () => queue.retry(item.id, "upload_new_version")),
        button("Skip", () => queue.skip(item.id)),
      ],
      done: () => [make("a", { class: "button", href: `${base}/documents/${encodeURIComponent(item.result.id)}`, "aria-label": `Open ${item.name}` }, "Open")],
    };
    function fill() {
      bar.value = item.sent;
      setText(note, noteOf(item));
      if (drawn === item.state) return;
      const focused = actions.contains(document.activeElement);
      drawn = item.state;
      setAttribute(element, "data-state", item.state);
      show(bar, item.state === "sending");
      actions.replaceChildren(...(buttons[item.state]?.() ?? []));
      if (focused) (actions.firstElementChild ?? box.querySelector("button:not([hidden])"))?.focus();
    }
    return { element, fill };
  }

  function unfold(open) {
    box.classList.toggle("folded", !open);
    setAttribute(fold, "aria-expanded", String(open));
  }

  fold.addEventListener("click", () => unfold(box.classList.contains("folded")));
  close.addEventListener("click", () => {
    queue.clear();
    show(left, false);
    // The button goes with the list.
    closed();
  });
  part(box, "all").addEventListener("click", (event) => {
    const act = event.target.closest("button")?.dataset.act;
    for (const item of queue.items.filter((each) => act && each.state === "conflict")) act === "skip" ? queue.skip(item.id) : queue.retry(item.id, act);
  });
  const input = document.getElementById("files");
  input?.addEventListener("change", () => {
    add(input.files);
    input.value = "";
  });
  listenForDrops(add);
  addEventListener("beforeunload", (event) => queue.sending > 0 && event.preventDefault());
}
