import type { Api } from './api.ts'
import { coreOf } from './hand/core.ts'

/** The functions that the raw peer has: those whose values are core values already. */
type Raw = Pick<Api, 'noop' | 'add' | 'add64' | 'callPing'>

const METERS = { '[constructor]meter': () => 0, '[method]meter.add': () => 0, '[resource-drop]meter': () => {} }

/** The core functions as they are, without a check: the floor. */
export function rawApi(module: WebAssembly.Module): Raw {
  const ignore = (): void => {}
  const { exports } = new WebAssembly.Instance(module, {
    'witgen:bench/host@0.1.0': { ping: (value: number) => value + 1, log: ignore, attempt: ignore, ...METERS },
    '[export]witgen:bench/api@0.1.0': { '[resource-new]counter': (rep: number) => rep },
  })
  const core = coreOf(exports)
  return {
    noop: core.func('noop'),
    add: core.func('add'),
    add64: core.func('add64'),
    callPing: core.func('call-ping'),
  }
}
