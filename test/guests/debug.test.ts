// One C guest with debug information and names, and the same one without: where a trap is said to have happened.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compile, instantiate, isWasmError, type WasmError } from 'witgen/runtime'
import { planComponent } from '../../src/component/compile.ts'
import { guestFiles, isSkipped } from './guests.ts'

interface Faults {
  descend(depth: number): number
  divide(a: number, b: number): number
  peek(address: number): number
}

const withNames = guestFiles('debug/debug.wasm')
const stripped = guestFiles('debug/stripped.wasm')

/** The guest's own core module. */
async function coreModule(path: string): Promise<WebAssembly.Module> {
  const [bytes] = planComponent(readFileSync(path)).modules
  return WebAssembly.compile(Uint8Array.from(bytes ?? []))
}

/** The error that a call of a new instance ends with. */
async function trapOf(path: string, call: (faults: Faults) => unknown): Promise<WasmError> {
  const { exports } = instantiate<{ 'test:faults/faults': Faults }>(await compile(path))
  try {
    call(exports['test:faults/faults'])
  } catch (error) {
    if (isWasmError(error)) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

const CALLS = [
  {
    call: (faults: Faults): number => faults.descend(2),
    code: 'Unreachable',
    names: ['reach_the_bottom', 'one_deeper', 'one_deeper', 'one_deeper', 'descend'],
  },
  { call: (faults: Faults): number => faults.divide(1, 0), code: 'ArithmeticTrap', names: ['quotient_of', 'divide'] },
  {
    call: (faults: Faults): number => faults.peek(4_294_967_295),
    code: 'MemoryAccessViolation',
    names: ['byte_at', 'peek'],
  },
] as const

describe.skipIf(isSkipped('c'))('debug information', () => {
  test.each(withNames)('$title has DWARF and names', async ({ path }) => {
    const module = await coreModule(path)
    const sections = ['.debug_info', '.debug_line', '.debug_str', 'name']
    expect(sections.map((name) => WebAssembly.Module.customSections(module, name).length)).toEqual([1, 1, 1, 1])
  })

  test.each(stripped)('$title has neither', async ({ path }) => {
    const module = await coreModule(path)
    const sections = ['.debug_info', '.debug_line', '.debug_str', 'name']
    expect(sections.map((name) => WebAssembly.Module.customSections(module, name).length)).toEqual([0, 0, 0, 0])
  })

  describe.each(withNames.map(({ title, path }, i) => ({ title, path, twin: stripped[i]?.path ?? '' })))(
    '$title and stripped',
    ({ path, twin }) => {
      test.each(CALLS)('a trap in $names.0', async ({ call, code, names }) => {
        const error = await trapOf(path, call)
        expect(error.codeName).toBe(code)
        expect(error.frames.map((frame) => frame.functionName)).toEqual(names)

        const bare = await trapOf(twin, call)
        expect(bare.codeName).toBe(code)
        for (const frame of bare.frames) expect(Object.keys(frame)).toEqual(['module', 'functionIndex', 'offset'])
        const places = ({ frames }: WasmError): unknown =>
          frames.map(({ functionIndex, offset }) => ({ functionIndex, offset }))
        expect(places(bare)).toEqual(places(error))
      })

      test('offsets are those of the trapping and calling instructions in the core module', async () => {
        const [bytes] = planComponent(readFileSync(path)).modules
        const at = async (call: (faults: Faults) => unknown): Promise<readonly (number | undefined)[]> =>
          (await trapOf(path, call)).frames.map(({ offset }) => bytes?.[offset ?? -1])
        const [UNREACHABLE, CALL, DIV_S, LOAD] = [0x00, 0x10, 0x6d, 0x2d]
        expect(await at((faults) => faults.descend(0))).toEqual([UNREACHABLE, CALL, CALL])
        expect(await at((faults) => faults.divide(7, 0))).toEqual([DIV_S, CALL])
        expect(await at((faults) => faults.peek(65_536 * 16))).toEqual([LOAD, CALL])
      })

      test('both compute', async () => {
        for (const file of [path, twin]) {
          const { exports } = instantiate<{ 'test:faults/faults': Faults }>(await compile(file))
          const { divide, peek } = exports['test:faults/faults']
          expect([divide(-7, 2), divide(9, -3), peek(70_000)]).toEqual([-3, -3, 0])
        }
      })
    },
  )
})
