import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DiagnosticCode } from '../../src/diagnostics/codes.ts'
import { DiagnosticError, type Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { readInput, type Input } from '../../src/input/read-input.ts'
import { packageId } from '../../src/ir/index.ts'
import { shownPath } from '../../src/wit/read.ts'
import { fixture } from '../component/fixtures.ts'

const guest = fileURLToPath(new URL('../guests/rust/pipeline.wasm', import.meta.url))

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'witgen-input-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function write(path: string, content: string | Uint8Array): string {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
  return file
}

const read = (path: string): Input => readInput(path, { features: new Set() })

function failure(path: string): readonly Diagnostic[] {
  try {
    read(path)
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics
    throw error
  }
  throw new Error('nothing was thrown')
}

const refusal = (code: DiagnosticCode, message: string, path: string, suggestion?: string): Diagnostic => ({
  code,
  severity: 'error',
  message,
  span: undefined,
  file: shownPath(path),
  suggestion,
})

/** A core module with nothing but custom sections. */
function coreModule(sections: readonly (readonly [name: string, content: Uint8Array])[]): Uint8Array {
  const leb = (n: number): number[] => (n < 128 ? [n] : [(n % 128) + 128, ...leb(Math.floor(n / 128))])
  const bytes = sections.flatMap(([name, content]) => {
    const body = [...leb(name.length), ...new TextEncoder().encode(name), ...content]
    return [0, ...leb(body.length), ...body]
  })
  return Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0, ...bytes])
}

describe('in binary form', () => {
  test('a component gives its own world', () => {
    const { resolve, binary } = read(guest)
    expect(binary).toBe('pipeline.wasm')
    expect(packageId(resolve.root.name)).toBe('root:component')
    const world = resolve.root.worlds.get('root')
    expect([[...(world?.imports.keys() ?? [])], [...(world?.exports.keys() ?? [])]]).toEqual([
      ['demo:pipeline/log@0.1.0'],
      ['demo:pipeline/analysis@0.1.0'],
    ])
  })

  test('a WIT package gives its worlds and interfaces, also when its name does not say what it is', () => {
    const { resolve, binary } = read(write('package.bin', fixture('docs')))
    expect(binary).toBe('package.bin')
    expect(packageId(resolve.root.name)).toBe('demo:docs@1.2.0')
    expect([...resolve.root.worlds.keys()]).toEqual(['guest'])
  })

  test('a core module gives the WIT that is embedded in it', () => {
    const path = write('core.wasm', coreModule([['component-type:x', fixture('docs')]]))
    expect([...read(path).resolve.root.worlds.keys()]).toEqual(['guest'])
  })

  test('what cannot be read is refused with its path', () => {
    const bare = write('bare.wasm', coreModule([]))
    const text =
      'expected a component, got a core module; `wasm-tools component new` makes a component of it (at byte 0)'
    expect(failure(bare)).toEqual([refusal('CMP1002', text, bare)])

    const two = write('two.wasm', coreModule([1, 2].map((n) => [`component-type:${n}`, fixture('docs')] as const)))
    const several = 'expected one embedded WIT package, got several; make a component of the module first (at byte 0)'
    expect(failure(two)).toEqual([refusal('CMP1008', several, two)])

    const none = write('none.wasm', 'not WebAssembly')
    const other = 'expected a component, got something that is not WebAssembly (at byte 0)'
    expect(failure(none)).toEqual([refusal('CMP1001', other, none)])

    const wat = write('some.wat', '(component)')
    expect(failure(wat)).toEqual([
      refusal(
        'WIT0072',
        'this is the text of a WebAssembly binary, neither WIT nor a binary',
        wat,
        `make the binary: \`wasm-tools parse ${shownPath(wat)} -o ${shownPath(join(folder, 'some.wasm'))}\``,
      ),
    ])
  })
})

test('of a file that is no WIT, the first mistake is told, and what files of WIT are called', () => {
  const [first, ...more] = failure(write('host.js', "import { x } from 'y'\nexport const a = 'b'\n"))
  expect(more).toEqual([])
  expect(first).toMatchObject({ code: 'WIT0006', suggestion: 'files of WIT text are called `.wit`: is this one?' })
  expect(failure(write('host.wit', "import { x } from 'y'\nexport const a = 'b'\n")).length).toBeGreaterThan(1)
})

describe('beside WIT text', () => {
  const user = 'package a:b; interface i { use demo:docs/types@1.2.0.{point}; f: func(p: point); }'

  test('packages in deps/ are read, once where several files hold one', () => {
    write('a.wit', user)
    write('deps/docs.wasm', fixture('docs'))
    copyFileSync(join(folder, 'deps/docs.wasm'), join(folder, 'deps/again.wasm'))
    const { resolve, binary } = read(folder)
    expect(binary).toBeUndefined()
    expect(resolve.packages.map((p) => packageId(p.name))).toEqual(['demo:docs@1.2.0', 'a:b'])
    const point = resolve.root.interfaces.get('i')?.types.get('point')
    const declared = resolve.packages[0]?.interfaces.get('types')?.types.get('point')
    expect(point?.type).toEqual({ kind: 'ref', def: declared })
  })

  test('what is wrong in deps/ is reported together', () => {
    write('a.wit', user)
    const broken = write('deps/broken.wasm', fixture('docs').subarray(0, 20))
    const component = join(folder, 'deps/guest.wasm')
    copyFileSync(guest, component)
    const wat = write('deps/x.wat', '')
    expect(failure(folder)).toMatchObject([
      { code: 'CMP1004', file: shownPath(broken) },
      refusal(
        'CMP1009',
        'expected a WIT package in binary form, got a component',
        component,
        `make one of its WIT: \`wasm-tools component wit --wasm ${shownPath(component)}\``,
      ),
      { code: 'WIT0072', file: shownPath(wat) },
    ])
  })
})
