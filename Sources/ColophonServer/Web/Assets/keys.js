// Keys of the list page; none while somebody is typing.

export function startKeys({ search, rows }) {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest?.("input:not([type=checkbox]), textarea, select, dialog, [contenteditable]");
    if (event.key === "/" && !typing) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "Escape" && event.target === search) {
      search.blur();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !typing) {
      move(event);
    }
  });

  // From one row to the next, in the column where one is.
  function move(event) {
    const row = event.target.closest?.("tr[data-id]");
    if (!row || !rows.contains(row)) return;
    const other = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
    if (!other) return;
    const wanted = event.target.matches("input[type=checkbox]") ? "input[type=checkbox]" : '[data-part="name"]';
    event.preventDefault();
    other.querySelector(wanted)?.focus();
  }
}
