// One file to the server. XMLHttpRequest, because fetch cannot say how far an upload has come.

import { Problem, problemOf, unreadable } from "./problem.js";

export function sendFile(path, { file, fields = {}, progress, signal }) {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    // Before the file: what is wrong with them the server says before it takes the bytes.
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set("file", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => progress(event.lengthComputable && event.total ? event.loaded / event.total : 0));
    request.addEventListener("load", () => {
      if (request.status < 200 || request.status > 299) {
        return reject(problemOf(request.status, request.responseText, request.getResponseHeader("Retry-After")));
      }
      try {
        resolve(JSON.parse(request.responseText));
      } catch {
        reject(unreadable("The server's answer could not be read; the file may be stored all the same."));
      }
    });
    request.addEventListener("error", () => reject(new Problem({ message: "The connection broke off, or the file could not be read: folders cannot be uploaded, nor files that changed meanwhile." })));
    request.addEventListener("abort", () => reject(new Problem({ message: "Cancelled." })));
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

// The same, with patience where the server says when it has room.
export async function sendPatiently(path, options, pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000))) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await sendFile(path, options);
    } catch (error) {
      if (error.retryAfter == null || error.retryAfter > 30 || attempt === 3 || options.signal.aborted) throw error;
      options.progress(0, true);
      await pause(error.retryAfter + Math.random());
      if (options.signal.aborted) throw error;
    }
  }
}
