// Short messages at the page's foot; the region is announced politely.

import { make } from "./dom.js";

export function toast(message, { action, act, kind = "", seconds = 8 } = {}) {
  const box = document.getElementById("toasts");
  const close = () => element.remove();
  const element = make(
    "div",
    { class: `toast ${kind}` },
    make("span", {}, message),
    action
      ? make("button", { type: "button", onclick: () => (close(), act()) }, action)
      : null,
    make("button", { type: "button", class: "quiet", "aria-label": "Dismiss", onclick: close }, "×"),
  );
  box.append(element);
  while (box.children.length > 3) box.firstElementChild.remove();
  let timer = setTimeout(close, seconds * 1000);
  // It stays while somebody is about to press its button, and has its time again when nobody is.
  const hold = () => clearTimeout(timer);
  const go = () => (hold(), (timer = setTimeout(close, seconds * 1000)));
  element.addEventListener("pointerenter", hold);
  element.addEventListener("focusin", hold);
  element.addEventListener("pointerleave", go);
  element.addEventListener("focusout", go);
  return close;
}

export function toastError(error) {
  toast(error?.message || "That did not work.", { kind: "problem", seconds: 12 });
}
