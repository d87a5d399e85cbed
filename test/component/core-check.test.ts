// Components whose core functions do not have the types of their functions: engines take them, and compute with wrong values.
import { describe, expect, test } from 'vitest'
import { compile, isWasmError } from 'witgen/runtime'
import { planComponent } from '../../src/component/compile.ts'
import { ComponentError } from '../../src/component/component-error.ts'
import { ALLOCATOR, wat } from '../helpers/wat.ts'

/** The lines that name what does not fit; empty for a component that is fine. */
async function misfits(text: string): Promise<readonly string[]> {
  const bytes = await wat(`(component ${text})`)
  try {
    planComponent(bytes)
    return []
  } catch (error) {
    if (!(error instanceof ComponentError) || error.code !== 'CMP1011') throw error
    const [title, ...lines] = error.message.replace(/ \(at byte \d+\)$/, '').split('\n')
    expect(title).toBe("expected core functions with the types of the component's functions:")
    return lines.map((line) => line.trim())
  }
}

const module = (core: string): string =>
  `(core module $M ${ALLOCATOR} ${core}) (core instance $m (instantiate $M))
   (alias core export $m "memory" (core memory $memory)) (alias core export $m "cabi_realloc" (core func $realloc))`
const OPTIONS = '(memory $memory) (realloc $realloc)'

/** A lifted function `f` of a core function. */
const lift = (type: string, core: string, options = OPTIONS): string =>
  `${module(`(func (export "f") ${core} unreachable)`)}
   (func (export "f") ${type} (canon lift (core func $m "f") ${options}))`

/** A lowered function `f` that a core module imports as `core`. */
const lower = (type: string, core: string, options = OPTIONS): string =>
  `(import "f" (func $f ${type})) ${module('')}
   (core func $f' (canon lower (func $f) ${options}))
   (core module $C (import "" "f" (func ${core})))
   (core instance (instantiate $C (with "" (instance (export "f" (func $f'))))))`

const STRING = '(param "s" string)'
const STRINGS = '(result (list string))'

describe('lifted functions', () => {
  test.each<readonly [title: string, type: string, core: string, is: string, should: string]>([
    ['too few parameters', '(param "a" u32) (param "b" u32)', '(param i32)', '(i32) -> ()', '(i32, i32) -> ()'],
    ['another parameter', '(param "a" u64)', '(param i32)', '(i32) -> ()', '(i64) -> ()'],
    ['a float for an integer', '(param "a" u32)', '(param f32)', '(f32) -> ()', '(i32) -> ()'],
    ['no result', '(result u32)', '', '() -> ()', '() -> (i32)'],
    ['a result too many', '', '(result i32)', '() -> (i32)', '() -> ()'],
    ['another result', '(result f64)', '(result i64)', '() -> (i64)', '() -> (f64)'],
    ['two results', '(result string)', '(result i32 i32)', '() -> (i32, i32)', '() -> (i32)'],
    ['parameters that go through memory', `${'abcdefghi'.split('').map((n) => `(param "${n}" string)`).join(' ')}`, '(param i32 i32)', '(i32, i32) -> ()', '(i32) -> ()'], // prettier-ignore
    ['a joined payload', '(param "a" (result f32 (error u64)))', '(param i32 f32)', '(i32, f32) -> ()', '(i32, i64) -> ()'], // prettier-ignore
  ])('%s', async (_, type, core, is, should) => {
    expect(await misfits(lift(type, core))).toEqual([`f: its core function \`f\` is ${is}, expected ${should}`])
    expect(await misfits(lift(type, coreOf(should)))).toEqual([])
  })

  // Engines keep these apart from the plain type, also where a call goes through a table, and so does the validation of `canon lift`.
  test.each([
    ['open to subtypes', '(type $t (sub (func (param i32))))'],
    ['in a group of types', '(rec (type $t (func (param i32))) (type (struct)))'],
    ['a subtype', '(type $s (sub (func (param i32)))) (type $t (sub final $s (func (param i32))))'],
  ])('a type that is %s', async (_, types) => {
    const text = (type: string): string => `(core module $M ${type} (func (export "f") (type $t)))
      (core instance $m (instantiate $M)) (func (export "f") (param "a" u32) (canon lift (core func $m "f")))`
    expect(await misfits(text(types))).toEqual([
      'f: its core function `f` is (i32) -> (), declared with rec or sub, expected (i32) -> ()',
    ])
    expect(await misfits(text('(rec (type $t (sub final (func (param i32)))))'))).toEqual([])
  })

  test('an export that is not there, or is no function', async () => {
    const absent = (name: string): string =>
      `${module('(global (export "g") i32 i32.const 0)')} (func (export "f") (canon lift (core func $m "${name}") ${OPTIONS}))`
    expect(await misfits(absent('nowhere'))).toEqual(['f: expected core module 0 to export the function `nowhere`'])
    expect(await misfits(absent('g'))).toEqual(['f: expected core module 0 to export the function `g`'])
  })

  test('in an interface: named with it, once', async () => {
    const text = `${module('(func (export "f"))')}
      (func $f (param "a" u32) (canon lift (core func $m "f")))
      (instance $i (export "f" (func $f)))
      (export "test:t/api@1.0.0" (instance $i))`
    expect(await misfits(text)).toEqual(['test:t/api@1.0.0#f: its core function `f` is () -> (), expected (i32) -> ()'])
  })

  test('a core function that the module imports itself', async () => {
    const text = `(core module $A (func (export "g") (param i64))) (core instance $a (instantiate $A))
      (core module $B (import "a" "g" (func $g (param i64))) (export "f" (func $g)))
      (core instance $b (instantiate $B (with "a" (instance $a))))
      (func (export "f") (param "a" u32) (canon lift (core func $b "f")))`
    expect(await misfits(text)).toEqual(['f: its core function `f` is (i64) -> (), expected (i32) -> ()'])
  })
})

describe('lowered functions', () => {
  test.each<readonly [title: string, type: string, core: string, is: string, should: string]>([
    ['too many parameters', '(param "a" u32)', '(param i32 i32)', '(i32, i32) -> ()', '(i32) -> ()'],
    ['a result by value', '(result string)', '(result i32)', '() -> (i32)', '(i32) -> ()'],
    ['another result', '(result u64)', '(result i32)', '() -> (i32)', '() -> (i64)'],
    ['no result', '(result char)', '', '() -> ()', '() -> (i32)'],
  ])('%s', async (_, type, core, is, should) => {
    expect(await misfits(lower(type, core))).toEqual([`f: core module 1 imports it as ${is}, expected ${should}`])
    expect(await misfits(lower(type, coreOf(should)))).toEqual([])
  })

  test('between two components inside: both sides', async () => {
    const text = `
      (component $A (core module $M (func (export "f") (result i64) i64.const 0)) (core instance $m (instantiate $M))
        (func (export "f") (result u32) (canon lift (core func $m "f"))))
      (component $B (import "f" (func $f (result u32))) (core func $f' (canon lower (func $f)))
        (core module $M (import "" "f" (func (result f32))))
        (core instance (instantiate $M (with "" (instance (export "f" (func $f')))))))
      (instance $a (instantiate $A)) (instance (instantiate $B (with "f" (func $a "f"))))`
    expect(await misfits(text)).toEqual([
      'f: its core function `f` is () -> (i64), expected () -> (i32)',
      'f: core module 1 imports it as () -> (f32), expected () -> (i32)',
    ])
  })

  test('built-ins of resources, and destructors', async () => {
    const text = `
      (core module $D (func (export "drop") (param i64))) (core instance $d (instantiate $D))
      (type $r (resource (rep i32) (dtor (core func $d "drop"))))
      (core func $new (canon resource.new $r)) (core func $rep (canon resource.rep $r)) (core func $drop (canon resource.drop $r))
      (core module $M (import "" "new" (func (param i32))) (import "" "rep" (func (result i32))) (import "" "drop" (func (param i64))))
      (core instance (instantiate $M (with "" (instance (export "new" (func $new)) (export "rep" (func $rep)) (export "drop" (func $drop))))))
      (export "r" (type $r))`
    expect(await misfits(text)).toEqual([
      '[resource-new]r: core module 1 imports it as (i32) -> (), expected (i32) -> (i32)',
      '[resource-rep]r: core module 1 imports it as () -> (i32), expected (i32) -> (i32)',
      '[resource-drop]r: core module 1 imports it as (i64) -> (), expected (i32) -> ()',
      '[dtor]r: its core function `drop` is (i64) -> (), expected (i32) -> ()',
    ])
  })
})

describe('canonical options', () => {
  test.each<readonly [title: string, type: string, core: string, options: string, expected: readonly string[]]>([
    ['a string taken without memory', STRING, '(param i32 i32)', '', ['f: expected the option `memory`', 'f: expected the option `realloc`']], // prettier-ignore
    ['a string taken without realloc', STRING, '(param i32 i32)', '(memory $memory)', ['f: expected the option `realloc`']], // prettier-ignore
    ['a string given without memory', STRINGS, '(result i32)', '', ['f: expected the option `memory`']],
    ['a string given needs no realloc', STRINGS, '(result i32)', '(memory $memory)', []],
    ['numbers need neither', '(param "a" u32) (result u32)', '(param i32) (result i32)', '', []],
  ])('%s', async (_, type, core, options, expected) => {
    expect(await misfits(lift(type, core, options))).toEqual(expected)
  })

  test.each<readonly [title: string, type: string, core: string, options: string, expected: readonly string[]]>([
    ['a string given to the host needs no realloc', STRING, '(param i32 i32)', '(memory $memory)', []],
    ['strings from the host do', STRINGS, '(param i32)', '(memory $memory)', ['f: expected the option `realloc`']],
  ])('%s', async (_, type, core, options, expected) => {
    expect(await misfits(lower(type, core, options))).toEqual(expected)
  })

  const using = (core: string, options: string): string =>
    `(core module $M ${core} (func (export "f") (result i32) unreachable)) (core instance $m (instantiate $M))
     (alias core export $m "memory" (core memory $memory))
     (func (export "f") (result string) (canon lift (core func $m "f") (memory $memory) ${options}))`
  const MEMORY = '(memory (export "memory") 1)'

  test.each<readonly [title: string, core: string, options: string, expected: string]>([
    ['a realloc of another type', `${MEMORY} (func (export "r") (param i32 i32) (result i32) unreachable)`, '(realloc (core func $m "r"))', 'f: its realloc `r` is (i32, i32) -> (i32), expected (i32, i32, i32, i32) -> (i32)'], // prettier-ignore
    ['a realloc that is not there', MEMORY, '(realloc (core func $m "r"))', 'f: expected core module 0 to export the function `r`'], // prettier-ignore
    ['a post-return of another type', `${MEMORY} (func (export "p") (param i32 i32))`, '(post-return (core func $m "p"))', 'f: its post-return `p` is (i32, i32) -> (), expected (i32) -> ()'], // prettier-ignore
    ['a memory that is not there', '', '', 'f: expected core module 0 to export the memory `memory`'],
    ['a memory of 64 bits', '(memory (export "memory") i64 1)', '', 'f: its memory `memory` is indexed by i64, expected i32'], // prettier-ignore
    ['a shared memory', '(memory (export "memory") 1 1 shared)', '', 'f: its memory `memory` is shared, expected one that is not'], // prettier-ignore
  ])('%s', async (_, core, options, expected) => {
    expect(await misfits(using(core, options))).toEqual([expected])
  })
})

test('many differences are cut', async () => {
  const n = 30
  const names = Array.from({ length: n }, (_, i) => `f${i}`)
  const text = `${module(names.map((f) => `(func (export "${f}"))`).join(' '))}
    ${names.map((f) => `(func (export "${f}") (result u32) (canon lift (core func $m "${f}")))`).join('\n')}`
  const lines = await misfits(text)
  expect(lines).toHaveLength(21)
  expect(lines.at(-1)).toBe('and 10 more')
})

test('compile rejects with InvalidModule, before anything is instantiated', async () => {
  const bytes = await wat(`(component ${lift('(param "a" u64)', '(param i32)')})`)
  const error: unknown = await compile(bytes).catch((e: unknown) => e)
  expect(isWasmError(error, 'InvalidModule')).toBe(true)
  expect(error).toMatchObject({
    message:
      'wasm module component error [5 InvalidModule]: ' +
      "expected core functions with the types of the component's functions:\n" +
      '  f: its core function `f` is (i32) -> (), expected (i64) -> () (at byte 11)',
  })
})

/** `(param i32) (result i64)` of `(i32) -> (i64)`. */
function coreOf(signature: string): string {
  const [, params = '', results = ''] = /^\((.*)\) -> \((.*)\)$/.exec(signature) ?? []
  const list = (word: string, types: string): string => (types === '' ? '' : `(${word} ${types.replaceAll(',', '')})`)
  return `${list('param', params)} ${list('result', results)}`
}
