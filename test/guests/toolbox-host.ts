import type { Level, LookupError } from './generated/test/toolbox/host.ts'
import type { Sink } from './generated/test/toolbox/sinks.ts'

/** The host's side of the world `toolbox`: it remembers what guests do to it. */
export class ToolboxHost {
  /** What guests logged, as `level: message`. */
  readonly lines: string[] = []

  /**
   * The imports of a world.
   *
   * @param world `toolbox-lite` has no sinks
   */
  imports(world: 'toolbox' | 'toolbox-lite'): { 'test:toolbox/host': object; 'test:toolbox/sinks'?: object } {
    const host = { log: this.#log, twice, lookup }
    return world === 'toolbox'
      ? { 'test:toolbox/host': host, 'test:toolbox/sinks': { Sink: HostSink } }
      : { 'test:toolbox/host': host }
  }

  readonly #log = (level: Level, message: string): void => {
    this.lines.push(`${level}: ${message}`)
  }
}

function twice(n: number): number {
  return (n * 2) >>> 0
}

/**
 * `missing` and whatever begins with `missing:` is missing, what begins with `denied:` is denied for the reason that follows;
 * behind any other key lies `<key>`.
 */
function lookup(key: string): string {
  if (/^missing(?::|$)/.test(key)) throw lookupError({ tag: 'missing' })
  if (key.startsWith('denied:')) throw lookupError({ tag: 'denied', val: key.slice('denied:'.length) })
  return `<${key}>`
}

function lookupError(payload: LookupError): Error {
  return Object.assign(new Error(payload.tag), { payload })
}

/** A sink that remembers what was written to it, and how often it was dropped. */
export class HostSink implements Sink {
  readonly texts: string[] = []
  drops = 0

  write(text: string): number {
    this.texts.push(text)
    return Buffer.byteLength(text)
  }

  total(): bigint {
    return this.texts.reduce((sum, text) => sum + BigInt(Buffer.byteLength(text)), 0n)
  }

  [Symbol.dispose](): void {
    this.drops++
  }
}
