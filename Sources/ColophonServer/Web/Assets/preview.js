// What a mapping found in a document, beside the pages that it was found on: a value leads to its place, a place to its value.

import { get } from "./api.js";
import { make } from "./dom.js";

const pagesMost = 20;
const vector = "http://www.w3.org/2000/svg";
// Below this a value should be looked at by somebody.
const sure = 0.7;

export async function openPreview(job) {
  const list = make("div", { class: "preview-fields" }, make("p", { class: "muted" }, "Reading what was found …"));
  const pages = make("div", { class: "preview-pages", tabindex: 0, "aria-label": "Pages" });
  const close = make("button", { type: "button", class: "quiet", onclick: () => dialog.close() }, "Close");
  const dialog = make(
    "dialog",
    { class: "preview", "aria-labelledby": "preview-title" },
    make("div", { class: "preview-head" }, make("h2", { id: "preview-title" }, job.filename), make("span", { class: "muted" }, job.mapping), make("span", { class: "grow" }), close),
    make("div", { class: "preview-body" }, pages, list),
  );
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  try {
    await fill(job, pages, list);
  } catch (error) {
    list.replaceChildren(make("p", { class: "problem" }, error?.code === "NO_SUCH_RESULT" ? "A gateway made this XML; it does not say where its values stand." : error.message));
  }
}

async function fill(job, pages, list) {
  const own = `/document/${encodeURIComponent(job.document_id)}`;
  const run = `run=${encodeURIComponent(job.id)}`;
  const [found, sizes] = await Promise.all([get(`${own}/export?format=fields&${run}`), get(`${own}/pages?${run}`)]);
  const places = [];
  const lines = rowsOf(found, places);
  const wanted = new Set([1, ...places.map((place) => place.page)]);
  const shown = sizes.pages.filter((page) => wanted.has(page.pageNumber)).slice(0, pagesMost);
  pages.replaceChildren(...shown.map((page) => drawPage(page, `${own}/page/${page.pageNumber}/image?${run}&width=1200`, places)));
  const notes = found.warnings.map((warning) => make("p", { class: "bar notice" }, warning.message));
  if (places.length === 0) notes.push(make("p", { class: "muted" }, "These values come from data that the file carries, not from its pages."));
  list.replaceChildren(...notes, ...lines);
}

function rowsOf(found, places) {
  const blocks = [make("table", {}, make("tbody", {}, ...found.fields.map((value) => rowOf(value, places))))];
  for (const { title, lines } of found.lists) blocks.push(make("h3", {}, `${title} (${lines.length})`), linesOf(lines, places));
  return blocks;
}

const certainty = (values) => Math.min(...values.map((value) => value.confidence));

function rowOf(value, places) {
  return pointing(
    make(
      "tr",
      { class: value.confidence < sure ? "unsure" : "" },
      make("th", { scope: "row" }, value.title),
      make("td", {}, shown(value)),
      make("td", { class: "num muted", title: sourceOf(value) }, percent(value.confidence)),
    ),
    [value],
    places,
  );
}

// Each line a row; a line may lack some of the columns.
function linesOf(lines, places) {
  const columns = new Map(lines.flat().map((value) => [value.name, value.title]));
  const head = make("tr", {}, ...[...columns.values()].map((title) => make("th", { scope: "col" }, title)), make("td", {}));
  const rows = lines.map((line) => {
    const of = new Map(line.map((value) => [value.name, value]));
    const cells = [...columns.keys()].map((name) => make("td", of.has(name) ? { title: sourceOf(of.get(name)) } : {}, of.has(name) ? shown(of.get(name)) : ""));
    const least = certainty(line);
    return pointing(make("tr", { class: least < sure ? "unsure" : "" }, ...cells, make("td", { class: "num muted" }, percent(least))), line, places);
  });
  return make("table", { class: "preview-lines" }, make("thead", {}, head), make("tbody", {}, ...rows));
}

const shown = (value) => (value.value === "" ? "–" : value.value);
const percent = (confidence) => `${Math.round(confidence * 100)} %`;

// A row that leads to where its values stand.
function pointing(row, values, places) {
  for (const value of values) {
    for (const place of value.places ?? []) {
      const entry = { ...place, row, rects: [] };
      places.push(entry);
      (row.places ??= []).push(entry);
    }
  }
  if (row.places) {
    row.tabIndex = 0;
    row.addEventListener("focus", () => point(row, true));
    row.addEventListener("pointerenter", () => point(row, false));
    row.addEventListener("click", () => point(row, true));
  }
  return row;
}

function sourceOf(value) {
  const from = { layout: "Read from the page", embedded: "From data that the file carries", setting: "Set by the operator", literal: "Fixed by the mapping", computed: "Computed" };
  const text = (value.places ?? []).map((place) => place.text).join(" … ");
  return `${from[value.source] ?? value.source}${text ? `: ${text}` : ""}`;
}

function drawPage({ pageNumber, width, height }, source, places) {
  const layer = document.createElementNS(vector, "svg");
  layer.setAttribute("viewBox", `0 0 ${width} ${height}`);
  layer.setAttribute("class", "boxes");
  for (const place of places.filter((each) => each.page === pageNumber)) {
    const [left, top, right, bottom] = place.box;
    const rect = document.createElementNS(vector, "rect");
    for (const [name, of] of Object.entries({ x: left - 2, y: top - 2, width: right - left + 4, height: bottom - top + 4, rx: 2, class: "box" })) rect.setAttribute(name, of);
    rect.addEventListener("pointerenter", () => point(place.row, false));
    rect.addEventListener("click", () => (point(place.row, false), place.row.scrollIntoView({ block: "center" })));
    place.rects.push(rect);
    layer.append(rect);
  }
  const sheet = make("figure", { class: "sheet", "data-page": pageNumber, "aria-label": `Page ${pageNumber}` }, make("img", { src: source, alt: `Page ${pageNumber}`, loading: "lazy", decoding: "async" }), layer);
  sheet.style.aspectRatio = `${width} / ${height}`;
  return sheet;
}

// One value at a time.
function point(row, isAsked) {
  const dialog = row.closest("dialog");
  for (const each of dialog.querySelectorAll(".pointed")) each.classList.remove("pointed");
  row.classList.add("pointed");
  const rects = row.places.flatMap((place) => place.rects);
  for (const rect of rects) rect.classList.add("pointed");
  if (isAsked) rects[0]?.scrollIntoView({ block: "center", inline: "nearest" });
}
