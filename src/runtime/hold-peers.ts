import { type Context, IDLE, RUNNING } from './context.ts'
import type { CoreFunction } from './descriptor.ts'

/**
 * An import of one of several component instances. While the host runs it cannot enter the others either: what one of them
 * does is not expected by those that are in the middle of a call, and a trap in it would have to end them as well.
 * Spec: CanonicalABI.md, `call_might_be_recursive`.
 */
export function holdPeers(cx: Context, core: CoreFunction): CoreFunction {
  const call = core as (...args: unknown[]) => unknown
  return ((...args: unknown[]): unknown => {
    const held = cx.peers.filter(({ state }) => state === IDLE)
    for (const peer of held) peer.state = RUNNING
    try {
      return call(...args)
    } finally {
      for (const peer of held) if (peer.state === RUNNING) peer.state = IDLE
    }
  }) as CoreFunction
}
