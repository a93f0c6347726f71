// What the page knows of the jobs: the newest ones as the server last told them, and those before them that were asked for. No page in here.

import { isFinal, olderThan } from "./jobwords.js";

// `list({ limit, cursor })` asks for a page of jobs; `changed()` is told when anything is known anew.
export function createJobBook({ list, changed, pageSize = 50, shownMost = 200, wait = 400, timers = globalThis }) {
  let [jobs, active, cursor, wanted] = [[], 0, null, pageSize];
  let [looking, lookAgain, soon] = [null, false, null];

  // Never two questions at once; what changes while one is asked is asked for once more.
  function look() {
    if (looking) {
      lookAgain = true;
      return looking;
    }
    looking = read().finally(() => {
      looking = null;
      if (!lookAgain) return;
      lookAgain = false;
      look().catch(() => {});
    });
    return looking;
  }

  async function read() {
    const answer = await list({ limit: Math.min(wanted, shownMost) });
    const older = olderThan(answer.jobs, jobs);
    jobs = [...answer.jobs, ...(answer.next_cursor === null ? [] : older)];
    // What is shown goes on to where it went on to; otherwise to where the answer does.
    if (jobs.length === answer.jobs.length) cursor = answer.next_cursor;
    active = answer.active_count;
    changed();
  }

  return {
    look,
    // Many changes at once are one.
    lookSoon() {
      soon ??= timers.setTimeout(() => ((soon = null), look().catch(() => {})), wait);
    },
    // A job that an upload was answered with; `isKnown` says that it was there before.
    take(job, isKnown) {
      const isShown = jobs.some((each) => each.id === job.id);
      // Every file has its line, however many were dropped.
      if (!isShown) wanted = Math.max(wanted, Math.min(jobs.length + 1, shownMost));
      jobs = isShown ? jobs.map((each) => (each.id === job.id ? job : each)) : [job, ...jobs];
      if (!isFinal(job) && !isKnown) active += 1;
      // What is being read may be from before.
      if (looking) lookAgain = true;
      else this.lookSoon();
      changed();
    },
    replace(job) {
      jobs = jobs.map((each) => (each.id === job.id ? job : each));
      changed();
    },
    async more() {
      const answer = await list({ limit: pageSize, cursor });
      const seen = new Set(jobs.map((job) => job.id));
      jobs = [...jobs, ...answer.jobs.filter((job) => !seen.has(job.id))];
      [wanted, cursor] = [jobs.length, answer.next_cursor];
      changed();
    },
    get jobs() {
      return jobs;
    },
    // How many of all have not ended, shown or not.
    get active() {
      return active;
    },
    get hasMore() {
      return cursor !== null;
    },
  };
}
