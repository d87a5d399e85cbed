import { isObject } from '../../runtime/abi/checks.ts'
import { memberOf } from '../../runtime/abi/inherited.ts'
import { WASI_OPTIONS } from '../../runtime/wasi/option-keys.ts'
import type { WasiOptions } from '../../runtime/wasi/options.ts'

/** A stream of a guest. */
export type OutputStream = 'stdout' | 'stderr'

/** The streams whose bytes go to a function, which is called on the main thread. */
export function outputsOf(wasi: WasiOptions | undefined): readonly OutputStream[] {
  if (wasi === undefined) return []
  return (['stdout', 'stderr'] as const).filter((stream) => typeof memberOf(wasi, stream) === 'function')
}

/**
 * The options of WASI as workers are sent them. Cloning loses what is inherited: what options have of a class becomes their own,
 * so that a pool grants what an instance without one is granted.
 *
 * @param outputs the streams that stay behind: functions cannot be sent
 * @throws TypeError for options that cannot be cloned
 */
export function wasiForWorkers(wasi: WasiOptions, outputs: readonly OutputStream[]): WasiOptions {
  const left: readonly string[] = outputs
  const sent = [...WASI_OPTIONS].filter((key) => !left.includes(key))
  const plain = Object.fromEntries(sent.map((key) => [key, memberOf(wasi, key)] as const))
  const { preopens } = plain
  if (isObject(preopens) && !Array.isArray(preopens)) {
    plain['preopens'] = Object.fromEntries(
      Object.entries(preopens).map(([path, preopen]) => [path, plainFolder(preopen)]),
    )
  }
  try {
    return structuredClone(plain) as WasiOptions
  } catch (cause) {
    throw new TypeError('the options wasi cannot be sent to a worker', { cause })
  }
}

function plainFolder(preopen: unknown): unknown {
  if (!isObject(preopen)) return preopen
  const write = memberOf(preopen, 'write')
  return { ...preopen, path: memberOf(preopen, 'path'), ...(write === undefined ? {} : { write }) }
}
