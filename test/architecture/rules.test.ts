import { describe, expect, test } from 'vitest'
import { checkAny, checkDocs, checkLength } from './source-rules.ts'
import { checkImports } from './stages.ts'
import { checkTemplate } from './template-rules.ts'

describe('imports', () => {
  test.each([
    ['src/ir/a.ts', "import { x } from '../wit/x.ts'", "src/ir/a.ts: `ir` must not import '../wit/x.ts'"],
    ['src/wit/a.ts', "export * from '../plan/x.ts'", "src/wit/a.ts: `wit` must not import '../plan/x.ts'"],
    [
      'src/plan/a.ts',
      "const x = await import('../render/x.ts')",
      "src/plan/a.ts: `plan` must not import '../render/x.ts'",
    ],
    [
      'src/render/a.ts',
      "import type { X } from '../pipeline.ts'",
      "src/render/a.ts: `render` must not import '../pipeline.ts'",
    ],
    ['src/pipeline.ts', "import { x } from './cli/x.ts'", "src/pipeline.ts: `pipeline` must not import './cli/x.ts'"],
    [
      'src/runtime/a.ts',
      "import { x } from '../abi/x.ts'",
      "src/runtime/a.ts: `runtime` must not import '../abi/x.ts'",
    ],
    ['src/runtime/b/a.ts', "import '../../wit/x.ts'", "src/runtime/b/a.ts: `runtime` must not import '../../wit/x.ts'"],
    ['src/runtime/a.ts', "import 'node:fs'", "src/runtime/a.ts: `runtime` must not import 'node:fs'"],
    ['src/abi/a.ts', "import pc from 'picocolors'", "src/abi/a.ts: `abi` must not import 'picocolors'"],
    ['src/plan/a.ts', "import yargs from 'yargs'", "src/plan/a.ts: `plan` must not import 'yargs'"],
    ['src/cli/a.ts', "import x from '../../scripts/x.ts'", "src/cli/a.ts: `cli` must not import '../../scripts/x.ts'"],
    ['src/other/a.ts', '', 'src/other/a.ts: `other` is no stage: give it a place in test/architecture/stages.ts'],
  ])('%s with %s', (file, text, finding) => {
    expect(checkImports(file, text)).toEqual([finding])
  })

  test.each([
    ['src/cli/a.ts', "import yargs from 'yargs/helpers'\nimport { x } from '../generate.ts'\nimport 'node:fs'"],
    ['src/runtime/abi/a.ts', "import { x } from '../x.ts'\nimport type { Y } from '../../component/y.ts'"],
    ['src/ir/a.ts', "// import 'yargs'\nconst text = `import 'node:fs'`"],
  ])('%s with %s is fine', (file, text) => {
    expect(checkImports(file, text)).toEqual([])
  })
})

describe('length', () => {
  test('300 lines are fine, 301 are not', () => {
    expect(checkLength('src/a.ts', 'x\n'.repeat(300))).toEqual([])
    expect(checkLength('src/a.ts', 'x\n'.repeat(301))).toEqual(['src/a.ts: 301 lines, at most 300'])
  })
})

describe('any', () => {
  test('as a type, wherever it stands', () => {
    const text = 'let a: any\nlet b = 1 as any\nfunction f(x: Map<string, any[]>) {}\n'
    expect(checkAny('src/a.ts', text)).toEqual(['src/a.ts:1: `any`', 'src/a.ts:2: `any`', 'src/a.ts:3: `any`'])
  })

  test('not as a word', () => {
    expect(checkAny('src/a.ts', "// any\nlet any = 'any'\n")).toEqual([])
  })
})

describe('doc comments', () => {
  test.each([
    ['export function f() {}', 'f'],
    ['// A remark.\nexport async function f() {}', 'f'],
    ['/** Of x. */\nconst x = 1\nexport const f = () => x', 'f'],
    ['export const f: F = function () {}', 'f'],
    ['export default function () {}', 'default'],
    ['export function f(x: string): void\nexport function f(x: number): void\nexport function f() {}', 'f'],
  ])('%s lacks one', (text, name) => {
    expect(checkDocs('src/a.ts', text)).toEqual([`src/a.ts: \`${name}\` has no doc comment`])
  })

  test.each([
    ['/** Does. */\nexport function f() {}'],
    ['/** Does. */\nexport function f(x: string): void\nexport function f(x: number): void\nexport function f() {}'],
    ['/** Does. */\nexport const f = () => 1'],
    ['function f() {}\nexport const x = 1\nexport type F = () => void'],
  ])('%s is fine', (text) => {
    expect(checkDocs('src/a.ts', text)).toEqual([])
  })
})

describe('templates', () => {
  const check = (text: string): readonly string[] => checkTemplate('t', text, (name) => name === 'kind/list')

  test.each([
    ['{{#unless a}}{{/unless}}', '{{#unless}} is not allowed, only each and if'],
    ['{{#with a}}{{/with}}', '{{#with}} is not allowed, only each and if'],
    ['{{#each a}}{{/each}}', '{{#each}} needs `as |x|`'],
    ['{{#if a b}}{{/if}}', '{{#if}} takes exactly one value'],
    ['{{#if a includeZero=true}}{{/if}}', '{{#if}} takes exactly one value'],
    ['{{upper a}}', '{{upper …}} calls a helper'],
    ['{{lookup a "b"}}', '{{lookup …}} calls a helper'],
    ['{{#if (eq a)}}{{/if}}', '(eq …) calls a helper'],
    ['{{#if (lookup a (eq b))}}{{/if}}', '(eq …) calls a helper'],
    ['{{{a}}}', '{{{ is not needed: nothing is escaped'],
    ['{{@root.a}}', '@root.a is not allowed'],
    ['{{#each a as |x|}}{{@index}}{{/each}}', '@index is not allowed'],
    ['{{#each a as |x|}}{{../b}}{{/each}}', '../b leaves its context'],
    ['{{#if a}}{{else}}{{../b}}{{/if}}', '../b leaves its context'],
    ['{{> kind/list}}', 'a partial needs its context'],
    ['{{> kind/list a b=c}}', 'a partial takes no named values'],
    ['{{> kind/other a}}', 'there is no template kind/other'],
    ['{{> kind/list @root}}', '@root is not allowed'],
    ['{{> (pick a) a}}', '(pick …) calls a helper'],
    ['{{#> kind/list a}}{{/kind/list}}', '{{#> }} is not allowed'],
    ['{{* a}}', 'decorators are not allowed'],
    [`${'{{#if a}}'.repeat(4)}${'{{/if}}'.repeat(4)}`, 'blocks are nested deeper than 3'],
  ])('%s', (text, message) => {
    expect(check(text)).toEqual([`templates/t.hbs:1: ${message}`])
  })

  test('what is allowed', () => {
    const text = `{{a}}{{b.c}}
      {{#each list as |x|}}{{#if x.yes}}{{x.name}}{{else if x.maybe}}?{{else}}-{{/if}}{{/each}}
      {{> kind/list x}}{{> (lookup x "partial") x}}`
    expect(check(text)).toEqual([])
  })
})
