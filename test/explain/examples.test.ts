// Each example of `witgen explain` gives the error that it explains.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { ErrorCode } from 'witgen/runtime'
import { diagnosticCodes } from '../../src/diagnostics/codes.ts'
import { explainedCodes } from '../../src/explain/find.ts'

let outcomes: Readonly<Record<string, string>> = {}
beforeAll(async () => {
  const script = fileURLToPath(new URL('run-examples.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=witgen-source', script])
  outcomes = JSON.parse(stdout) as typeof outcomes
}, 120_000)

const codesOf = (kind: string): string[] =>
  explainedCodes.flatMap(({ code, example }) => (example?.kind === kind ? [code] : []))

test.each(codesOf('command'))('the command for %s', (code) => {
  const shown = outcomes[code]?.matchAll(/(?:\b(?:error|warning|note) |"code": ")([A-Z]{3}\d{4})(?:: |")/gu) ?? []
  expect(Array.from(shown, ([, found]) => found)).toContain(code)
})

test.each(codesOf('program'))('the program for %s', (code) => {
  expect(outcomes[code]).toBe(code)
})

test('what has no example that can be run is known', () => {
  const without = explainedCodes.filter(({ example }) => example === undefined || example.kind === 'sketch')
  // Nothing gives the first two. The others need generated code or workers, and have tests of their own.
  expect(without.map(({ code }) => code)).toEqual([
    'GEN0912',
    'Success',
    'ModuleNotLoaded',
    'ModuleAlreadyLoaded',
    'WorldMismatch',
    'ExpiredView',
    'InvalidHandle',
    'WorkerCrashed',
    'Cancelled',
    'QueueFull',
  ])
})

test('there is one explanation for each code', () => {
  const codes = explainedCodes.map(({ code }) => code)
  expect(new Set(codes).size).toBe(codes.length)
  expect(codes).toEqual(expect.arrayContaining([...Object.keys(diagnosticCodes), ...Object.keys(ErrorCode)]))
})
