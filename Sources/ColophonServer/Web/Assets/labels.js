// What boxes are, in few groups: thirty labels would be thirty colours that nobody can tell apart.

const groups = [
  ["heading", "Headings", ["title", "section_header", "field_heading"]],
  ["text", "Text", ["text", "paragraph", "reference", "handwritten_text", "formula", "code"]],
  ["list", "Lists", ["list_item", "marker", "checkbox_selected", "checkbox_unselected"]],
  ["table", "Tables", ["table", "document_index", "form", "key_value_region", "field_region", "field_item", "field_key", "field_value", "field_hint", "grading_scale"]],
  ["picture", "Pictures", ["picture", "chart"]],
  ["note", "Captions and notes", ["caption", "footnote"]],
  ["furniture", "Heads and feet", ["page_header", "page_footer"]],
];
const byLabel = new Map(groups.flatMap(([key, , labels]) => labels.map((label) => [label, key])));

export function groupOf(label) {
  return byLabel.get(label) ?? "text";
}

export const groupNames = groups.map(([key, name]) => ({ key, name }));

export function labelWords(label) {
  const words = label.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
