// A document's tags, with a cross on each and a field for more.

import { make, part } from "./dom.js";
import { splitTags } from "./dialog.js";

export function createTagEditor(root, { base, mayWrite, save, suggest }) {
  const list = part(root, "tags");
  let [tags, drawn] = [[], null];

  const options = make("datalist", { id: "known-tags" });
  const input = make("input", { type: "text", placeholder: "Add tag", "aria-label": "Add tags", list: "known-tags", maxlength: 200, autocomplete: "off" });
  const form = make("form", { class: "tag-form" }, input, options);
  if (mayWrite) root.append(form);

  let typing = null;
  input.addEventListener("input", () => {
    clearTimeout(typing);
    const q = input.value.trim();
    if (q.length < 2) return;
    typing = setTimeout(async () => {
      const known = await suggest(q).catch(() => []);
      options.replaceChildren(...known.map((tag) => make("option", { value: tag })));
    }, 200);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const add = splitTags(input.value);
    if (add.length && (await save({ add }))) input.value = "";
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Backspace" && input.value === "" && tags.length) list.lastElementChild?.querySelector("button")?.focus();
  });

  function fill(next) {
    tags = next;
    const key = tags.join("\n");
    if (drawn === key) return;
    const focus = drawn !== null && list.contains(document.activeElement);
    drawn = key;
    list.replaceChildren(
      ...tags.map((tag) =>
        make(
          "li",
          { class: "chip" },
          make("a", { href: `${base}?tag=${encodeURIComponent(tag)}` }, tag),
          mayWrite ? make("button", { type: "button", "aria-label": `Remove tag ${tag}`, onclick: () => save({ remove: [tag] }) }, "×") : null,
        ),
      ),
    );
    if (focus) input.focus();
  }

  return { fill };
}
