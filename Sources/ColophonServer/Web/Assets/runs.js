// The table of a document's runs; the one that goes on is looked at each second, because pages make no change in the feed.

import { make, setText } from "./dom.js";
import * as format from "./format.js";
import { fillStatus, fillTime } from "./rows.js";

export function createRunTable(body, { own, mayWrite, act }) {
  let shown = "";

  function fill(runs, viewed) {
    const rows = new Map([...body.children].map((row) => [row.dataset.run, row]));
    const next = runs.map((run) => {
      const row = rows.get(run.id)?.querySelector("[data-cell]") ? rows.get(run.id) : makeRow(run);
      fillRow(row, run, viewed);
      return row;
    });
    const order = next.map((row) => row.dataset.run).join(" ");
    if (order !== shown || next.some((row) => row.parentNode !== body)) body.replaceChildren(...next);
    shown = order;
  }

  function makeRow(run) {
    const cell = (name, attributes = {}) => make("td", { "data-cell": name, ...attributes });
    return make("tr", { "data-run": run.id }, make("th", { scope: "row", "data-cell": "number" }), cell("status"), cell("pages", { class: "num" }), cell("started"), cell("took", { class: "num" }), cell("actions", { class: "row-actions" }));
  }

  function fillRow(row, run, viewed) {
    const cell = (name) => row.querySelector(`[data-cell="${name}"]`);
    row.classList.toggle("viewed", run.id === viewed);
    const number = cell("number");
    if (run.status === "succeeded") {
      if (!number.querySelector("a")) number.replaceChildren(make("a", { href: `${own}?run=${encodeURIComponent(run.id)}`, "aria-label": `Show run ${run.number}` }, `#${run.number}`));
      if (run.id === viewed) number.firstChild.setAttribute("aria-current", "true");
      else number.firstChild.removeAttribute("aria-current");
    } else {
      setText(number, `#${run.number}`);
    }
    fillState(cell("status"), run);
    setText(cell("pages"), run.pagesTotal != null ? (run.status === "succeeded" ? String(run.pagesTotal) : `${run.pagesCompleted} of ${run.pagesTotal}`) : "–");
    const started = cell("started");
    if (run.startedAt) {
      if (!started.querySelector("time")) started.replaceChildren(make("time"));
      const time = started.firstChild;
      time.setAttribute("datetime", run.startedAt);
      fillTime(time);
    } else {
      setText(started, "–");
    }
    setText(cell("took"), run.startedAt ? format.duration((run.completedAt ? Date.parse(run.completedAt) : Date.now()) - Date.parse(run.startedAt)) : "–");
    fillActions(cell("actions"), run);
  }

  function fillState(cell, run) {
    if (!cell.firstChild) cell.append(make("span", { class: "badge" }), make("span", { class: "muted step" }), make("progress", { "aria-label": `Pages read by run ${run.number}`, hidden: true }), make("p", { class: "why" }));
    const [badge, step, bar, why] = cell.children;
    fillStatus(badge, run.status);
    const attempt = run.attempt > 1 ? `attempt ${run.attempt}` : "";
    setText(step, [run.status === "running" ? format.stepLabel(run.step) : "", attempt].filter(Boolean).join(", "));
    bar.hidden = run.status !== "running" || !run.pagesTotal;
    if (!bar.hidden) [bar.max, bar.value] = [run.pagesTotal, run.pagesCompleted];
    const retry = run.nextRetryAt && Date.parse(run.nextRetryAt) > Date.now() ? `Tried again ${format.duration(Date.parse(run.nextRetryAt) - Date.now())} from now.` : "";
    setText(why, run.status === "failed" ? `${run.errorMessage ?? ""}${run.errorCode ? ` (${run.errorCode})` : ""}` : [...(run.warnings ?? []).map((warning) => warning.message), run.duplicateOf ? "The same bytes were read before." : retry].filter(Boolean).join(" "));
    why.classList.toggle("muted", run.status !== "failed");
    why.hidden = why.textContent === "";
  }

  function fillActions(cell, run) {
    const wanted = !mayWrite ? "" : format.isActive(run.status) ? "cancel" : run.status === "failed" ? "retry" : run.status == null ? "cancel" : "";
    if (cell.dataset.act === wanted) return;
    const focused = cell.dataset.act !== undefined && cell.contains(document.activeElement);
    cell.dataset.act = wanted;
    const labels = { cancel: "Cancel", retry: "Retry" };
    cell.replaceChildren(...(wanted ? [make("button", { type: "button", "aria-label": `${labels[wanted]} run ${run.number}`, onclick: () => act(wanted, run.id) }, labels[wanted])] : []));
    // The button that had it is gone; what takes its place may do the contrary.
    if (focused) cell.closest(".panel").focus({ preventScroll: true });
  }

  return { fill };
}
