/** At least so often something is said, in milliseconds. */
const INTERVAL = 4000

/** So often it is looked whether it is time to, in milliseconds. */
const TICK = 250

/** What is over before that is not spoken of, in milliseconds. */
const SHORT = 500

let lastSaid = performance.now()

/** One line for whoever waits; not part of any output. */
export function say(line: string): void {
  lastSaid = performance.now()
  process.stderr.write(`${line}\n`)
}

/**
 * Does something that may take long, with a line every few seconds that says for how long it has been going on. Several short
 * things in a row have one as well.
 *
 * @param title what is being done
 */
export async function withProgress<T>(title: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    if (now - lastSaid >= INTERVAL && now - start >= SHORT) say(`${title} … ${Math.round((now - start) / 1000)} s`)
  }, TICK)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
