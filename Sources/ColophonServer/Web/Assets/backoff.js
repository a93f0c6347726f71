// How long to wait before another try: anything up to a bound that doubles ("full jitter"), so that clients who lost the same
// server do not come back together.

export function fullJitter(failures, { base = 1000, most = 30_000, random = Math.random } = {}) {
  return Math.round(random() * Math.min(most, base * 2 ** Math.min(failures, 20)));
}
