// What a list shows, as the page's address says it, and as the API asks for it. The server reads the same addresses.

export const defaultSort = "-createdAt";
const names = ["q", "status", "type", "tag", "sort", "cursor"];

export function parse(search) {
  const query = new URLSearchParams(search);
  const address = Object.fromEntries(names.map((name) => [name, query.get(name) ?? ""]));
  address.sort ||= defaultSort;
  return address;
}

export function format(address) {
  const query = new URLSearchParams();
  for (const name of names) {
    const value = address[name];
    if (value && !(name === "sort" && value === defaultSort)) query.set(name, value);
  }
  const text = written(query);
  return text ? `?${text}` : "";
}

export function sortKey(address) {
  const desc = address.sort.startsWith("-");
  return { id: desc ? address.sort.slice(1) : address.sort, desc };
}

// Names begin at A, sizes and times at the largest; asked again, the other way round.
export function nextSort(address, id) {
  const natural = id === "name" ? id : `-${id}`;
  return address.sort === natural ? (id === "name" ? `-${id}` : id) : natural;
}

export function isFiltered(address) {
  return Boolean(address.q || address.status || address.type || address.tag);
}

export function filters(address) {
  const list = [];
  if (address.status === "waiting") list.push({ id: "lastRunPhase", operator: "isEmpty" });
  else if (address.status) list.push({ id: "lastRunPhase", operator: "in", value: [address.status] });
  if (address.type) list.push({ id: "fileType", operator: "in", value: [address.type] });
  if (address.tag) list.push({ id: "tags", operator: "in", value: [address.tag] });
  return list;
}

// The query of the list route; with ids, only those of them that belong to this list.
export function listQuery(address, { limit, ids = null, total = false } = {}) {
  const query = new URLSearchParams();
  const all = filters(address);
  if (ids) all.push({ id: "id", operator: "in", value: ids });
  if (all.length) query.set("filters", JSON.stringify(all));
  if (address.q) query.set("q", address.q);
  query.set("sort", JSON.stringify([sortKey(address)]));
  if (limit) query.set("limit", String(limit));
  if (!ids && address.cursor) query.set("cursor", address.cursor);
  if (total) query.set("includeTotal", "true");
  return written(query);
}

// A server takes 8 KiB of filters, and what stands before it often no longer a first line than that: path, words and filters.
const queryMost = 7 << 10;
const idsMost = 5 << 10;

// Ids in as many questions as they need: they are up to 128 characters long, where the server's own have 36.
export function idBatches(address, ids) {
  const room = Math.min(idsMost, queryMost - listQuery(address, { ids: [], limit: ids.length }).length);
  const batches = [];
  let left = 0;
  for (const id of ids) {
    const size = encodeURIComponent(`${JSON.stringify(id)},`).length;
    if (batches.length === 0 || size > left) {
      batches.push([]);
      left = room;
    }
    batches.at(-1).push(id);
    left -= size;
  }
  return batches;
}

// Spaces as %20: a plus sign is a space in forms only.
function written(query) {
  return query.toString().replaceAll("+", "%20");
}

// What a row is sorted by: when it changes, the row may have to move.
export function orderOf(row, address) {
  const { id } = sortKey(address);
  return String(row[id] ?? "");
}
