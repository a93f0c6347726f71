// The text of what is pointed at, beside it and within the window; read out from a place that was there before it had anything to say.

import { make, setText } from "./dom.js";

// Who runs over many boxes wants to hear of the one where they stop.
const patience = 200;

export function createTip(told) {
  let [tip, target, telling] = [null, null, null];

  function close() {
    tip?.remove();
    target?.classList.remove("on");
    [tip, target] = [null, null];
    clearTimeout(telling);
    setText(told, "");
  }

  // `heard` is what a reader says, which has no place on the page to tell one box from the other by.
  function show(element, title, text, heard) {
    if (element === target) return;
    close();
    target = element;
    target.classList.add("on");
    tip = make("div", { class: "tip", "aria-hidden": "true" }, make("strong", {}, title), text ? make("p", {}, text) : null);
    document.body.append(tip);
    place();
    telling = setTimeout(() => setText(told, heard), patience);
  }

  // Again after whatever it stands beside has moved.
  function place() {
    if (!tip) return;
    const at = target.getBoundingClientRect();
    const size = tip.getBoundingClientRect();
    const below = at.bottom + 8 + size.height < innerHeight;
    const top = below ? at.bottom + 8 : Math.max(8, at.top - 8 - size.height);
    const left = Math.min(Math.max(8, at.left), Math.max(8, innerWidth - size.width - 8));
    tip.style.top = `${top}px`;
    tip.style.left = `${left}px`;
  }

  return {
    show,
    place,
    close,
    get target() {
      return target;
    },
  };
}
