/** Does one task at a time; another hand may do another meanwhile. */
export type Hand<Task, Result> = (task: Task) => Promise<Result>

/**
 * Does all tasks, begun in their order, each by the first hand that is free; gives the results in the order of the tasks.
 * After the first failure no task is begun, `stop` is called once, and when the others have ended that failure is thrown.
 */
export async function shareOut<Task, Result>(
  tasks: readonly Task[],
  hands: readonly Hand<Task, Result>[],
  stop: () => void,
): Promise<readonly Result[]> {
  const results: Result[] = []
  const failures: unknown[] = []
  let next = 0
  const work = async (hand: Hand<Task, Result>) => {
    while (next < tasks.length && failures.length === 0) {
      const i = next++
      try {
        results[i] = await hand(tasks[i]!)
      } catch (error) {
        if (failures.push(error) === 1) stop()
      }
    }
  }
  await Promise.all(hands.map(work))
  if (failures.length > 0) throw failures[0]
  return results
}
