// A document's newest events. The server tells them oldest first, numbered without gaps; so the end of a long history is found by
// doubling and halving, not by reading all of it.

// `read(after, limit)` answers with events after a number, at most `limit`, and whether there are more. What is known is not read again.
export function createHistory({ read, most = 500, page = 1000 }) {
  let [known, first] = [[], null];

  async function isPast(number) {
    return (await read(number, 1)).events.length === 0;
  }

  // A number after which there is at least one event, and at most a page of them.
  async function nearTheEnd(after) {
    let [low, step] = [after, page];
    while (!(await isPast(low + step))) [low, step] = [low + step, step * 2];
    let high = low + step;
    while (high - low > page) {
      const middle = Math.floor((low + high) / 2);
      if (await isPast(middle)) high = middle;
      else low = middle;
    }
    return low;
  }

  // The newest, newest first, and whether older ones are left out.
  return async function newest() {
    let before = known;
    let answer = await read(before.at(-1)?.seq ?? 0, page);
    first ??= answer.events[0]?.seq ?? null;
    if (answer.hasMore) {
      before = [];
      answer = await read(Math.max(0, (await nearTheEnd(answer.nextAfter)) + 1 - most), page);
    }
    let got = [...before, ...answer.events];
    // Whatever happens meanwhile; a document has an end to what can happen to it.
    for (let more = 0; answer.hasMore && more < 10; more += 1) {
      answer = await read(answer.nextAfter, page);
      got = [...got, ...answer.events];
    }
    known = got.slice(-most);
    return { events: [...known].reverse(), older: known.length > 0 && known[0].seq > first };
  };
}
