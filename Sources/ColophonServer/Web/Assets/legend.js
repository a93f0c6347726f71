// The kinds of boxes that the pages have, each to be switched on and off; the choice outlives the page.

import { make } from "./dom.js";
import { groupNames, groupOf } from "./labels.js";

const key = "colophon.boxes.hidden";

// `changed` is told after a kind was switched.
export function createLegend(root, sheets, changed) {
  const seen = new Set();
  const hidden = new Set(read());

  function add(boxes) {
    const before = seen.size;
    for (const box of boxes) seen.add(groupOf(box.label));
    if (seen.size === before) return;
    const focused = root.contains(document.activeElement) ? document.activeElement.dataset.group : null;
    root.replaceChildren(
      ...groupNames
        .filter((group) => seen.has(group.key))
        .map((group) => make("button", { type: "button", "data-group": group.key, "aria-pressed": String(!hidden.has(group.key)), onclick: (event) => toggle(group.key, event.currentTarget) }, make("span", { class: "swatch" }), group.name)),
    );
    if (focused) root.querySelector(`[data-group="${focused}"]`)?.focus();
    paint();
  }

  function toggle(group, button) {
    hidden.has(group) ? hidden.delete(group) : hidden.add(group);
    button.setAttribute("aria-pressed", String(!hidden.has(group)));
    write([...hidden]);
    paint();
    changed();
  }

  function paint() {
    for (const group of groupNames) sheets.classList.toggle(`hide-${group.key}`, hidden.has(group.key));
  }

  return {
    add,
    clear() {
      seen.clear();
      root.replaceChildren();
    },
    isHidden: (label) => hidden.has(groupOf(label)),
  };
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? [];
  } catch {
    return [];
  }
}

function write(value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing still shows everything.
  }
}
