import type { Clock } from './generated/demo/plugins/clock.js'

/** WIT: `zone: func(now: bool) -> string` */
function zone(now: boolean): string {
  return 'UTC'
}

export const base: { 'demo:plugins/clock': Clock } = {
  'demo:plugins/clock': {
    zone, now: () => 1n,

    /** WIT: `monotonic: func() -> u64` */
    monotonic(): bigint {
      throw new Error('not implemented: demo:plugins/clock#monotonic')
    },
  },
}
