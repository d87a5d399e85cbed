// A function has one name in the log, whoever speaks: the guest, its policy or its trap.
import { compile, instantiate, isWasmError, type Logger } from 'witgen/runtime'
import { expect, test } from 'vitest'
import { componentOf } from '../helpers/wat.ts'

const WIT = `package t:named@1.2.0;
interface work { grow: func(); fall: func(); spin: func(); }
world w { export work; }`

const CORE = `(module (memory (export "memory") 1)
  (func (export "t:named/work@1.2.0#grow") (drop (memory.grow (i32.const 9))))
  (func (export "t:named/work@1.2.0#fall") (drop (memory.grow (i32.const 9))) unreachable)
  (func (export "t:named/work@1.2.0#spin") (loop $l br $l)))`

interface Work {
  grow(): void
  fall(): void
  spin(): void
}

interface Line {
  readonly event: string
  readonly function?: string
}

test.each(['grow', 'fall', 'spin'] as const)('%s, of a package with a version', async (name) => {
  const lines: Line[] = []
  const write = (fields: object): void => void lines.push(fields as Line)
  const logger: Logger = { trace: write, debug: write, info: write, warn: write, error: write, fatal: write }
  const policy = { maxMemoryPages: 4, fuel: 100_000 }
  const guest = instantiate<{ 't:named/work': Work }>(await compile(await componentOf(CORE, WIT)), { logger, policy })
  let failed: string | undefined = `t:named/work#${name}`
  try {
    guest.exports['t:named/work'][name]()
  } catch (error) {
    if (!isWasmError(error)) throw error
    failed = error.function
  }
  guest.dispose()
  const ofCall = lines.filter(({ event }) => ['denied', 'kill', 'trap'].includes(event))
  expect(ofCall.length).toBeGreaterThan(0)
  expect(new Set(ofCall.map((line) => line.function))).toEqual(new Set([failed]))
  expect(failed).toBe(`t:named/work#${name}`)
})
