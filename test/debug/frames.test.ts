// Where a trap happened, in the words of the guest's source.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compile, instantiate, isWasmError, resolveFrames, WasmError } from 'witgen/runtime'
import { functionList } from '../../src/debug/function-list.ts'
import { coreModules } from '../../src/dwarf/index.ts'
import { capture } from '../cli/capture.ts'
import { guestFiles, isSkipped } from '../guests/guests.ts'

const pathOf = (guest: string): string => guestFiles(`debug/${guest}.wasm`)[0]?.path ?? ''

async function trapOf(path: string): Promise<WasmError> {
  const { exports } = instantiate<{ 'test:faults/faults': { divide(a: number, b: number): number } }>(
    await compile(path),
  )
  try {
    exports['test:faults/faults'].divide(1, 0)
  } catch (error) {
    if (isWasmError(error)) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe.skipIf(isSkipped('c'))('resolveFrames', () => {
  test.each(['debug', 'dwarf5'])('%s: file, line and column of each frame', async (guest) => {
    const error = await trapOf(pathOf(guest))
    const frames = await resolveFrames(error, pathOf(guest))
    expect(frames.map(({ file, line, column, ...frame }) => [frame, `${file}:${line}:${column}`])).toEqual([
      [error.frames[0], 'faults.c:19:47'],
      [error.frames[1], 'faults.c:22:35'],
    ])
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
