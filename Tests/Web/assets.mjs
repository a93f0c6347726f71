// Where the modules under test lie.
export const assets = new URL("../../Sources/ColophonServer/Web/Assets/", import.meta.url);
export const load = (name) => import(new URL(name, assets));

// Timers that go only when they are told to.
export function fakeTimers() {
  let [now, next] = [0, 1];
  const due = new Map();
  return {
    setTimeout: (act, wait) => (due.set(next, { at: now + wait, act }), next++),
    clearTimeout: (id) => due.delete(id),
    Date: { now: () => now },
    pending: () => due.size,
    async pass(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const first = [...due].filter(([, each]) => each.at <= end).sort((a, b) => a[1].at - b[1].at)[0];
        if (!first) break;
        due.delete(first[0]);
        now = first[1].at;
        first[1].act();
        await settle();
      }
      now = end;
    },
  };
}

// Lets everything that waits for nothing but its turn have it.
export async function settle() {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

// A promise that the test keeps.
export function promised() {
  let [resolve, reject] = [];
  const promise = new Promise((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
}
