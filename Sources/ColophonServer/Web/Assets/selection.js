// Which rows are chosen. A choice survives a refresh of the rows, and ends with the row.

import { part, setText, show } from "./dom.js";

export function createSelection({ body, all, bar }) {
  const chosen = new Set();
  let last = null;

  const boxes = () => [...body.querySelectorAll("tr[data-id] input[type=checkbox]")];
  const idOf = (box) => box.closest("tr").dataset.id;

  function paint() {
    const present = boxes();
    for (const box of present) {
      const on = chosen.has(idOf(box));
      box.checked = on;
      box.closest("tr").classList.toggle("chosen", on);
    }
    const here = present.filter((box) => box.checked).length;
    all.checked = here > 0 && here === present.length;
    all.indeterminate = here > 0 && here < present.length;
    // Its buttons go with it: the focus goes to where the choice began.
    const focused = chosen.size === 0 && bar.contains(document.activeElement);
    show(bar, chosen.size > 0);
    if (focused) all.focus({ preventScroll: true });
    setText(part(bar, "count"), chosen.size ? `${chosen.size} selected` : "");
  }

  body.addEventListener("click", (event) => {
    const box = event.target.closest("input[type=checkbox]");
    if (!box) return;
    const present = boxes();
    // With the shift key: all from the last one to this.
    const from = event.shiftKey && last ? present.findIndex((each) => idOf(each) === last) : -1;
    const to = present.indexOf(box);
    const range = from < 0 ? [box] : present.slice(Math.min(from, to), Math.max(from, to) + 1);
    for (const each of range) box.checked ? chosen.add(idOf(each)) : chosen.delete(idOf(each));
    last = idOf(box);
    paint();
  });
  all.addEventListener("change", () => {
    for (const box of boxes()) all.checked ? chosen.add(idOf(box)) : chosen.delete(idOf(box));
    paint();
  });

  return {
    ids: () => [...chosen],
    paint,
    clear() {
      chosen.clear();
      paint();
    },
    // After rows came and went.
    keepOnly(ids) {
      for (const id of [...chosen]) if (!ids.has(id)) chosen.delete(id);
      paint();
    },
  };
}
