// A document's line in the list, made from the server's own empty one.

import { make, part, setAttribute, setText } from "./dom.js";
import * as format from "./format.js";

export function makeRow(template, base) {
  const row = template.content.firstElementChild.cloneNode(true);
  row.dataset.base = base;
  return row;
}

export function fillRow(row, item, base) {
  row.dataset.id = item.id;
  const name = part(row, "name");
  setText(name, item.name);
  setAttribute(name, "href", `${base}/documents/${encodeURIComponent(item.id)}`);
  setAttribute(row.querySelector("input[type=checkbox]"), "aria-label", `Select ${item.name}`);
  const run = item.lastRun;
  const pages = run?.pagesTotal;
  setText(part(row, "sub"), [pages ? format.count(pages, "page", "pages") : null, format.bytes(item.byteSize)].filter(Boolean).join(" · "));
  fillStatus(part(row, "status"), run?.status);
  setText(part(row, "progress"), run?.status === "running" && pages != null ? `${run.pagesCompleted} of ${pages}` : "");
  setText(part(row, "pages"), pages ? String(pages) : "–");
  setText(part(row, "size"), format.bytes(item.byteSize));
  const time = part(row, "uploaded");
  setAttribute(time, "datetime", item.createdAt);
  fillTime(time);
  fillTags(part(row, "tags"), item.tags, base);
}

export function fillStatus(badge, status) {
  setAttribute(badge, "data-status", format.statusKey(status));
  setText(badge, format.statusLabel(status));
}

export function fillTime(time) {
  const at = time.getAttribute("datetime");
  if (!at) return;
  setText(time, format.shortTime(at));
  setAttribute(time, "title", format.exactTime(at));
}

export function fillTags(list, tags, base) {
  const now = tags.join("\n");
  if (list.dataset.tags === now) return;
  list.dataset.tags = now;
  list.replaceChildren(...tags.map((tag) => make("li", {}, make("a", { class: "chip", href: `${base}?tag=${encodeURIComponent(tag)}`, "data-tag": tag }, tag))));
}

// Times grow old while one looks at them.
export function keepTimesFresh(root) {
  const all = () => root.querySelectorAll("time[datetime]").forEach(fillTime);
  all();
  setInterval(all, 30_000);
}
