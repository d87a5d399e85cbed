import { type Context, HELD, IDLE, type State } from './context.ts'
import type { CoreFunction } from './descriptor.ts'

/**
 * An import of one of several component instances, or its dropping of an object of the host's. While the host runs it cannot enter the others either: what one of them
 * does is not expected by those that are in the middle of a call, and a trap in it would have to end them as well.
 * Spec: CanonicalABI.md, `call_might_be_recursive`.
 */
export function holdPeers({ peers }: Context, core: CoreFunction): CoreFunction {
  const call = core as (...args: unknown[]) => unknown
  return ((...args: unknown[]): unknown => {
    for (let i = 0; i < peers.length; i++) change(peers[i], IDLE, HELD)
    // What it throws has ended all of them.
    const result = call(...args)
    for (let i = 0; i < peers.length; i++) change(peers[i], HELD, IDLE)
    return result
  }) as CoreFunction
}

function change(peer: Context | undefined, from: State, to: State): void {
  if (peer?.state === from) peer.state = to
}
