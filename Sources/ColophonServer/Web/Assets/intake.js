// A file on its way to the server, however long that is away: the server knows a file that it has, so sending it twice is sending it once.

import { sendFile } from "./send.js";
import { Problem } from "./problem.js";

const patience = 15 * 60;

// How many seconds to wait before it is sent again; null where that would change nothing.
export function waitFor(error, failures) {
  if (error?.retryAfter != null) return Math.min(error.retryAfter, 60);
  if (error?.status === 0 || [502, 503, 504].includes(error?.status)) return Math.min(2 ** failures, 10);
  return null;
}

export async function sendSurely(path, options, { pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000)), send = sendFile, random = Math.random } = {}) {
  let [failures, waited] = [0, 0];
  for (;;) {
    // Each time: it may have changed or gone meanwhile, and a browser says no more of that than of a server that is away.
    await checkReadable(options.file);
    try {
      return await send(path, options);
    } catch (error) {
      const wait = waitFor(error, failures);
      if (wait === null || options.signal.aborted || waited > patience) throw error;
      failures += 1;
      waited += wait;
      options.progress(0, true);
      await pause(wait + random());
      if (options.signal.aborted) throw error;
    }
  }
}

// A folder, or a file that went: no server can be waited for then.
async function checkReadable(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    throw new Problem({ message: "The file cannot be read: folders cannot be sent, nor files that have gone." , code: "UNREADABLE" });
  }
}
