// WIT in which few lines stand for very much: refused with one diagnostic, or done in time that grows with the text.
import { describe, expect, test } from 'vitest'
import { DiagnosticError } from '../../src/diagnostics/diagnostic.ts'
import { positionOf } from '../../src/diagnostics/render.ts'
import { plan, selectWorlds } from '../../src/plan/index.ts'
import { resolveToJson } from '../../src/wit/to-json.ts'
import { resolveToWit } from '../../src/wit/to-wit.ts'
import { load } from '../helpers/wit.ts'

/** A world with a function on the last of a chain of definitions, each made from the one before. */
function chain(length: number, definition: (name: string, before: string) => string): string {
  const lines = Array.from({ length }, (_, i) => definition(`t${i + 1}`, `t${i}`))
  return `package a:b;\ninterface i {\ntype t0 = u8;\n${lines.join('\n')}\nf: func(x: t${length}) -> t${length};\n}\nworld w { import i; export i; }`
}

/** What planning says: `line CODE message` each, or nothing. */
function problems(wit: string): string[] {
  const resolve = load(wit)
  try {
    plan(resolve, { worlds: selectWorlds(resolve, []), extension: '.ts', version: '0.0.0' })
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error
    return error.diagnostics.map(({ code, message, span }) => {
      const line = span === undefined ? '-' : positionOf(span.file, span.start).line
      return `${line} ${code} ${message}`
    })
  }
  return []
}

const ways: Readonly<Record<string, (name: string, before: string) => string>> = {
  tuples: (name, before) => `type ${name} = tuple<${before}, ${before}>;`,
  'tuples of lists': (name, before) => `type ${name} = tuple<list<${before}>, list<${before}>>;`,
  results: (name, before) => `type ${name} = result<${before}, ${before}>;`,
  maps: (name, before) => `type ${name} = map<string, tuple<${before}, ${before}>>;`,
  records: (name, before) => `record ${name} { a: ${before}, b: ${before} }`,
  variants: (name, before) => `variant ${name} { a(list<${before}>), b(${before}), c(${before}) }`,
}

describe('types that double', () => {
  test.each(Object.keys(ways))('60 times, %s: refused once, at the first that is too large', (way) => {
    const found = problems(chain(60, ways[way] ?? ((name) => name)))
    expect(found).toEqual([
      expect.stringMatching(
        /^\d+ GEN0020 the type `t1\d` consists of more than 1000000 parts once the names in it are written out, so no component can have it$/,
      ),
    ])
  })

  test('10 times, in a parameter: refused, since each use would be code of its own', () => {
    expect(problems(chain(10, ways['tuples'] ?? ((name) => name)))).toEqual([
      '14 GEN0021 the parameters of `f` would be code for 2047 parts, as each use of a type in it is written out',
    ])
  })

  test.each(['records', 'tuples of lists'])('15 times, %s: each has functions of its own', (way) => {
    expect(problems(chain(15, ways[way] ?? ((name) => name)))).toEqual([])
  })

  test('what is wide and not deep is fine', () => {
    const fields = Array.from({ length: 3000 }, (_, i) => `x${i}: tuple<u8, string>`)
    expect(
      problems(
        `package a:b; world w { export i: interface { record r { ${fields.join(', ')} } f: func(x: r) -> r; } }`,
      ),
    ).toEqual([])
  })
})

describe('chains', () => {
  test('3,000 aliases', () => {
    expect(problems(chain(3000, (name, before) => `type ${name} = ${before};`))).toEqual([])
  })

  test('3,000 lists of lists: read and printed, but no component has them', () => {
    const wit = chain(3000, (name, before) => `type ${name} = list<${before}>;`)
    const resolve = load(wit)
    expect(JSON.stringify(resolveToJson(resolve)).length).toBeGreaterThan(100_000)
    expect(resolveToWit(resolve)).toContain('type t3000 = list<t2999>;')
    expect(problems(wit)).toEqual([
      '104 GEN0020 the type `t101` is 101 levels deep, of at most 100 once the names in it are written out, so no component can have it',
    ])
  })
})

test('200,000 lines of comments before an item', () => {
  const resolve = load(`package a:b;\ninterface i {\n${'  // more\n'.repeat(200_000)}  f: func();\n}`)
  expect(resolve.root.interfaces.get('i')?.functions.get('f')?.docs).toHaveLength(200_000 * 5 - 1)
})
