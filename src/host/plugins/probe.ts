import { WasmError } from '../../runtime/index.ts'
import { textOf } from '../text-of.ts'

/** The longest that timers can wait, in milliseconds: longer limits are none. */
const LONGEST_MS = 2 ** 31 - 1

/** How long a probe may take unless told otherwise, in milliseconds. */
export const PROBE_MS = 10_000

/**
 * Asks whether a guest is fit to serve.
 *
 * @param name the plugin's name, for the error
 * @throws WasmError `Cancelled` when the probe returns `false`, throws, rejects (that is the `cause`), or takes too long
 */
export async function probeGuest(name: string, probe: () => unknown, ms: number = PROBE_MS): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLong = new Promise<never>((_, reject) => {
    if (ms <= LONGEST_MS) timer = setTimeout(() => reject(unfit(name, `took longer than ${ms} ms`)), ms)
  })
  let answer: unknown
  try {
    answer = await Promise.race([run(probe), tooLong])
  } catch (cause) {
    if (cause instanceof WasmError && cause.codeName === 'Cancelled') throw cause
    throw unfit(name, `failed: ${textOf(cause)}`, { cause })
  } finally {
    clearTimeout(timer)
  }
  if (answer === false) throw unfit(name, 'said no')
}

async function run(probe: () => unknown): Promise<unknown> {
  return probe()
}

function unfit(name: string, how: string, options?: { readonly cause: unknown }): WasmError {
  return new WasmError('Cancelled', name, undefined, `the new guest does not serve: its health probe ${how}`, options)
}
