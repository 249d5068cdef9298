/** Begins to measure; gives the seconds since, to the millisecond. */
export function startStopwatch(): () => number {
  const begun = performance.now()
  return () => Math.round(performance.now() - begun) / 1000
}
