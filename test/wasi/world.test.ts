// A world that imports a part of WASI itself: generated code for that part, the dynamic codec for the rest of what guests need.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InstanceOptions, WasiOptions } from 'witgen/runtime'
import { generate } from '../../src/generate.ts'
import { committed } from '../../scripts/guests/paths.ts'
import { recorder } from './probes.ts'

interface Tool {
  readonly run: { run(): void }
  dispose(): void
}
interface ToolClass {
  load(source: string, options?: InstanceOptions & { readonly imports?: object }): Promise<Tool>
}

const root = fileURLToPath(new URL('../..', import.meta.url))
// Below the repository, so that the generated code finds the package that it imports.
mkdirSync(join(root, '.cache'), { recursive: true })
const folder = mkdtempSync(join(root, '.cache/wasi-world-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let Tool: ToolClass
beforeAll(async () => {
  cpSync(join(root, 'test/wasi/wit'), join(folder, 'wit'), { recursive: true })
  const out = join(folder, 'generated')
  await generate({
    inputs: [join(folder, 'wit')],
    worlds: [],
    out,
    importExtension: 'ts',
    features: new Set(),
    mode: 'write',
  })
  Tool = ((await import(pathToFileURL(join(out, 'tool.ts')).href)) as { Tool: ToolClass }).Tool
})

const guest = join(committed, 'wasi-c/probe.wasm')

async function outputOf(args: readonly string[], wasi: WasiOptions = {}, imports = {}): Promise<string> {
  const { logger, lines } = recorder()
  const tool = await Tool.load(guest, { name: 'tool', logger, imports, wasi: { args: ['tool', ...args], ...wasi } })
  try {
    tool.run.run()
  } finally {
    tool.dispose()
  }
  return lines.map(([, , line]) => line).join('\n')
}

test('both parts work on the same instance', async () => {
  expect(await outputOf(['args', 'é'])).toBe('ok: 3 [tool] [args] [é]')
  expect(await outputOf(['env', 'A'], { env: { A: 'b' } })).toBe('ok: [b]')
  expect(await outputOf(['stdin'], { stdin: new TextEncoder().encode('x') })).toBe('ok: x')
  expect(await outputOf(['random'], { random: true })).toBe('ok: random')
  expect(await outputOf(['sleep'], { clocks: true })).toBe('ok: slept')
})

test('denials come through generated code too', async () => {
  await expect(outputOf(['random'])).rejects.toMatchObject({
    codeName: 'PermissionDenied',
    function: 'wasi:random/random#get-random-bytes',
  })
})

test.each(['wasi:cli/environment', 'wasi:cli/environment@0.2.0', 'wasi:cli/environment@0.2.9'])(
  'what is given in imports under %s wins',
  async (key) => {
    const imports = { [key]: { getEnvironment: () => [], getArguments: () => ['mine', 'args', 'given'] } }
    expect(await outputOf(['args'], { args: ['not', 'these'] }, imports)).toBe('ok: 3 [mine] [args] [given]')
  },
)

test('also for what the world does not have', async () => {
  const imports = {
    'wasi:clocks/wall-clock': {
      now: () => ({ seconds: 12n, nanoseconds: 0 }),
      resolution: () => ({ seconds: 1n, nanoseconds: 0 }),
    },
  }
  expect(await outputOf(['time'], {}, imports)).toBe('ok: 12')
})

test('what is given has to be whole', async () => {
  const error = await Tool.load(guest, { imports: { 'wasi:cli/environment': {} } }).catch((error: unknown) => error)
  expect(error).toMatchObject({
    codeName: 'LinkError',
    message: expect.stringContaining("imports['wasi:cli/environment'].get"),
  })
})
