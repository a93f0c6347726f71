// The end of a session: the page says so once, and everything in it that asks by itself stops.

import { toast } from "./toast.js";

export function createEnding(sign) {
  const stops = [];
  let ended = false;
  return {
    stops: (...more) => void stops.push(...more),
    end() {
      if (ended) return;
      ended = true;
      for (const stop of stops) stop();
      sign.state("ended");
      toast("You are no longer signed in here.", { action: "Reload", act: () => location.reload(), kind: "problem", seconds: 3600 });
    },
  };
}
