// What the tabs of a document's page show beside its runs: its text, its events, its versions.

import { get, text } from "./api.js";
import { make, part } from "./dom.js";
import { count } from "./format.js";
import { createHistory } from "./events.js";
import { eventLine, hasOlder, versionTable } from "./history.js";
import { toast, toastError } from "./toast.js";

const textMost = 1 << 20;
const eventsMost = 500;
const versionsMost = 200;

// `now()` has the document, its runs, and the run whose results are shown.
export function createPanels({ path, own, now }) {
  const filled = {};
  let history = null;
  const bodyOf = (name) => part(document.getElementById(`panel-${name}`), "body");

  function open(name) {
    if (name === "text") fillText();
    else if (name === "events") fillEvents();
    else if (name === "versions") fillVersions();
  }

  // Once for each state of what it shows, so that a refresh asks for nothing that is there already.
  async function once(name, key, read) {
    if (filled[name] === key) return;
    filled[name] = key;
    const body = bodyOf(name);
    const line = (...children) => make(body.matches("ol") ? "li" : "p", { class: "muted", "data-note": "" }, ...children);
    if (!body.firstChild) body.replaceChildren(line("Loading…"));
    try {
      const children = await read();
      if (filled[name] === key) body.replaceChildren(...children);
    } catch (error) {
      if (filled[name] !== key) return;
      delete filled[name];
      // What is there already is worth more than the sentence that it could not be read anew.
      if (!body.querySelector(":scope > [data-note]")) return toastError(error);
      body.replaceChildren(line(`${error.message} `, make("button", { type: "button", onclick: () => open(name) }, "Try again")));
    }
  }

  function fillText() {
    const { item, run, isPinned } = now();
    return once("text", item.hasOutput || isPinned ? run : null, async () => {
      if (!run || (!item.hasOutput && !isPinned)) return [make("p", { class: "muted" }, "There is nothing to show before a run is complete.")];
      const got = await text(`${own}/markdown?run=${encodeURIComponent(run)}`, textMost).catch((error) => {
        if (error.status === 404) return null;
        throw error;
      });
      if (!got) return [make("p", { class: "muted" }, "This run has no results, or they are not kept any longer.")];
      const copy = make("button", { type: "button", onclick: () => navigator.clipboard.writeText(got.text).then(() => toast("Copied."), () => toast("The browser does not let this page copy.", { kind: "problem" })) }, "Copy");
      const note = got.cut ? "The beginning; the download has all of it." : "Markdown";
      // As text: nothing that a document says becomes a part of this page.
      return [
        make("div", { class: "text-bar" }, make("span", { class: "muted" }, note), make("span", { class: "grow" }), navigator.clipboard ? copy : null),
        got.text === "" ? make("p", { class: "muted" }, "No text was found.") : make("pre", { class: "markdown", tabindex: 0, role: "region", "aria-label": "Markdown" }, got.text),
      ];
    });
  }

  function fillEvents() {
    const { item, runs } = now();
    history ??= createHistory({ most: eventsMost, read: (after, limit) => get(`${path}/events?after=${after}&limit=${limit}`) });
    return once("events", [item.activityAt, item.updatedAt, ...runs.map((run) => run.id + run.state + run.attempt)].join(), async () => {
      const { events, older } = await history();
      const numbers = new Map(runs.map((run) => [run.id, run.number]));
      const lines = events.map((event) => eventLine(event, numbers));
      if (older) lines.push(make("li", { class: "muted" }, `These are the newest ${events.length}; older events are left out.`));
      return lines;
    });
  }

  function fillVersions() {
    const { item } = now();
    return once("versions", String(item.currentVersionNo), async () => versionsAfter([]));
  }

  // The table of those that are known and of the next ones before them.
  async function versionsAfter(known) {
    const before = known.length ? `&before=${known.at(-1).versionNo}` : "";
    const answer = await get(`${path}/versions?limit=${versionsMost}${before}`);
    const all = [...known, ...answer.items];
    const table = versionTable(all, (number) => `${path}/versions/${number}/download`);
    if (!hasOlder(answer, versionsMost)) return table;
    const more = async (event) => {
      event.currentTarget.disabled = true;
      const body = bodyOf("versions");
      try {
        const next = await versionsAfter(all);
        body.replaceChildren(...next);
        // The first of those that came: the button that was pressed is gone.
        body.querySelectorAll("tbody tr")[all.length]?.querySelector("a")?.focus();
      } catch (error) {
        toastError(error);
        event.target.disabled = false;
      }
    };
    return [...table, make("p", { class: "muted" }, `These are the newest ${count(all.length, "version", "versions")}. `, make("button", { type: "button", onclick: more }, "Show older ones"))];
  }

  return {
    open,
    // What was read belongs to a ledger that is no longer there.
    forget() {
      history = null;
      for (const name of Object.keys(filled)) delete filled[name];
    },
  };
}
