// Questions that must be answered before something is done. The browser's own dialog keeps the focus inside and gives it back.

import { make } from "./dom.js";

function ask({ title, body, confirm, danger, value }) {
  return new Promise((resolve) => {
    const form = make(
      "form",
      { method: "dialog" },
      make("h2", { id: "dialog-title" }, title),
      body,
      make(
        "div",
        { class: "dialog-actions" },
        make("button", { type: "button", onclick: () => dialog.close("") }, "Cancel"),
        make("button", { type: "submit", value: "yes", class: danger ? "danger solid" : "primary" }, confirm),
      ),
    );
    const dialog = make("dialog", { "aria-labelledby": "dialog-title" }, form);
    dialog.addEventListener("close", () => {
      const answer = dialog.returnValue === "yes" ? (value ? value() : true) : null;
      dialog.remove();
      resolve(answer);
    });
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close(""));
    document.body.append(dialog);
    dialog.showModal();
    const first = dialog.querySelector("input");
    if (first) first.select();
  });
}

// True, or null when the answer is no.
export function askToConfirm({ title, text, confirm, danger = true }) {
  return ask({ title, body: make("p", {}, text), confirm, danger });
}

// What was typed, or null.
export function askForText({ title, label, value = "", confirm, hint = "", suggestions = [] }) {
  const list = suggestions.length
    ? make("datalist", { id: "dialog-suggestions" }, ...suggestions.map((each) => make("option", { value: each })))
    : null;
  const input = make("input", { type: "text", id: "dialog-input", value, required: true, maxlength: 255, autocomplete: "off", list: list ? "dialog-suggestions" : null });
  input.value = value;
  const body = make("div", { class: "field" }, make("label", { for: "dialog-input" }, label), input, list, hint ? make("p", { class: "muted" }, hint) : null);
  return ask({ title, body, confirm, danger: false, value: () => input.value.trim() || null });
}

// Tags as people type them, divided by commas.
export function splitTags(text) {
  return (text ?? "").split(",").map((tag) => tag.trim()).filter(Boolean);
}
