// What went wrong with a request, with a sentence for people; and what may be done about it.

export class Problem extends Error {
  constructor({ status = 0, type = "", code = "", message, retryAfter = null, errors = [] }) {
    super(message);
    this.name = "Problem";
    Object.assign(this, { status, type, code, retryAfter, errors });
  }
}

// What an answer that is no success says; text is its body.
export function problemOf(status, text, retryAfter) {
  let body = null;
  try {
    body = JSON.parse(text);
  } catch {
    // Whatever stands between us and the server may answer with a page of its own.
  }
  const seconds = Number(retryAfter);
  return new Problem({
    status,
    type: body?.type,
    code: body?.code,
    errors: body?.errors ?? [],
    message: body?.detail ?? body?.message ?? `The server answered ${status}.`,
    retryAfter: retryAfter != null && Number.isFinite(seconds) ? seconds : null,
  });
}

// A success that cannot be read: a page of something between us and the server, or an answer that was cut off.
export function unreadable(message = "The server's answer could not be read.") {
  return new Problem({ message });
}

// Whoever asks is no longer let in: whatever they ask.
export function isRefusal(error) {
  return error?.status === 401 || error?.status === 403;
}

const passing = new Set([401, 403, 404, 408, 425, 429]);

// What is asked is at fault, so that the same will be answered the same however often it is asked.
export function isFinal(error) {
  return error?.status >= 400 && error.status < 500 && !passing.has(error.status);
}
