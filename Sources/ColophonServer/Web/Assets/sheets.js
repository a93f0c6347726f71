// Images of a run's pages with what was found on them drawn over; each page is fetched when it comes near, and one of them is a tab
// stop.

import { get } from "./api.js";
import { drawBoxes } from "./boxes.js";
import { make, part, setText } from "./dom.js";
import { labelWords } from "./labels.js";
import { createLegend } from "./legend.js";
import { boxFor, placeFor } from "./roving.js";
import { createTip } from "./tip.js";

const pagesMost = 2000;
const patience = 120;
const ratio = 1.294;

export function createSheets(section, { address }) {
  const [sheets, position] = [part(section, "sheets"), part(section, "position")];
  const tip = createTip(part(section, "told"));
  const legend = createLegend(part(section, "legend"), sheets, tip.close);
  let [run, pages, stop, watch, near] = [undefined, [], null, null, null];

  function open(newRun, count) {
    const total = Math.min(count ?? 0, pagesMost);
    if (newRun === run && total === pages.length) return;
    run = newRun;
    watch?.disconnect();
    near?.disconnect();
    visible.clear();
    tip.close();
    legend.clear();
    near = new IntersectionObserver((entries) => entries.forEach(approach), { root: sheets, rootMargin: "600px 0px" });
    watch = new IntersectionObserver(follow, { root: sheets, threshold: [0.1, 0.5] });
    pages = Array.from({ length: total }, (_, index) => makeSheet(index + 1, total));
    section.classList.toggle("bare", total === 0);
    setText(position, total ? `Page 1 of ${total}` : "");
    const left = count > total ? make("p", { class: "centred" }, `These are the first ${total} of ${count} pages; the results have all of them.`) : "";
    sheets.replaceChildren(...pages, left);
    stop = null;
    if (total) rove(pages[0]);
  }

  function makeSheet(number, total) {
    const sheet = make("figure", { class: "sheet", "data-page": number, tabindex: -1, "aria-label": `Page ${number} of ${total}` });
    sheet.style.aspectRatio = `1 / ${ratio}`;
    size(sheet);
    near.observe(sheet);
    watch.observe(sheet);
    return sheet;
  }

  // An empty view says why it is empty.
  function say(message) {
    open(null, 0);
    sheets.replaceChildren(make("p", { class: "muted centred" }, message));
  }

  // The page that the tab key leads to: the one where one was, or else the one that is seen.
  function rove(sheet) {
    if (stop) stop.tabIndex = -1;
    stop = sheet;
    stop.tabIndex = 0;
  }

  const visible = new Map();
  function follow(entries) {
    for (const entry of entries) visible.set(Number(entry.target.dataset.page), entry.intersectionRatio);
    const best = [...visible].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0];
    if (!best || best[1] === 0) return;
    setText(position, `Page ${best[0]} of ${pages.length}`);
    if (!sheets.contains(document.activeElement)) rove(pages[best[0] - 1]);
  }

  // A page that only flies by is not fetched.
  const waiting = new Map();
  function approach({ isIntersecting, target }) {
    clearTimeout(waiting.get(target));
    waiting.delete(target);
    if (isIntersecting) waiting.set(target, setTimeout(() => (waiting.delete(target), load(target)), patience));
  }

  function load(sheet) {
    near.unobserve(sheet);
    loadImage(sheet);
    loadBoxes(sheet, run);
  }

  function loadImage(sheet) {
    const number = Number(sheet.dataset.page);
    const width = Math.min(2000, Math.max(800, Math.ceil((sheet.clientWidth * devicePixelRatio) / 400) * 400));
    const image = make("img", { alt: `Page ${number}`, decoding: "async" });
    const source = address(number, "image", run, width);
    let failures = 0;
    image.addEventListener("error", () => {
      if (!sheet.isConnected) return;
      failures += 1;
      // The server may have too much to do, or we may have asked too much of it.
      if (failures < 3) setTimeout(() => (image.src = source), failures * 3000);
      else fail(image, "This page could not be drawn.", () => loadImage(sheet));
    });
    image.src = source;
    sheet.prepend(image);
  }

  async function loadBoxes(sheet, mine) {
    try {
      const boxes = await get(address(Number(sheet.dataset.page), "boxes", mine));
      if (mine !== run) return;
      sheet.style.aspectRatio = `${boxes.width} / ${boxes.height}`;
      sheet.dataset.points = boxes.width;
      size(sheet);
      sheet.append(drawBoxes(boxes));
      legend.add(boxes.boxes);
    } catch {
      // The image is worth showing without them.
      if (mine === run) fail(sheet.appendChild(make("p")), "What was found on this page could not be read.", () => loadBoxes(sheet, mine), "slim");
    }
  }

  function fail(element, message, again, extra = "") {
    const sheet = element.parentNode;
    const note = make("p", { class: `sheet-note ${extra}` }, `${message} `, make("button", { type: "button", onclick: () => (note.remove(), sheet.focus(), again()) }, "Try again"));
    element.replaceWith(note);
  }

  // Boxes tell their text

  const rectsOf = (sheet) => (sheet.querySelector("svg.boxes")?.rects ?? []).filter((rect) => !legend.isHidden(rect.box.label));

  function point(rect) {
    if (rect === tip.target) return;
    const { box } = rect;
    const rects = rectsOf(rect.closest(".sheet"));
    const title = labelWords(box.label);
    tip.show(rect, title, box.text, `${title}, ${rects.indexOf(rect) + 1} of ${rects.length}${box.text ? `: ${box.text}` : ""}`);
  }

  function enter(rect) {
    rect.scrollIntoView({ block: "nearest", inline: "nearest" });
    point(rect);
  }

  function goTo(number) {
    const sheet = pages[number - 1];
    tip.close();
    sheet.focus({ preventScroll: true });
    sheets.scrollTop = sheet.offsetTop - sheets.offsetTop;
    return sheet;
  }

  // From box to box in reading order, and over the page's edge to the next one.
  function step(sheet, by) {
    const number = Number(sheet.dataset.page);
    // What is still to come would be left out.
    if (!sheet.querySelector(".boxes, .slim")) return;
    const rects = rectsOf(sheet);
    const to = boxFor(by, rects.indexOf(tip.target), rects.length);
    if (typeof to === "number") return enter(rects[to]);
    if (to === "next" && number < pages.length) goTo(number + 1);
    const last = to === "previous" && number > 1 && rectsOf(goTo(number - 1)).at(-1);
    if (last) enter(last);
  }

  sheets.addEventListener("keydown", (event) => {
    const sheet = event.target;
    if (!sheet.matches(".sheet") || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Escape") return tip.close();
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const to = placeFor(event.key, Number(sheet.dataset.page), pages.length);
    if (!by && to === null) return;
    event.preventDefault();
    by ? step(sheet, by) : goTo(to);
  });
  sheets.addEventListener("focusin", (event) => event.target.closest(".sheet") && rove(event.target.closest(".sheet")));
  sheets.addEventListener("focusout", tip.close);
  // Not where only the page moved, under a pointer that rests.
  sheets.addEventListener("pointermove", (event) => (event.movementX || event.movementY) && (event.target.box ? point(event.target) : tip.close()));
  // A finger that is lifted has left too; what it touched stays until it touches something else.
  sheets.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && tip.close());
  section.addEventListener("click", (event) => (event.target.box ? point(event.target) : tip.close()));
  sheets.addEventListener("scroll", tip.place, { passive: true });
  addEventListener("scroll", tip.place, { passive: true });

  // A point is 1/72 inch, a pixel 1/96: at 100 % a page is as large as on paper.
  function size(sheet) {
    sheet.style.width = sheets.classList.contains("full") ? `${(Number(sheet.dataset.points ?? 612) * 96) / 72}px` : "";
  }

  section.querySelectorAll("[data-zoom]").forEach((button) =>
    button.addEventListener("click", () => {
      for (const each of section.querySelectorAll("[data-zoom]")) each.setAttribute("aria-pressed", String(each === button));
      sheets.classList.toggle("full", button.dataset.zoom === "full");
      pages.forEach(size);
      if (stop) sheets.scrollTop = stop.offsetTop - sheets.offsetTop;
    }),
  );

  return { open, say };
}
