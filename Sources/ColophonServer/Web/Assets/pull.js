// Pulls what changed after a cursor: one pull at a time, all pages of it, and the cursor moves only once the changes were applied,
// or can never be.

import { fullJitter } from "./backoff.js";
import { isFinal, isRefusal } from "./problem.js";

// More pages than this are no news but a new list.
const pagesMost = 20;
// A pull that failed so often in a row is worth a word.
const lateAfter = 3;

// `delta(since)` asks for changes, `apply(changes)` shows them, `resync()` lists anew. `refused(error)` is told once, when the session or
// the workspace is gone: nothing is asked after it. `failed(error)` is told when what was asked will be refused however often it is
// asked. `late(isLate)` says that pulls keep failing, and that they no longer do.
export function createPuller({ cursor, delta, apply, resync, refused = () => {}, failed = () => {}, late = () => {}, wait = 250, waitMost = 1000, timers = globalThis, random = Math.random }) {
  let [since, lost, generation, running, again, failures, stopped] = [cursor, false, 0, false, false, 0, false];
  let [timer, firstPoke] = [null, 0];
  const now = () => timers.Date?.now() ?? Date.now();

  // Something may have changed. Waits for quiet, but no longer than `waitMost`: a busy workspace is never quiet.
  function poke() {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    if (timer === null) firstPoke = now();
    else timers.clearTimeout(timer);
    const left = Math.max(0, firstPoke + waitMost - now());
    timer = timers.setTimeout(run, Math.min(wait, left));
  }

  function stopTimer() {
    if (timer !== null) timers.clearTimeout(timer);
    timer = null;
  }

  async function collect() {
    const changes = [];
    let position = since;
    for (let page = 0; page < pagesMost; page += 1) {
      const answer = await delta(position);
      changes.push(...answer.changes);
      position = answer.nextSince;
      if (!answer.hasMore) return { changes, position };
    }
    return null;
  }

  async function run() {
    stopTimer();
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    [running, again] = [true, false];
    const mine = generation;
    let got = null;
    try {
      if (!lost) got = await collect();
      if (mine !== generation) return;
      if (got === null) await relist();
      else if (got.changes.length > 0) await apply(got.changes);
      if (got !== null && mine === generation) since = got.position;
      well();
    } catch (error) {
      if (mine === generation) await recover(error, got);
    } finally {
      running = false;
      if (again) poke();
    }
  }

  // Until it succeeds, nothing else is asked: the place where one was is lost.
  async function relist() {
    lost = true;
    await resync();
    lost = false;
  }

  async function recover(error, got) {
    // A place that is not taken, 410 among them: where the next one is, only a new list tells.
    if (got === null && !lost && isFinal(error)) {
      try {
        await relist();
        return well();
      } catch (other) {
        error = other;
      }
    }
    if (isRefusal(error) || error?.status === 404) {
      // The session is over, or the workspace is no longer ours: asking again changes nothing.
      stop();
      refused(error);
    } else if (isFinal(error)) {
      // Nor does it here. Who is told shows that the rows are behind; these changes are not what will bring them up to date.
      if (got !== null) since = got.position;
      failed(error);
    } else {
      retryLater(error);
    }
  }

  function well() {
    if (failures >= lateAfter) late(false);
    failures = 0;
  }

  function retryLater(error) {
    again = false;
    const delay = Math.max(500 + fullJitter(failures, { random }), (error?.retryAfter ?? 0) * 1000);
    failures += 1;
    if (failures === lateAfter) late(true);
    stopTimer();
    timer = timers.setTimeout(run, delay);
  }

  function stop() {
    stopped = true;
    generation += 1;
    again = false;
    stopTimer();
  }

  return {
    poke,
    pullNow: run,
    // The feed no longer is what it was: only a new list leads on.
    relist() {
      lost = true;
      run();
    },
    // The list was read anew: whatever is under way belongs to the old one.
    reset(cursor) {
      [since, lost] = [cursor, false];
      generation += 1;
      well();
      stopTimer();
    },
    stop,
    get cursor() {
      return since;
    },
  };
}
