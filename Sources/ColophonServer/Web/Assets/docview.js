// What a document's page says of it above its pages: facts, how its newest run stands, what may be done, and that it is gone.

import { make, part, setAttribute, setText, show } from "./dom.js";
import * as format from "./format.js";
import { fillStatus } from "./rows.js";

export function createDocumentView({ main, api, own, mayWrite }) {
  const [heading, state] = [document.getElementById("heading"), document.getElementById("state")];
  const facts = document.getElementById("facts");
  const deleted = part(state, "deleted");

  function paint(item, runs, viewed) {
    const run = runs[0] ?? null;
    document.title = `${item.name} · Colophon`;
    setText(part(heading, "name"), item.name);
    fillStatus(part(heading, "status"), item.lastRun?.status);
    paintFacts(item);
    paintRun(run);
    paintPinned(item, runs, viewed);
    paintDownloads(item, runs, viewed);
    offer(run);
    if (deleted.hidden) return;
    const focused = deleted.contains(document.activeElement);
    show(deleted, false);
    main.classList.remove("gone");
    if (focused) heading.querySelector('[data-act="delete"]')?.focus();
  }

  // What may be done is one button for each: those of a run depend on how it stands.
  function offer(run) {
    const may = {
      rename: true,
      delete: true,
      cancel: format.isActive(run?.status),
      retry: run?.status === "failed",
      start: run !== null && run.status == null,
      reparse: run === null || ["succeeded", "cancelled"].includes(run.status),
    };
    showActs((act) => may[act]);
  }

  // A button that had the focus and goes leaves it beside where it was, not on the next button: that may do the contrary.
  function showActs(isOffered) {
    const focused = document.activeElement;
    for (const button of heading.querySelectorAll("button[data-act]")) show(button, Boolean(isOffered(button.dataset.act)));
    if (focused?.hidden && heading.contains(focused)) heading.querySelector("h1").focus({ preventScroll: true });
  }

  function paintFacts(item) {
    const time = make("time", { datetime: item.createdAt });
    const words = [format.fileType(item.fileType), format.bytes(item.byteSize)];
    if (item.lastRun?.pagesTotal) words.push(format.count(item.lastRun.pagesTotal, "page", "pages"));
    words.push(`version ${item.currentVersionNo}`);
    const line = `${words.join(" · ")} · uploaded `;
    const by = item.uploader ? ` by ${item.uploader.name}` : "";
    const holder = part(facts, "facts");
    if (holder.dataset.line === line + by) return;
    holder.dataset.line = line + by;
    time.textContent = format.shortTime(item.createdAt);
    time.title = format.exactTime(item.createdAt);
    holder.replaceChildren(line, time, by);
  }

  // The newest run, also while only its progress is known anew.
  function paintRun(run) {
    if (run) fillStatus(part(heading, "status"), run.status);
    const failed = run?.status === "failed";
    show(part(state, "error"), failed);
    setText(part(state, "message"), failed ? (run.errorMessage ?? "The run failed.") : "");
    setText(part(state, "code"), failed ? (run.errorCode ?? "") : "");
    const active = format.isActive(run?.status);
    show(part(state, "running"), active);
    if (!active) return;
    setText(part(state, "step"), run.status === "queued" ? "Waiting for a worker" : format.stepLabel(run.step));
    const bar = part(state, "bar");
    if (run.pagesTotal) {
      [bar.max, bar.value] = [run.pagesTotal, run.pagesCompleted];
      setText(part(state, "pages"), `${run.pagesCompleted} of ${format.count(run.pagesTotal, "page", "pages")}`);
    } else {
      bar.removeAttribute("value");
      setText(part(state, "pages"), run.queue ? `number ${run.queue.position} in the queue` : "");
    }
  }

  // Who looks at an older run's results should know that they do.
  function paintPinned(item, runs, viewed) {
    const bar = part(state, "pinned");
    const run = runs.find((each) => each.id === viewed);
    const older = viewed !== null && viewed !== item.currentRunId && (item.currentRunId !== null || !run);
    show(bar, older);
    if (!older || bar.dataset.run === `${run?.id}`) return;
    bar.dataset.run = `${run?.id}`;
    const words = run ? `This is what run #${run.number} made, not the newest that is complete.` : "This document has no such run.";
    bar.replaceChildren(make("span", {}, words), make("a", { class: "button", href: own }, "Show the newest"));
  }

  function paintDownloads(item, runs, viewed) {
    const shown = viewed !== null && (runs.some((run) => run.id === viewed && run.status === "succeeded") || (item.hasOutput && viewed === item.currentRunId));
    for (const line of document.querySelectorAll("#downloads li[data-kind]")) {
      const kind = line.dataset.kind;
      if (kind === "source") continue;
      show(line, shown);
      setAttribute(line.querySelector("a"), "href", `${api}/runs/${encodeURIComponent(viewed ?? "")}/output/download?format=${kind}`);
    }
  }

  // Only who deleted it is led to the way back: who is typing while somebody else does would undo it with the next Enter.
  function paintGone({ byMyself, undo }) {
    deleted.replaceChildren(
      make("span", {}, "This document was deleted."),
      mayWrite ? make("button", { type: "button", onclick: undo }, "Undo") : "",
      make("a", { class: "button", href: main.dataset.base }, "To the documents"),
    );
    show(deleted, true);
    main.classList.add("gone");
    show(part(state, "running"), false);
    showActs(() => false);
    if (byMyself) deleted.querySelector("button").focus();
  }

  return { paint, paintRun, paintGone };
}
