import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads'
import type { Control } from './control.ts'
import { unpackError } from '../../runtime/errors-packed.ts'
import type { ImportReply, ImportRequest } from './protocol.ts'

/** The numbers by which the main thread knows the errors that its imports threw. */
export const thrownRefs: WeakMap<object, number> = new WeakMap()

/**
 * Imports whose functions are answered by the main thread: the worker asks by message and sleeps until the answer is there,
 * so that they are ordinary functions for the guest.
 *
 * @param members by import key; a key whose only member is `default` is a function of the world itself
 */
export function remoteImports(
  members: Readonly<Record<string, readonly string[]>>,
  port: MessagePort,
  control: Control,
): Record<string, Record<string, (...args: unknown[]) => unknown>> {
  const ask = (request: ImportRequest): unknown => {
    const seen = control.replies
    port.postMessage(request)
    control.waitForReply(seen)
    const received: { readonly message: ImportReply } | undefined = receiveMessageOnPort(port)
    if (received === undefined) throw new Error('the main thread gave no answer')
    return answer(received.message)
  }
  const imports: Record<string, Record<string, (...args: unknown[]) => unknown>> = {}
  for (const [key, names] of Object.entries(members)) {
    const functions = names.map((member) => [member, (...args: unknown[]) => ask({ key, member, args })] as const)
    imports[key] = Object.fromEntries(functions)
  }
  return imports
}

function answer(reply: ImportReply): unknown {
  switch (reply.kind) {
    case 'value':
      return reply.value
    case 'promise':
      // What the runtime makes of it is the same error as without a pool.
      return Promise.resolve()
    case 'thrown': {
      const error = unpackError(reply.error)
      if (reply.ref !== undefined && typeof error === 'object' && error !== null) thrownRefs.set(error, reply.ref)
      throw error
    }
  }
}
