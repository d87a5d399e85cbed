import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DiagnosticError, type Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { packageId } from '../../src/ir/index.ts'
import { type ReadOptions, readWit, shownPath } from '../../src/wit/read.ts'
import { load } from '../helpers/wit.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'witgen-read-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function write(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
}

function failure(path: string, options: ReadOptions = {}): readonly Diagnostic[] {
  try {
    readWit(path, options)
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('readWit', () => {
  it('reads a folder with dependencies in folders and files, and nothing else', () => {
    write({
      'b.wit': 'interface j {}',
      'a.wit': 'package a:b; interface i { use c:d/i.{t}; use e:f/i.{t as u}; }',
      'notes.md': 'not WIT',
      'sub/x.wit': 'not read',
      'deps/c/one.wit': 'package c:d; interface i { type t = u8; }',
      'deps/c/two.wit': 'interface k {}',
      'deps/c/deps/x.wit': 'not read',
      'deps/e.wit': 'package e:f; interface i { type t = u8; }',
      'deps/.DS_Store': 'not read',
    })
    const { resolve, files } = readWit(folder)
    expect(resolve.packages.map((p) => packageId(p.name))).toEqual(['c:d', 'e:f', 'a:b'])
    expect([...resolve.root.interfaces.keys()]).toEqual(['i', 'j'])
    expect(files.map((f) => f.path)).toEqual(
      ['a.wit', 'b.wit', 'deps/c/one.wit', 'deps/c/two.wit', 'deps/e.wit'].map((f) => shownPath(join(folder, f))),
    )
  })

  it('reads a single file, without what lies beside it', () => {
    write({ 'one.wit': 'package a:b; interface i {}', 'two.wit': 'broken' })
    const { resolve } = readWit(join(folder, 'one.wit'))
    expect([...resolve.root.interfaces.keys()]).toEqual(['i'])
  })

  it('shows paths relative to the working folder with slashes', () => {
    expect(shownPath(join(process.cwd(), 'wit', 'deps', 'a.wit'))).toBe('wit/deps/a.wit')
    expect(shownPath(process.cwd())).toBe('.')
  })

  it('gives the same for all line ends, and with a byte order mark', () => {
    const text = 'package a:b;\n/// doc\n\ninterface i {\n  f: func(x: y);\n}\n'
    write({ 'lf/a.wit': text, 'crlf/a.wit': '\ufeff' + text.replaceAll('\n', '\r\n') })
    const [lf, crlf] = ['lf', 'crlf'].map((name) => failure(join(folder, name))[0])
    expect(crlf?.message).toBe('the type `y` is not defined')
    expect([crlf?.span?.start, crlf?.span?.end, crlf?.span?.file.text]).toEqual([lf?.span?.start, lf?.span?.end, text])
  })

  it('says what is missing or unreadable', () => {
    const path = join(folder, 'nothing')
    expect(failure(path)).toEqual([
      {
        code: 'WIT0070',
        severity: 'error',
        message: 'there is no such file or folder',
        span: undefined,
        file: shownPath(path),
        suggestion: 'give the path of a WIT folder or file',
      },
    ])
    expect(failure(folder)).toMatchObject([
      { code: 'WIT0071', message: 'the folder contains no `.wit` file', file: shownPath(folder) },
    ])
    write({ 'a.wit': Uint8Array.of(0xff, 0xfe) })
    expect(failure(folder)).toMatchObject([{ code: 'WIT0070', message: 'the file is not UTF-8 text' }])
  })

  it('needs a decoder for dependencies in binary form', () => {
    write({ 'a.wit': 'package a:b; interface i { use c:d/i.{t}; }', 'deps/c.wasm': Uint8Array.of(0, 1, 2) })
    expect(failure(folder)).toMatchObject([
      {
        code: 'WIT0072',
        message: 'this is not WIT text, and WIT packages in binary form are not read here',
        file: shownPath(join(folder, 'deps/c.wasm')),
      },
    ])
    const dep = load('package c:d; interface i { type t = u8; }')
    const seen: number[] = []
    const { resolve } = readWit(folder, {
      decode: (bytes) => {
        seen.push(...bytes)
        return dep.packages
      },
    })
    expect(seen).toEqual([0, 1, 2])
    expect(resolve.packages).toEqual([dep.root, resolve.root])
  })
})
