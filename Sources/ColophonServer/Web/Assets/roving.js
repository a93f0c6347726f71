// Many things behind one tab stop: which of them a key leads to.

// The number that `key` leads to from `at` among so many, counted from 1; null where it leads nowhere.
export function placeFor(key, at, total) {
  const to = { PageDown: at + 1, PageUp: at - 1, Home: 1, End: total }[key];
  return to === undefined || to < 1 || to > total || to === at ? null : to;
}

// Where a step of 1 or -1 leads among the boxes of a page, counted from 0 and -1 where one is on none; "next" or "previous" where it
// leads to another page.
export function boxFor(step, at, total) {
  if (step > 0) return at + 1 < total ? at + 1 : "next";
  return at > 0 ? at - 1 : "previous";
}
