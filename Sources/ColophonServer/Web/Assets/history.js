// A document's events, newest first, and its versions.

import { make } from "./dom.js";
import * as format from "./format.js";

const words = {
  created: "Created",
  uploaded: "Uploaded",
  queued: "Queued",
  processing: "A worker began",
  released: "Handed back by its worker",
  retry: "Tried again",
  lease_lost: "Lost its worker",
  complete: "Complete",
  failed: "Failed",
  cancelled: "Cancelled",
  deleted: "Deleted",
  restored: "Restored",
  edited: "Changed",
  tagged: "Tags changed",
  downloaded: "Downloaded",
  expired: "No longer kept",
};

export function eventLine(event, numbers) {
  const title = words[event.type] ?? event.type.replaceAll("_", " ").replace(/^./, (first) => first.toUpperCase());
  const run = numbers.get(event.runId);
  const details = detailsOf(event.meta);
  return make(
    "li",
    { "data-type": event.type },
    make("div", {}, make("strong", {}, title), run ? make("span", { class: "muted" }, ` run #${run}`) : null, make("span", { class: "grow" }), make("time", { datetime: event.at, class: "muted", title: format.exactTime(event.at) }, format.shortTime(event.at))),
    details.length ? make("p", { class: "muted details" }, details.join(" · ")) : null,
    make("p", { class: "muted actor" }, event.actor),
  );
}

// What an event says beside its kind, as people write it: lists of tags come as JSON.
export function detailsOf(meta) {
  return Object.entries(meta ?? {})
    .map(([key, value]) => [key.replaceAll("_", " ").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`), plain(value)])
    .filter(([, value]) => value !== "")
    .map(([key, value]) => `${key}: ${value}`);
}

function plain(value) {
  if (!value.startsWith("[")) return value;
  try {
    return JSON.parse(value).join(", ");
  } catch {
    return value;
  }
}

// Whether a document has versions that an answer of so many at most leaves out; a server that does not say leaves it to be guessed.
export function hasOlder(answer, most) {
  return answer.hasMore ?? answer.items.length >= most;
}

export function versionTable(versions, download) {
  const head = ["Version", "Size", "Type", "Uploaded", ""].map((title) => make(title ? "th" : "td", title ? { scope: "col" } : {}, title));
  const rows = versions.map((version) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, `${version.versionNo}`),
      make("td", { class: "num" }, format.bytes(version.byteSize)),
      make("td", {}, version.contentType),
      make("td", {}, make("time", { datetime: version.createdAt, title: format.exactTime(version.createdAt) }, format.shortTime(version.createdAt))),
      make("td", { class: "row-actions" }, version.expiredAt ? make("span", { class: "muted" }, "Expired") : make("a", { class: "button", href: download(version.versionNo), download: true, "aria-label": `Download version ${version.versionNo}` }, "Download")),
    ),
  );
  const sums = versions[0] ? make("p", { class: "muted hash" }, "SHA-256 of the newest: ", make("code", {}, versions[0].sha256)) : null;
  return [make("div", { class: "table" }, make("table", { class: "versions" }, make("caption", { class: "visually-hidden" }, "Versions, newest first"), make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows))), sums].filter(Boolean);
}
