// What a list does about changes: pure rules, without requests and without the page.

// Several changes of one document are one: the last says how it is.
export function lastPerDocument(changes) {
  const last = new Map();
  for (const change of changes) {
    // Deleted and inserted again, so that the order is that of the last changes.
    last.delete(change.documentId);
    last.set(change.documentId, change.op === "delete" || change.op === "archive" ? "delete" : "upsert");
  }
  return last;
}

// Divides changed documents by what they mean to the rows that are shown.
export function partition(last, visible) {
  const parts = { gone: [], touched: [], elsewhere: [] };
  for (const [id, op] of last) {
    if (op === "delete") {
      if (visible.has(id)) parts.gone.push(id);
    } else if (visible.has(id)) {
      parts.touched.push(id);
    } else {
      parts.elsewhere.push(id);
    }
  }
  return parts;
}

// More rows than this are not asked for by id: the list itself is the shorter question.
export const fetchMost = 100;

// What is to be asked before the rows can be brought up to date.
//
// `remove` goes at once, without asking. `fetch` are the ids to list by the filter of ids, with the list's own filters beside it, so
// that the answer also says which of them belong here. `reload` says that the first page is to be listed again; `notice` that another
// page is no longer as it was.
export function plan({ last, visible, isFirst, hasMore }) {
  const { gone, touched, elsewhere } = partition(last, visible);
  if (touched.length + elsewhere.length > fetchMost) {
    return isFirst
      ? { remove: gone, fetch: [], reload: true, notice: false }
      : { remove: gone, fetch: touched.slice(0, fetchMost), reload: false, notice: true };
  }
  // On the first page the rows after a removed one come up; another page stays as it is until its reader asks.
  return { remove: gone, fetch: [...touched, ...elsewhere], reload: isFirst && hasMore && gone.length > 0, notice: false };
}

// What the answer means: rows that belong here and are not shown, or whose place may have moved, are more than this page can settle
// by itself.
//
// `shown` maps the id of each row to what it is sorted by, `found` the ids that the answer had to the same of now.
export function settle({ asked, found, shown, isFirst, hasMore }) {
  const result = { replace: [], remove: [], reload: false, notice: false };
  let unsettled = false;
  for (const id of asked) {
    if (shown.has(id)) {
      if (!found.has(id)) {
        result.remove.push(id);
        if (isFirst && hasMore) unsettled = true;
      } else {
        result.replace.push(id);
        if (found.get(id) !== shown.get(id)) unsettled = true;
      }
    } else if (found.has(id)) {
      unsettled = true;
    }
  }
  result.reload = unsettled && isFirst;
  result.notice = unsettled && !isFirst;
  return result;
}
