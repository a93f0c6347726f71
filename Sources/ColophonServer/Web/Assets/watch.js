// Looks again and again while there is something to look at: pages that were read make no change in the feed.

import { fullJitter } from "./backoff.js";
import { isFinal, isRefusal } from "./problem.js";

const seen = () => document.visibilityState === "visible";

// `wanted()` says whether there is anything to look at, `look()` looks. `refused(error)` and `failed(error)` as those of a puller; after
// the first nothing is looked at any more, after the second nothing before the next `start`.
export function createWatch({ every, wanted, look, refused = () => {}, failed = () => {}, isVisible = seen, timers = globalThis, random = Math.random }) {
  let [timer, looking, stopped, failures] = [null, false, false, 0];

  // Called whenever something may have to be looked at; what goes on already is left alone.
  function start() {
    if (!stopped && !looking && timer === null && wanted()) timer = timers.setTimeout(run, every);
  }

  async function run() {
    timer = null;
    if (!wanted()) return;
    looking = true;
    let wait = every;
    try {
      if (isVisible()) await look();
      failures = 0;
    } catch (error) {
      if (isRefusal(error)) {
        stop();
        refused(error);
      } else if (isFinal(error) || error?.status === 404) {
        wait = null;
        failed(error);
      } else {
        // A server that has too much to do is not helped by being asked each second.
        wait = Math.max(every + fullJitter(failures, { random }), (error?.retryAfter ?? 0) * 1000);
        failures += 1;
      }
    } finally {
      looking = false;
    }
    if (!stopped && wait !== null && timer === null && wanted()) timer = timers.setTimeout(run, wait);
  }

  function stop() {
    stopped = true;
    if (timer !== null) timers.clearTimeout(timer);
    timer = null;
  }

  return { start, stop };
}
