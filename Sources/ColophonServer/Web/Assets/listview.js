// What the list page shows: its rows, and around them whatever follows from where one is.

import * as address from "./address.js";
import { part, setAttribute, setText, show } from "./dom.js";
import { count } from "./format.js";
import { fillRow, makeRow } from "./rows.js";

// `at` has `where`, the list's address, and `trail`, the cursors of the pages before it, as far as this tab has seen them.
export function createListView(main, at) {
  const { base } = main.dataset;
  const body = document.getElementById("rows");
  const template = document.getElementById("row");
  const form = document.getElementById("filters");
  const pager = document.getElementById("pager");
  const updates = part(document.getElementById("updates"), "body");
  const rowOf = (id) => body.querySelector(`tr[data-id="${CSS.escape(id)}"]`);

  // `shown` maps the id of each row to what it is sorted by.
  const view = {
    hasMore: "more" in main.dataset,
    next: main.dataset.next ?? "",
    total: main.dataset.total ? Number(main.dataset.total) : null,
    shown: new Map([...body.children].map((row) => [row.dataset.id, row.dataset.order])),
  };

  view.paint = ({ items, meta }, markNew) => {
    const old = new Map([...body.children].map((row) => [row.dataset.id, row]));
    const next = items.map((item) => {
      const known = old.get(item.id);
      const row = known ?? makeRow(template, base);
      fillRow(row, item, base);
      row.dataset.order = address.orderOf(item, at.where);
      if (!known && markNew) row.classList.add("fresh");
      return row;
    });
    place(next);
    view.shown = new Map(items.map((item) => [item.id, address.orderOf(item, at.where)]));
    Object.assign(view, { hasMore: meta.hasMore, next: meta.nextCursor ?? "", total: meta.totalCount ?? null });
    view.paintFrame();
    show(updates, false);
  };

  // Rows that stay are not taken out and put in again: that would lose the focus.
  function place(next) {
    const wanted = new Set(next);
    for (const row of [...body.children]) if (!wanted.has(row)) removeRow(row);
    next.forEach((row, index) => {
      if (body.children[index] !== row) body.insertBefore(row, body.children[index] ?? null);
    });
  }

  function removeRow(row) {
    if (row.contains(document.activeElement)) {
      const neighbour = row.nextElementSibling ?? row.previousElementSibling;
      (neighbour?.querySelector('[data-part="name"]') ?? form.elements.q).focus();
    }
    row.remove();
  }

  view.drop = (ids) => {
    for (const id of ids) {
      const row = rowOf(id);
      if (row) removeRow(row);
      if (view.shown.delete(id) && view.total !== null) view.total -= 1;
    }
  };

  view.fill = (id, item) => fillRow(rowOf(id), item, base);

  // Rows whose pages are being read.
  view.running = () => [...body.querySelectorAll('[data-status="running"]')].map((badge) => badge.closest("tr").dataset.id);

  // Says above the rows that they are not what they should be; another list takes it back.
  view.say = (message = "Updates available") => {
    setText(updates.querySelector("span"), message);
    show(updates, true);
  };

  view.focusFirst = () => {
    const first = body.querySelector('[data-part="name"]') ?? form.elements.q;
    first.focus({ preventScroll: true });
  };

  view.paintFrame = () => {
    const { where, trail } = at;
    const none = view.shown.size === 0;
    const filtered = address.isFiltered(where);
    show(document.getElementById("table"), !none);
    const empty = document.getElementById("empty");
    show(empty, none);
    show(part(empty, "none"), !filtered && !where.cursor);
    show(part(empty, "filtered"), filtered && !where.cursor);
    show(part(empty, "beyond"), Boolean(where.cursor));
    setText(document.getElementById("total"), view.total === null ? "" : count(view.total, "document", "documents"));
    const link = (act, visible, to) => {
      const element = pager.querySelector(`[data-act="${act}"]`);
      show(element, visible);
      setAttribute(element, "href", base + address.format(to));
    };
    link("first", Boolean(where.cursor), { ...where, cursor: "" });
    link("previous", Boolean(trail?.length), { ...where, cursor: trail?.at(-1) ?? "" });
    link("next", Boolean(view.next), { ...where, cursor: view.next });
    const sort = address.sortKey(where);
    for (const head of document.querySelectorAll("th[data-sort]")) {
      setAttribute(head, "aria-sort", head.dataset.sort === sort.id ? (sort.desc ? "descending" : "ascending") : null);
      const to = { ...where, sort: address.nextSort(where, head.dataset.sort), cursor: "" };
      setAttribute(head.querySelector("a"), "href", base + address.format(to));
    }
    for (const name of ["q", "status", "type"]) {
      const field = form.elements[name];
      if (field !== document.activeElement) field.value = where[name];
    }
    const chip = document.getElementById("tag-filter");
    show(chip, Boolean(where.tag));
    setText(part(chip, "tag"), where.tag);
    setAttribute(chip, "href", base + address.format({ ...where, tag: "", cursor: "" }));
    show(document.getElementById("clear"), filtered);
  };

  return view;
}
