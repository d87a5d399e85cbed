import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { CompiledComponent, Source } from 'witgen/runtime'
import { generate } from '../../../src/generate.ts'
import { ALLOCATOR, componentOf } from '../../helpers/wat.ts'

const WIT = `package test:logging;
world w {
  import wasi:logging/logging@0.1.0-draft;
  export say: func(n: u32);
}
package wasi:logging@0.1.0-draft {
  interface logging {
    enum level { trace, debug, info, warn, error, critical }
    log: func(level: level, context: string, message: string);
  }
}
`

/** Logs `line NN of a guest` for a number below 100. */
const CORE = `(module
  (import "wasi:logging/logging@0.1.0-draft" "log" (func $log (param i32 i32 i32 i32 i32)))
  ${ALLOCATOR}
  (data (i32.const 16) "test")
  (data (i32.const 32) "line 00 of a guest")
  (func (export "say") (param $n i32)
    (i32.store8 (i32.const 37) (i32.add (i32.const 48) (i32.div_u (local.get $n) (i32.const 10))))
    (i32.store8 (i32.const 38) (i32.add (i32.const 48) (i32.rem_u (local.get $n) (i32.const 10))))
    (call $log (i32.const 2) (i32.const 16) (i32.const 4) (i32.const 32) (i32.const 18))))`

interface Logging {
  dispose(): void
  say(n: number): void
}

/** The class of the world above. */
interface LoggingClass {
  readonly moduleUrl: string
  readonly name: string
  compile(source: Source): Promise<CompiledComponent>
  instantiate(compiled: CompiledComponent, options: { imports?: object }): Logging
}

/** A world whose guest logs through WASI, generated where workers can load it, and the guest. */
export async function loggingWorld(): Promise<{ readonly Logging: LoggingClass; readonly bytes: Uint8Array }> {
  const folder = fileURLToPath(new URL('../../../.cache/pool-test/', import.meta.url))
  mkdirSync(`${folder}wit`, { recursive: true })
  writeFileSync(`${folder}wit/world.wit`, WIT)
  await generate({
    inputs: [`${folder}wit`],
    worlds: [],
    out: `${folder}generated`,
    importExtension: 'ts',
    features: new Set(),
    mode: 'write',
  })
  const module: { W: LoggingClass } = await import(pathToFileURL(`${folder}generated/w.ts`).href)
  return { Logging: module.W, bytes: await componentOf(CORE, WIT) }
}
