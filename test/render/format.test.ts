// Generated code is formatted as prettier formats it, although most of it never meets prettier.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readInput } from '../../src/input/read-input.ts'
import { plan, selectWorlds } from '../../src/plan/index.ts'
import { declarations, format, formatByPrettier } from '../../src/render/format.ts'
import { layOut } from '../../src/render/layout.ts'
import { renderTemplate } from '../../src/render/templates.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const golden = readdirSync(join(root, 'test/golden'))
const inputs = [...golden.map((name) => `test/golden/${name}/wit`), 'wit', 'test/bench/bench.wit']

describe('whole files', () => {
  test.each(inputs)('%s', async (input) => {
    const { resolve } = readInput(join(root, input), { features: 'all' })
    const worlds = selectWorlds(resolve, [])
    for (const model of plan(resolve, { worlds, extension: '.ts', version: '0.0.0' })) {
      const text = renderTemplate(model)
      expect(await format(text), model.path).toBe(await formatByPrettier(text))
    }
  })
})

test('nearly all of it is laid out without prettier, which would take longer than all the rest', () => {
  const all = inputs.flatMap((input) => {
    const { resolve } = readInput(join(root, input), { features: 'all' })
    const models = plan(resolve, { worlds: selectWorlds(resolve, []), extension: '.ts', version: '0.0.0' })
    return models.flatMap((model) => declarations(renderTemplate(model)))
  })
  const left = all.filter((text) => layOut(text) === undefined)
  expect(left.length / all.length).toBeLessThan(0.03)
})

/** Code that is laid out without prettier: what goes in, what comes out. */
const long = 'a'.repeat(50)
const sumOf = (count: number): string => {
  const bits = Array.from({ length: count }, (_, i) => `(nameOf${i} ? ${2 ** i} : 0)`)
  return `export function f(): number {\nreturn ${bits.join(' | ')}\n}`
}
const laidOut: Readonly<Record<string, string>> = {
  'a member in quotes': "const x = {\n'a': 1,\n'b-c': 2,\n}",
  'a sum of bits': sumOf(6),
  'a longer sum of bits': sumOf(9),
  'functions with long parameters that give functions': `const x = {\nlower: (cx: Context, host: { readonly '[method]a.b': (self: ${long}, a: ${long}, b: number) => unknown }) => (a: number): number => {\nreturn host['[method]a.b'](${long}, ${long}, a, )\n},\n}`,
  'a function as a member': `const x = {\ninvoke: (self: ${long}, a: ${long}, b: number) => self.call(a, b),\n}`,
  'a longer function as a member': `const x = {\ninvoke: (self: ${long}, a: ${long}, bcdefghijkl: number) => self.call(a, b),\n}`,
  'texts that are too long': `const x = {\nabcd: '${long}${long}${long}',\nabcde: '${long}${long}${long}',\n}`,
  'an empty body': 'export interface A {\n}',
  'a call': `export function f(): void {\n${long}(${long}, ${long}, )\n}`,
  'a call in a call': `export function f(): void {\nconst x = g(h(${long}, ${long}, i, ), j(${long}, ), )\n}`,
  'a choice': `export function f(): void {\nconst x = isSome(cx, ${long}) ? ${long} : lift(cx, ${long}, ${long}, )\n}`,
  'an object': `export function f(): A {\nreturn { a: ${long}, b: { c: ${long}, d: [g(1), ${long}] } }\n}`,
  'a loop': `export function f(): void {\nfor (let i = 0; i < n; i++) list[i] = { a: ${long}, b: g(${long}, i) }\n}`,
  parameters: `export function f(a: ${long}, b: Map<string, ${long}>, c: number): void {\ng()\n}`,
  'a union': `export type A = | '${long}'| '${long}'| 'c'`,
  'a longer union': `export type A = | '${long}'| '${long}'| '${long}'`,
  'a variant with comments': "export type A =\n/** One. */\n| { tag: 'a' }\n/** Two. */\n| { tag: 'b'; val: number }",
  'functions that give functions': `const x = {\nlower: (cx: Context) => (a: number, b: number): void => {\ng()\n},\n}`,
  cases: "export function f(): number {\nswitch (x) {\ncase 'a':\ncase 'b': {\nreturn 1\n}\ndefault:\nreturn 2\n}\n}",
  imports: `import { a, b, } from 'c'\nimport { ${long}, ${long}, type ${long}, } from 'd'`,
}

describe('declarations', () => {
  test.each(Object.entries(laidOut))('%s', async (_, text) => {
    expect(layOut(text)).toBe((await formatByPrettier(text)).trimEnd())
  })

  const left: Readonly<Record<string, string>> = {
    'a text with quotes': "const a = 'it\\'s'",
    'brackets that are not closed': 'const a = [\n1,',
    'a variant with a comment on one case': "export type A =\n/** One. */\n| { tag: 'a' }\n| { tag: 'b' }",
    'a cast in a choice': 'const a = b ? c(d) as E : undefined',
    'statements that end with semicolons': 'const a = 1;',
    'an array of objects': 'const a = [{ b: 1, c: 2 }, { b: 3, c: 4 }]',
    'a choice in a choice': 'const a = b ? c ? 1 : 2 : 3',
    'a function as an argument': `const a = f((x: number) => x + ${long}, ${long}, ${long})`,
  }
  test.each(Object.entries(left))('%s is left to prettier', (_, text) => {
    expect(layOut(text)).toBeUndefined()
  })
})
