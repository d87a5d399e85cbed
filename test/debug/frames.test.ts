// Where a trap happened, in the words of the guest's source.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { Pool } from 'witgen/host'
import { compile, instantiate, isWasmError, resolveFrames, WasmError, type SecurityPolicy } from 'witgen/runtime'
import { functionList } from '../../src/debug/function-list.ts'
import { coreModules } from '../../src/dwarf/index.ts'
import { thrownBy } from '../e2e/guests.ts'
import { capture } from '../cli/capture.ts'
import { guestFiles, isSkipped } from '../guests/guests.ts'
import { rejection, untilEnd, worker } from '../host/pool/pools.ts'
import { faultsWorld } from './faults-world.ts'

const pathOf = (guest: string): string => guestFiles(`debug/${guest}.wasm`)[0]?.path ?? ''

/** Of the trap in each frame. */
const PLACES = ['faults.c:19:47', 'faults.c:22:35']
const placesOf = (frames: WasmError['frames']): string[] =>
  frames.map(({ file, line, column }) => `${file}:${line}:${column}`)

async function trapOf(path: string, policy?: SecurityPolicy): Promise<WasmError> {
  const { exports } = instantiate<{ 'test:faults/faults': { divide(a: number, b: number): number } }>(
    await compile(path, { policy }),
  )
  try {
    exports['test:faults/faults'].divide(1, 0)
  } catch (error) {
    if (isWasmError(error)) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe.skipIf(isSkipped('c'))('error.frames', () => {
  test.each(['debug', 'dwarf5'])('%s: file, line and column, as JSON too', async (guest) => {
    const error = await trapOf(pathOf(guest))
    expect(placesOf(error.frames)).toEqual(PLACES)
    expect(error.frames[0]).toMatchObject({ functionName: 'quotient_of', offset: expect.any(Number) as number })
    expect(placesOf(error.toJSON().frames ?? [])).toEqual(PLACES)
  })

  test.each([{ maxInstances: 5 }, { fuel: 1e9, maxCallDepth: 100 }])('under a policy: %o', async (policy) => {
    expect(placesOf((await trapOf(pathOf('debug'), policy)).frames)).toEqual(PLACES)
  })

  test('bytes that have been changed since: places are left out', async () => {
    const bytes = Uint8Array.from(readFileSync(pathOf('debug')))
    const { exports } = instantiate(await compile(bytes))
    bytes.fill(0)
    const error = thrownBy(() => exports['test:faults/faults']?.['divide']?.(1, 0)) as WasmError
    expect(placesOf(error.frames)).toEqual(['undefined:undefined:undefined', 'undefined:undefined:undefined'])
  })

  test.each([{}, { policy: { fuel: 1e9 } }])('of a pool: %o', { timeout: 60_000 }, async (options) => {
    const World = await faultsWorld()
    const pool = await untilEnd(Pool.create(World, pathOf('debug'), { size: 1, worker, ...options }))
    const error = (await rejection(pool.call('faults.divide', [1, 0]))) as WasmError
    expect(error.codeName).toBe('ArithmeticTrap')
    expect(placesOf(error.frames)).toEqual(PLACES)
  })
})

describe.skipIf(isSkipped('c'))('resolveFrames', () => {
  test.each(['debug', 'dwarf5'])('%s: file, line and column of each frame', async (guest) => {
    const error = await trapOf(pathOf(guest))
    const frames = await resolveFrames(error, pathOf(guest))
    expect(placesOf(frames)).toEqual(PLACES)
    // The guest that ran carries them itself.
    expect(frames).toEqual(error.frames)
  })

  test('from bytes, and from the core module alone', async () => {
    const bytes = readFileSync(pathOf('debug'))
    const error = await trapOf(pathOf('debug'))
    const [core = new Uint8Array()] = coreModules(bytes)
    for (const source of [Uint8Array.from(bytes), Uint8Array.from(core)]) {
      expect((await resolveFrames(error, source))[0]).toMatchObject({ file: 'faults.c', line: 19, column: 47 })
    }
  })

  test('without debug information frames are what they are', async () => {
    const error = await trapOf(pathOf('stripped'))
    expect(error.frames).toHaveLength(2)
    expect(await resolveFrames(error, pathOf('stripped'))).toEqual(error.frames)
  })

  test('a guest that did not run has no places for another', async () => {
    const error = await trapOf(pathOf('debug'))
    expect(await resolveFrames(error, guestFiles('rust/pipeline.wasm')[0]?.path ?? '')).toEqual(error.frames)
  })

  test('no frames, no source', async () => {
    const none = new WasmError('LinkError', 'm', undefined, 'text')
    expect(await resolveFrames(none, 'no-such.wasm')).toEqual([])
    const error = await trapOf(pathOf('debug'))
    await expect(resolveFrames(error, 'no-such.wasm')).rejects.toMatchObject({ codeName: 'InvalidModule' })
    await expect(resolveFrames(error, Uint8Array.of(1, 2, 3))).rejects.toMatchObject({ codeName: 'InvalidModule' })
  })
})

describe.skipIf(isSkipped('c')).each(['call', 'debug'])('witgen %s shows where a trap happened', (command) => {
  test.each(['debug', 'dwarf5'])('%s: by file, line and column', async (guest) => {
    const { code, stderr } = await capture([command, pathOf(guest), 'divide(1, 0)'])
    expect(code).toBe(1)
    expect(stderr).toContain('divide by zero\n    at quotient_of (faults.c:19:47)\n    at divide (faults.c:22:35)\n')
    expect(stderr).not.toContain('debug information')
  })

  test('stripped: by offset, and why', async () => {
    const { code, stderr } = await capture([command, pathOf('stripped'), 'divide(1, 0)'])
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /divide by zero\n {4}at wasm-function\[\d+\] \(offset 0x[0-9a-f]+\)\n {4}at wasm-function\[\d+\] \(offset 0x[0-9a-f]+\)\n {4}\(the guest carries no debug information: /,
    )
  })
})

describe.skipIf(isSkipped('c'))('the list of functions', () => {
  const listOf = (path: string): string => functionList(coreModules(readFileSync(path)))

  test('names, offsets and places', () => {
    expect(listOf(pathOf('debug'))).toMatch(/^ {2}0x[0-9a-f]+ +one_deeper +faults\.c:1[01]$/m)
  })

  test('a stripped guest', () => {
    expect(listOf(pathOf('stripped'))).toBe(
      'Its functions have no names.\nThe guest carries no debug information: compile it with -g, unstripped, to see its source.\n',
    )
  })

  test('many functions are cut short', () => {
    const lines = listOf(guestFiles('wasi-c/probe.wasm')[0]?.path ?? '').split('\n')
    expect(lines.find((line) => line.startsWith('  … and '))).toMatch(/^ {2}… and \d+ more$/)
    expect(lines.length).toBeLessThan(40)
  })
})
