// Runs every example of `witgen explain` in a folder of its own, and prints what came of it as JSON: code → what was printed,
// or the name of the error that was thrown. A process of its own, since each example has a working folder.
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import * as runtime from 'witgen/runtime'
import { run } from '../../src/cli/run.ts'
import type { CommandExample, ExampleFiles, ProgramExample } from '../../src/explain/explanation.ts'
import { explainedCodes } from '../../src/explain/find.ts'
import { wat } from '../helpers/wat.ts'

async function write(files: ExampleFiles): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join('.', path)), { recursive: true })
    writeFileSync(path, typeof content === 'string' ? content : Buffer.from(content.bytes, 'latin1'))
    if (path === 'guest.wat' && typeof content === 'string') writeFileSync('guest.wasm', await wat(content))
  }
}

/** Runs `witgen …` as a shell would. */
async function shell(line: string): Promise<string> {
  const [name, ...args] = [...line.matchAll(/'([^']*)'|(\S+)/gu)].map(([, quoted, plain]) => quoted ?? plain ?? '')
  if (name !== 'witgen') throw new Error(`not a command of witgen: ${line}`)
  const output: string[] = []
  const stream = { write: (text: string): number => output.push(text) }
  await run(args, { stdout: stream, stderr: stream, env: { NO_COLOR: '1' } })
  return output.join('')
}

async function outputOf({ files, before, command }: CommandExample): Promise<string> {
  if (before !== undefined) {
    await write(before.files)
    await shell(before.command)
  }
  await write(files)
  if (!command.includes('9229')) return shell(command)
  // The port that debuggers attach to by default may be free or not: here one is taken.
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const output = await shell(command.replace('9229', String((server.address() as AddressInfo).port)))
  server.close()
  return output
}

const AsyncFunction = (async () => {}).constructor as new (
  ...args: string[]
) => (...args: unknown[]) => Promise<unknown>

/** The error that a program ends with. */
async function errorOf({ files, program }: ProgramExample): Promise<string> {
  await write(files)
  const main = new AsyncFunction(...Object.keys(runtime), program)
  try {
    await main(...Object.values(runtime))
    return 'nothing was thrown'
  } catch (error) {
    return error instanceof runtime.WasmError ? error.codeName : String(error)
  }
}

const outcomes: Record<string, string> = {}
for (const { code, example } of explainedCodes) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'witgen-explain-')))
  process.chdir(folder)
  if (example?.kind === 'command') outcomes[code] = await outputOf(example)
  else if (example?.kind === 'program') outcomes[code] = await errorOf(example)
  process.chdir('..')
  rmSync(folder, { recursive: true, force: true })
}
process.stdout.write(JSON.stringify(outcomes))
