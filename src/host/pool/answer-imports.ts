import type { MessagePort } from 'node:worker_threads'
import { WasmError } from '../../runtime/errors.ts'
import type { Control } from './control.ts'
import { packError } from '../../runtime/errors-packed.ts'
import { textOf } from '../text-of.ts'
import type { ImportReply, ImportRequest } from './protocol.ts'

type Functions = Readonly<Record<string, (...args: unknown[]) => unknown>>

/** The worker whose guest calls. */
export interface DeskClient {
  /** Gives a number to an error that an import threw. */
  remember(error: unknown): number
  /** Runs an import as a part of the call that the worker is running. */
  within<T>(action: () => T): T
  /** A request has been answered. */
  answered(): void
}

/** Imports that the main thread answers for the workers. */
export class ImportDesk {
  /** The members by import key, as workers need them. */
  readonly members: Readonly<Record<string, readonly string[]>>
  readonly #functions: ReadonlyMap<string, Functions>

  /**
   * @param imports by import key: objects of functions, or functions of the world itself
   * @throws WasmError `LinkError` for classes of resources, whose objects cannot cross threads
   */
  constructor(imports: object, module: string) {
    const functions = new Map<string, Functions>()
    for (const [key, value] of Object.entries(imports)) {
      if (value !== undefined) functions.set(key, functionsOf(key, value, module))
    }
    this.#functions = functions
    this.members = Object.fromEntries([...functions].map(([key, of]) => [key, Object.keys(of)]))
  }

  /** Answers what comes through a port. */
  serve(port: MessagePort, control: Control, client: DeskClient): void {
    port.on('message', (request: ImportRequest) => {
      this.#reply(port, this.#answer(request, client))
      control.replied()
      client.answered()
    })
    // What keeps the process alive is the worker, while it has work.
    port.unref()
  }

  /** Whatever happens, there is one: the worker sleeps until it has come. */
  #answer({ key, member, args }: ImportRequest, client: DeskClient): ImportReply {
    try {
      const value = client.within(() => this.#functions.get(key)?.[member]?.(...args))
      if (!isThenable(value)) return { kind: 'value', value }
      // Refused, as without a pool; that it may fail later is nobody's business any more.
      value.then(undefined, () => {})
      return { kind: 'promise' }
    } catch (error) {
      const ref = typeof error === 'object' && error !== null ? client.remember(error) : undefined
      return { kind: 'thrown', error: packError(error), ref }
    }
  }

  #reply(port: MessagePort, reply: ImportReply): void {
    try {
      port.postMessage(reply)
    } catch (error) {
      const text = `what an import returned cannot be sent to a worker: ${textOf(error)}`
      port.postMessage({
        kind: 'thrown',
        error: packError(new TypeError(text)),
        ref: undefined,
      } satisfies ImportReply)
    }
  }
}

function functionsOf(key: string, value: unknown, module: string): Functions {
  if (typeof value === 'function' && !isClass(value)) return { default: value as (...args: unknown[]) => unknown }
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
    throw new WasmError('LinkError', module, undefined, `imports['${key}'] is no object of functions`)
  }
  const functions: Record<string, (...args: unknown[]) => unknown> = {}
  // The members of its class, too; nearer ones win.
  for (let at: object | null = value; at !== null && at !== Object.prototype && at !== Function.prototype;) {
    for (const member of Object.getOwnPropertyNames(at)) {
      if (member === 'constructor' || member in functions) continue
      const found: unknown = Reflect.get(value, member)
      if (typeof found !== 'function') continue
      if (isClass(found)) throw new WasmError('LinkError', module, undefined, noClass(key, member))
      functions[member] = (...args) => Reflect.apply(found, value, args)
    }
    at = Object.getPrototypeOf(at)
  }
  return functions
}

function noClass(key: string, member: string): string {
  return (
    `imports['${key}'].${member} is a class: objects of resources cannot cross threads; export it from a module and give ` +
    'that as importsModule'
  )
}

function isClass(value: unknown): boolean {
  return typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value))
}

function isThenable(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
