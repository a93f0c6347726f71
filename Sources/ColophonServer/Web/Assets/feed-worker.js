// A worker that all tabs of a browser share: one connection for each workspace, however many tabs show it. Browsers open six
// connections to a server over HTTP/1.1; a stream for every tab would soon leave none for anything else.

import { createHub } from "./hub.js";
import { openStream, streamURL } from "./stream.js";

const hub = createHub((workspace, cursor, on) => openStream({ url: streamURL(workspace), cursor, on }));

addEventListener("connect", (event) => {
  const port = event.ports[0];
  const member = { post: (message) => port.postMessage(message) };
  port.onmessage = ({ data }) => {
    if (data.type === "join") {
      hub.join(data.workspace, data.cursor, member);
      // A tab that crashes says no farewell, but loses the lock that it holds while it lives.
      if (data.lock && navigator.locks) navigator.locks.request(data.lock, () => hub.leave(member)).catch(() => {});
    } else if (data.type === "leave") {
      hub.leave(member);
    }
  };
});
