/** At least so often something is said, in milliseconds. */
const INTERVAL = 4000

/** One line for whoever waits; not part of any output. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

/**
 * Does something that may take long, with a line every few seconds that says for how long it has been going on.
 *
 * @param title what is being done
 */
export async function withProgress<T>(title: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now()
  const seconds = (): string => `${Math.round((performance.now() - start) / 1000)} s`
  const timer = setInterval(() => say(`${title} … ${seconds()}`), INTERVAL)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
