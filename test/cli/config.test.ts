// The command line and a configuration file together.
import { relative } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ScratchProject } from '../helpers/scratch-project.ts'
import { capture } from './capture.ts'

let project: ScratchProject
beforeEach(() => {
  project = new ScratchProject()
})
afterEach(() => project.remove())
const path = (of: string): string => relative('.', project.path(of))

const config = { inputs: ['w'], out: 'o', worlds: ['a', 'b'], target: 'ts', importExtension: 'none', features: ['f'] }

test('--config: what it says, with its paths beside it', async () => {
  project.write('c.json', JSON.stringify(config))
  const { options, code } = await capture(['--config', path('c.json')])
  expect(code).toBe(0)
  expect(options).toEqual({ ...config, inputs: [path('w')], out: path('o'), mode: 'write' })
})

test('flags win, one by one', async () => {
  project.write('c.json', JSON.stringify(config))
  const flags = 'in --world x --out out --target js --import-extension js --all-features --check'
  const { options } = await capture(['--config', path('c.json'), ...flags.split(' ')])
  expect(options).toEqual({
    inputs: ['in'],
    worlds: ['x'],
    out: 'out',
    target: 'js',
    importExtension: 'js',
    features: 'all',
    mode: 'check',
  })
  expect((await capture(['--config', path('c.json'), '--world', 'x'])).options).toMatchObject({
    inputs: [path('w')],
    worlds: ['x'],
  })
})

test('a mistake in it: exit code 1, file, line, column, frame, suggestion', async () => {
  project.write('c.json', '{\n  "uot": "o"\n}\n')
  const { code, stdout, stderr, options } = await capture(['--config', path('c.json')])
  expect({ code, stdout, options }).toEqual({ code: 1, stdout: '', options: undefined })
  expect(stderr.split('\n')).toEqual([
    `${path('c.json')}:2:3 error CFG0003: there is no option \`uot\``,
    '  1 | {',
    '> 2 |   "uot": "o"',
    '    |   ^^^^^',
    '  3 | }',
    '  4 |',
    '  help: did you mean `out`?',
    '',
  ])
  const json = await capture(['--config', path('c.json'), '--format', 'json'])
  expect(JSON.parse(json.stdout)).toMatchObject({ diagnostics: [{ code: 'CFG0003', line: 2, column: 3 }] })
})

test('one that is not there', async () => {
  const { code, stderr } = await capture(['--config', 'nowhere.json'])
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: 'nowhere.json error CFG0001: there is no such configuration file\n',
  })
})
