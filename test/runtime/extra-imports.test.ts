// Imports that the world does not have, but the host gives.
import { beforeAll, expect, test } from 'vitest'
import type { CompiledComponent } from 'witgen/runtime'
import { compile } from 'witgen/runtime/v1'
import { analysisExports } from '../../generated/demo/pipeline/analysis.codec.ts'
import type { Analysis } from '../../generated/demo/pipeline/analysis.ts'
import { instantiateWorld } from '../../src/runtime/instance.ts'
import type { WorldDescriptor } from '../../src/runtime/descriptor.ts'
import { planComponent } from '../../src/component/compile.ts'
import { logImports } from '../../generated/demo/pipeline/log.codec.ts'
import { needsDynamic } from '../../src/runtime/needs-dynamic.ts'
import { readFileSync } from 'node:fs'
import { rustGuest, thrownBy } from '../e2e/guests.ts'

/** The sample world without its import, which the Rust guest needs all the same. */
const silent: WorldDescriptor = { abi: 1, id: 'demo:pipeline/silent', imports: [], exports: [analysisExports] }
const whole: WorldDescriptor = { ...silent, imports: [logImports] }

let compiled: CompiledComponent
beforeAll(async () => {
  compiled = await compile(rustGuest, silent)
})

const start = (imports: object): Analysis =>
  instantiateWorld(silent, compiled, { imports, name: 'guest' }).bind(analysisExports)

test.each(['demo:pipeline/log', 'demo:pipeline/log@0.1.0', 'demo:pipeline/log@0.1.7'])(
  'given under %s, they are called with the values of generated code',
  (key) => {
    const lines: unknown[] = []
    const analysis = start({ [key]: { log: (...line: unknown[]) => void lines.push(line) } })
    expect(analysis.callBack(2)).toBe(2)
    expect(lines).toEqual([
      ['debug', 'call 1 of 2'],
      ['debug', 'call 2 of 2'],
    ])
  },
)

test.each([{}, { 'demo:pipeline/log@0.2.0': { log: () => {} } }, { 'demo:pipeline/log': undefined }])(
  'otherwise the guest does not fit, also after it did (%j)',
  (imports) => {
    const expected = {
      codeName: 'LinkError',
      message:
        'wasm module guest error [6 LinkError]: the guest does not fit the world demo:pipeline/silent:\n' +
        '  demo:pipeline/log@0.1.0 (log): the guest needs this import, the world does not have it',
    }
    expect(thrownBy(() => start(imports))).toMatchObject(expected)
    start({ 'demo:pipeline/log': { log: () => {} } })
    expect(thrownBy(() => start(imports))).toMatchObject(expected)
  },
)

test('what is given has to have the functions', () => {
  expect(thrownBy(() => start({ 'demo:pipeline/log': { Log: 1 } }))).toMatchObject({
    message:
      'wasm module guest error [6 LinkError]: the guest needs imports that are not given:\n' +
      "  imports['demo:pipeline/log'].log for demo:pipeline/log@0.1.0#log; there is 'Log'",
  })
})

test('the dynamic codec is loaded only for what the world lacks', () => {
  const plan = planComponent(readFileSync(rustGuest))
  expect([needsDynamic(plan, whole), needsDynamic(plan, silent), needsDynamic(plan, undefined)]).toEqual([
    false,
    true,
    true,
  ])
})
