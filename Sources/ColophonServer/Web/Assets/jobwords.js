// What a job's line says: a word for its state, a sentence for its failure, and what may be done about it.

import { stepLabel } from "./format.js";

// A key for the badge's colour, and its word.
export function stateOf(job) {
  switch (job.status) {
    case "uploaded":
      return { key: "waiting", word: "Stored" };
    case "queued":
      return { key: "queued", word: "Waiting" };
    case "processing":
      return { key: "running", word: stepLabel(job.step) };
    case "complete":
      return job.can_download ? { key: "succeeded", word: "XML ready" } : { key: "waiting", word: job.mapping ? "XML expired" : "Read" };
    default:
      return job.error?.code === "CANCELLED" ? { key: "cancelled", word: "Cancelled" } : { key: "failed", word: "Failed" };
  }
}

// How many of each kind there are, for a line about all of them.
export function countsOf(jobs) {
  const counts = { ready: 0, failed: 0 };
  for (const job of jobs) {
    const { key } = stateOf(job);
    if (key === "succeeded") counts.ready += 1;
    if (key === "failed") counts.failed += 1;
  }
  return counts;
}

export function isFinal(job) {
  return job.status === "complete" || job.status === "failed";
}

export function progressOf(job) {
  if (job.status !== "processing" || job.pages_total == null) return "";
  return `page ${Math.min(job.pages_done + 1, job.pages_total)} of ${job.pages_total}`;
}

const advice = {
  VALIDATION_ERROR: "Compare the invoice with what its mapping asks for, or choose another mapping and send it again.",
  INVALID_MAPPING: "Choose another mapping and send the file again.",
  PASSWORD_PROTECTED: "Save a copy without a password and send that.",
  PARSE_FAILED: "Open it elsewhere, save it anew as PDF, and send that.",
  UNSUPPORTED_FORMAT: "Send it as PDF.",
  TOO_MANY_PAGES: "Divide it and send the parts.",
  TOO_LARGE: "Divide it, or save it with smaller images, and send that.",
  TIMEOUT_PARSE: "Divide it and send the parts, or retry when there is less to do.",
  OUT_OF_MEMORY: "Divide it and send the parts.",
  GW_4XX: "Ask whoever runs the gateway; then retry.",
  GW_5XX: "Retry in a while.",
  GW_TIMEOUT: "Retry in a while.",
  GW_UNAVAILABLE: "Retry in a while.",
  IO_ERROR: "Retry in a while.",
  DEADLINE: "Retry.",
  LOST: "Save it anew as PDF and send that.",
  CANCELLED: "Send the file again if you still want it.",
  NOT_PDF: "Save it as PDF and send that.",
  EMPTY_DOCUMENT: "Send the file itself.",
};

export function adviceFor(code) {
  return advice[code] ?? "Retry; if it fails again, ask whoever runs this server.";
}

// Those of `shown` that come after the last of a newest page, in their order; jobs are newest first.
export function olderThan(page, shown) {
  const last = page.at(-1);
  if (!last) return [];
  const seen = new Set(page.map((job) => job.id));
  return shown.filter((job) => !seen.has(job.id) && (job.created_at < last.created_at || (job.created_at === last.created_at && job.id < last.id)));
}

// What a ZIP file would hold.
export function zipLabel(count, { most, hasMore }) {
  if (count > most) return `Download the newest ${most} as ZIP`;
  if (count === 1) return "Download it as ZIP";
  return `Download ${hasMore ? "these" : "all"} ${count} as ZIP`;
}

// All of them in a line.
export function summaryOf({ active, failed, ready, sending }) {
  const parts = [];
  if (sending) parts.push(`${sending} being sent`);
  if (active) parts.push(`${active} in progress`);
  if (ready) parts.push(`${ready} ready`);
  if (failed) parts.push(`${failed} failed`);
  return parts.join(" · ");
}
