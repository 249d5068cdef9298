/** What `items` gives until `signal` is aborted; an item that is late is not waited for. */
export async function* untilAborted<T>(items: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]()
  const aborted = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined)
    else signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
  try {
    while (!signal.aborted) {
      const next = await Promise.race([iterator.next(), aborted])
      if (!next || next.done) return
      yield next.value
    }
  } finally {
    // Not awaited: it would wait for the late item. A failure to end concerns nobody any more.
    iterator.return?.()?.catch(() => {})
  }
}
