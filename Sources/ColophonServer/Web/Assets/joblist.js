// The lines of the queue: files on their way in, then jobs, newest first. Each is changed in place, so that nothing flickers and no focus is
// lost.

import { make, setAttribute, setText, show, single } from "./dom.js";
import * as format from "./format.js";
import { adviceFor, isFinal, progressOf, stateOf } from "./jobwords.js";
import { fillTime } from "./rows.js";
import { noteOf } from "./uploadwords.js";

export function createJobList(body, { mayWrite, acts }) {
  const lines = new Map();

  // `entries` in their order, each `{ key, job }` or `{ key, item }`.
  function paint(entries) {
    const keys = new Set(entries.map((entry) => entry.key));
    for (const [key, line] of lines) {
      if (keys.has(key)) continue;
      line.element.remove();
      lines.delete(key);
    }
    let before = null;
    for (const entry of entries) {
      let line = lines.get(entry.key);
      if (!line) lines.set(entry.key, (line = makeLine(entry)));
      line.fill(entry);
      const place = before ? before.nextElementSibling : body.firstElementChild;
      if (place !== line.element) body.insertBefore(line.element, place);
      before = line.element;
    }
  }

  function makeLine({ key }) {
    const name = make("span", { class: "job-name" });
    const sub = make("span", { class: "muted sub" });
    const badge = make("span", { class: "badge" });
    const progress = make("span", { class: "muted progress" });
    const bar = make("progress", { max: 1 });
    const message = make("p", { class: "job-error" });
    const advice = make("p", { class: "muted job-advice" });
    const mapping = make("td", { class: "mapping" });
    const time = make("time");
    const actions = make("td", { class: "job-actions" });
    const element = make(
      "tr",
      { "data-key": key },
      make("th", { scope: "row", class: "name" }, name, sub),
      make("td", { class: "status" }, badge, progress, bar, message, advice),
      mapping,
      make("td", { class: "time" }, time),
      actions,
    );
    let drawn = "";

    function offer(word, buttons) {
      if (drawn === word) return;
      const focused = actions.contains(document.activeElement);
      drawn = word;
      actions.replaceChildren(make("div", {}, ...buttons()));
      if (focused) actions.querySelector("button, a")?.focus();
    }

    const button = (label, of, act, kind = "") => make("button", { type: "button", class: kind, "aria-label": `${label}: ${of}`, onclick: single(act) }, label);

    function say(key, word, extra, error) {
      setAttribute(badge, "data-status", key);
      setText(badge, word);
      setText(progress, extra);
      setText(message, error?.message ?? "");
      setText(advice, error ? adviceFor(error.code) : "");
      show(message, Boolean(error));
      show(advice, Boolean(error));
    }

    function fillJob(job) {
      const state = stateOf(job);
      setAttribute(element, "data-status", state.key);
      setText(name, job.filename);
      setText(sub, [format.bytes(job.bytes), job.pages_total ? format.count(job.pages_total, "page", "pages") : null].filter(Boolean).join(" · "));
      say(state.key, state.word, progressOf(job), job.status === "failed" ? (job.error ?? null) : null);
      const isReading = job.status === "processing";
      show(bar, isReading);
      setAttribute(bar, "aria-label", `Progress of ${job.filename}`);
      if (isReading && job.pages_total) [bar.max, bar.value] = [job.pages_total, job.pages_done];
      else bar.removeAttribute("value");
      setText(mapping, job.mapping ?? "–");
      setAttribute(time, "datetime", job.created_at);
      fillTime(time);
      offer([job.status, job.can_download, job.error?.code, job.download_count > 0].join(), () => [
        job.can_download ? make("a", { class: "button", href: `/api/jobs/${encodeURIComponent(job.id)}/download`, download: "", "aria-label": `Download the XML of ${job.filename}`, onclick: () => acts.downloaded() }, job.download_count > 0 ? "Download again" : "Download") : null,
        job.can_download ? button("Preview", job.filename, () => acts.preview(job)) : null,
        mayWrite && job.status === "failed" && job.error?.code !== "CANCELLED" ? button("Retry", job.filename, () => acts.retry(job)) : null,
        mayWrite && !isFinal(job) ? button("Cancel", job.filename, () => acts.cancel(job), "quiet") : null,
      ]);
    }

    function fillItem(item) {
      const failed = item.state === "failed";
      setAttribute(element, "data-status", item.state);
      setText(name, item.name);
      setText(sub, format.bytes(item.size));
      say(failed ? "failed" : item.state === "sending" ? "running" : "waiting", failed ? "Not taken" : item.state === "cancelled" ? "Cancelled" : "Sending", failed ? "" : noteOf(item), failed ? { code: item.code, message: item.error } : null);
      show(bar, item.state === "sending");
      setAttribute(bar, "aria-label", `Upload of ${item.name}`);
      [bar.max, bar.value] = [1, item.sent];
      setText(mapping, item.mapping);
      offer(item.state, () => [
        failed || item.state === "cancelled" ? button("Send again", item.name, () => acts.resend(item)) : button("Cancel", item.name, () => acts.stop(item), "quiet"),
        failed || item.state === "cancelled" ? button("Dismiss", item.name, () => acts.dismiss(item), "quiet") : null,
      ]);
    }

    return { element, fill: ({ job, item }) => (job ? fillJob(job) : fillItem(item)) };
  }

  return { paint };
}
