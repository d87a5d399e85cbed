import type { LoadedToolbox } from '../guests/instantiate-toolbox.ts'
import { HostSink } from '../guests/toolbox-host.ts'

/**
 * One round of calls through a toolbox: it calls the host back, and where there are resources, counters of the guest come and go
 * and one is given up for another, a sink of the host is lent and then given away.
 *
 * @throws Error naming the round, when anything comes out wrong
 */
export function playRound(toolbox: LoadedToolbox, round: number): void {
  const { compute, counters, host } = toolbox
  host.lines.length = 0
  const found: unknown[] = [...compute.lookUpAll([`denied:нет ${round}`]), ...host.lines]
  const wanted: unknown[] = [`!нет ${round}`, `warn: denied: denied:нет ${round}`]
  if (counters !== undefined) {
    const { Counter } = counters
    const [first, second] = [new Counter(BigInt(round)), new Counter(7n)]
    found.push(first.increment(5n))
    const sum = Counter.merge(first, second)
    const sink = new HostSink()
    found.push(sum.report(sink, 1), counters.close(sink), ...sink.texts, sink.drops)
    sum[Symbol.dispose]()
    second[Symbol.dispose]()
    const digits = `${round + 12}`
    const { length } = digits
    wanted.push(BigInt(round + 5), BigInt(length), BigInt(length + 3), digits, 'bye', 1)
  }
  const differs = found.findIndex((value, i) => value !== wanted[i])
  if (differs >= 0 || found.length !== wanted.length) {
    throw new Error(`round ${round}: ${String(found[differs])} instead of ${String(wanted[differs])}`)
  }
}
