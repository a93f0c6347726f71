// What the list of uploads says.

import * as format from "./format.js";

// What an upload is doing, in a word or a sentence.
export function noteOf(item) {
  switch (item.state) {
    case "waiting":
      return "Waiting";
    case "sending":
      if (item.waits) return "The server is busy; tried again in a moment";
      return item.sent >= 1 ? "Storing" : `${Math.round(item.sent * 100)} % of ${format.bytes(item.size)}`;
    case "done":
      return item.result?.name && item.result.name !== item.name ? `Stored as ${item.result.name}` : "Stored";
    case "conflict":
      return "A document with this name is there already.";
    case "skipped":
      return "Skipped";
    case "cancelled":
      return "Cancelled";
    default:
      return item.error;
  }
}

// All of them in a line.
export function summaryOf(queue) {
  const number = (state) => queue.items.filter((item) => item.state === state).length;
  const [questions, failed, done] = [number("conflict"), number("failed"), number("done")];
  const parts = [];
  if (queue.sending) parts.push(`Uploading ${format.count(queue.sending, "file", "files")}`);
  if (questions) parts.push(format.count(questions, "question", "questions"));
  if (failed) parts.push(`${failed} failed`);
  if (done) parts.push(`${done} uploaded`);
  return parts.join(", ") || "Uploads";
}

// Nothing where all were taken.
export function leftOutOf(count, most) {
  if (count <= most) return "";
  const left = count - most;
  return `${format.count(left, "file was", "files were")} left out: ${most} are taken at once. Add the rest when these are done.`;
}
