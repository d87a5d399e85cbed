// Which files there are, what they are called, and what is refused.
import { describe, expect, test } from 'vitest'
import { DiagnosticError } from '../../src/diagnostics/diagnostic.ts'
import { plan, selectWorlds } from '../../src/plan/index.ts'
import type { Resolve } from '../../src/ir/index.ts'
import { loadWit, type WitInput } from '../../src/wit/load.ts'

function load(root: string, deps: Readonly<Record<string, string>> = {}): Resolve {
  const files: WitInput[] = [{ path: 'test.wit', text: root, role: 'root' }]
  for (const [dep, text] of Object.entries(deps)) files.push({ path: `deps/${dep}.wit`, text, role: { dep } })
  return loadWit(files)
}

/** The paths of the files of all worlds, without extension. */
function paths(resolve: Resolve, names: readonly string[] = []): string[] {
  const worlds = selectWorlds(resolve, names)
  return plan(resolve, { worlds, extension: '.ts', version: '0.0.0' }).map((file) => file.path)
}

function refusal(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error
    return error.diagnostics.map(({ code, message, suggestion }) => ({ code, message, suggestion }))
  }
  throw new Error('nothing was thrown')
}

describe('files', () => {
  test('a world, its interfaces with their codecs, and the interfaces whose types they use', () => {
    const resolve = load(`package a:b;
      interface types { record r { x: u8, y: u8 } }
      interface more { use types.{r}; type rs = list<r>; }
      interface api { use more.{rs}; use types.{r}; f: func(x: rs) -> r; }
      interface unused { f: func(); }
      world w { export api; }`)
    expect(paths(resolve)).toEqual(['a/b/api', 'a/b/api.codec', 'a/b/more', 'a/b/types', 'a/b/types.codec', 'w'])
  })

  test('an interface that is imported and exported has one file of types', () => {
    const resolve = load('package a:b; interface api { f: func(); } world w { import api; export api; }')
    expect(paths(resolve)).toEqual(['a/b/api', 'a/b/api.codec', 'w'])
  })

  test('inline interfaces lie in the folder of their world', () => {
    const resolve = load('package a:b; world my-world { import in-line: interface { f: func(); } }')
    expect(paths(resolve)).toEqual(['my-world', 'my-world/in-line', 'my-world/in-line.codec'])
  })

  test('the version is in the path only where two of a package are there', () => {
    const one = { c: 'package c:d@1.0.0; interface i { f: func(); }' }
    expect(paths(load('package a:b@1.2.3; world w { import c:d/i@1.0.0; }', one))).toEqual([
      'c/d/i',
      'c/d/i.codec',
      'w',
    ])
    const two = { ...one, d: 'package c:d@2.0.0; interface i { f: func(); }' }
    expect(paths(load('package a:b; world w { import c:d/i@1.0.0; export c:d/i@2.0.0; }', two))).toEqual([
      'c/d@1.0.0/i',
      'c/d@1.0.0/i.codec',
      'c/d@2.0.0/i',
      'c/d@2.0.0/i.codec',
      'w',
    ])
  })

  test('a package without worlds: types only', () => {
    const resolve = load('package a:b; interface i { record r { x: u8 } f: func(x: r); } interface j { g: func(); }')
    expect(paths(resolve)).toEqual(['a/b/i', 'a/b/j'])
  })

  test('only the worlds that are asked for', () => {
    const resolve = load(`package a:b@1.0.0; interface i { f: func(); } interface j { f: func(); }
      world w { import i; } world v { import j; }`)
    expect(paths(resolve)).toEqual(['a/b/i', 'a/b/i.codec', 'a/b/j', 'a/b/j.codec', 'v', 'w'])
    for (const name of ['v', 'a:b/v', 'a:b/v@1.0.0']) {
      expect(paths(resolve, [name])).toEqual(['a/b/j', 'a/b/j.codec', 'v'])
    }
  })
})

describe('refusals', () => {
  test('a world that is not there', () => {
    const resolve = load('package a:b; world one {} world two {}')
    expect(refusal(() => selectWorlds(resolve, ['three']))).toEqual([
      {
        code: 'GEN0001',
        message: 'no world is called `three`',
        suggestion: 'the worlds are `one`, `two`',
      },
    ])
    expect(refusal(() => selectWorlds(load('package a:b;'), ['w']))).toEqual([
      { code: 'GEN0001', message: 'no world is called `w`: the root package has no worlds', suggestion: undefined },
    ])
  })

  test('what no code can be generated for, all of it', () => {
    const resolve = load(`package a:b;
      interface i { f: async func(); g: func(x: list<stream<u8>>); ok: func(); }
      world w { import h: func() -> future<string>; import i; export i; }`)
    const suggestion = 'leave it out of the world, or move it to a world of its own'
    expect(refusal(() => paths(resolve))).toEqual([
      {
        code: 'GEN0002',
        message: 'world `a:b/w` uses the async function `a:b/i#f`, which is not supported yet',
        suggestion,
      },
      {
        code: 'GEN0002',
        message: 'world `a:b/w` uses a stream in the function `a:b/i#g`, which is not supported yet',
        suggestion,
      },
      {
        code: 'GEN0002',
        message: expect.stringMatching(
          /^world `a:b\/w` uses a future in the .*function `h`, which is not supported yet$/,
        ) as string,
        suggestion,
      },
    ])
  })
})
