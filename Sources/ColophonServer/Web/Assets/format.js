// Numbers, times and words as the server writes them, times in the reader's zone.

const units = ["KB", "MB", "GB", "TB"];

export function bytes(count) {
  if (count < 1024) return `${count} B`;
  let value = count;
  let unit = -1;
  while (value >= 1023.5 && unit < 3) {
    value /= 1024;
    unit += 1;
  }
  const tenths = Math.round(value * 10);
  return `${tenths < 100 ? (tenths / 10).toFixed(1) : Math.round(value)} ${units[unit]}`;
}

export function count(number, one, many) {
  return `${number} ${number === 1 ? one : many}`;
}

const labels = { queued: "Queued", running: "Running", succeeded: "Complete", failed: "Failed", cancelled: "Cancelled" };

// A run's status; none while it waits to be started.
export function statusKey(status) {
  return status ?? "waiting";
}

export function statusLabel(status) {
  return status == null ? "Not started" : (labels[status] ?? status);
}

export function isActive(status) {
  return status === "queued" || status === "running";
}

const steps = { queued: "Waiting for a worker", parsing: "Reading", storing: "Storing", chunking: "Dividing", done: "Done" };

export function stepLabel(step) {
  return steps[step] ?? step;
}

export function fileType(type) {
  if (type === "pdf" || type === "html") return type.toUpperCase();
  return type.charAt(0).toUpperCase() + type.slice(1);
}

export function duration(milliseconds) {
  if (!Number.isFinite(milliseconds) || milliseconds < 0) return "–";
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const dayFormat = new Intl.DateTimeFormat(undefined, { year: "numeric", month: "short", day: "numeric" });
const fullFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
const clockFormat = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });

export function exactTime(text) {
  return fullFormat.format(new Date(text));
}

// "now", "5 min ago", "14:22" today, "yesterday 14:22", or a date.
export function shortTime(text, now = Date.now()) {
  const date = new Date(text);
  const age = now - date.getTime();
  if (age < 60_000 && age > -60_000) return "now";
  if (age > 0 && age < 3_600_000) return `${Math.floor(age / 60_000)} min ago`;
  const today = new Date(now);
  if (date.toDateString() === today.toDateString()) return clockFormat.format(date);
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (date.toDateString() === yesterday.toDateString()) return `yesterday ${clockFormat.format(date)}`;
  return dayFormat.format(date);
}
