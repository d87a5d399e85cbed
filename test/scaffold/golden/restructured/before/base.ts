import type { Clock } from './generated/demo/plugins/clock.js'

/** WIT: `zone: func() -> string` */
function zone(): string {
  return 'UTC'
}

export const base: { 'demo:plugins/clock': Clock } = {
  'demo:plugins/clock': { zone, now: () => 1n },
}
