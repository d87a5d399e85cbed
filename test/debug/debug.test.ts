// `witgen debug` as a debugger sees it: another process, over the Chrome DevTools Protocol.
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../scripts/guests/paths.ts'
import { coreModules, placesOf, readGuestModule, type GuestModule, type Place } from '../../src/dwarf/index.ts'
import { majorOf, nodesAtHand } from '../determinism/built-cli.ts'
import { guestFiles, isSkipped } from '../guests/guests.ts'
import { compileJs } from '../helpers/compile-js.ts'
import { Command, Debugger, type Paused } from './cdp.ts'

const pathOf = (name: string): string => guestFiles(`debug/${name}.wasm`)[0]?.path ?? ''
const guest = pathOf('debug')
const stripped = pathOf('stripped')
const commands: Command[] = []

function coreModule(): GuestModule {
  const [bytes] = coreModules(readFileSync(guest))
  return readGuestModule(bytes ?? new Uint8Array())
}

/** Where an instruction of the guest is in its source. */
const placeOf = (offset: number): Place | undefined => placesOf(coreModule(), [offset]).get(offset)

/** The line of the guest's source that has a marker. */
function lineWith(marker: string): number {
  const source = readFileSync(new URL('../guests/debug/faults.c', import.meta.url), 'utf8')
  return source.split('\n').findIndex((line) => line.includes(marker)) + 1
}

/** A Node, and the command as it runs there: Node 20 does not take TypeScript. */
interface Debuggee {
  readonly executable?: string
  readonly program?: string
}

function debug(args: readonly string[], start: Debuggee = {}): Command {
  const command = new Command(['debug', ...args], start)
  commands.push(command)
  return command
}

/** A debugger at a command that waits for one, stopped before the call. */
async function attach(command: Command): Promise<Debugger> {
  const client = await Debugger.attach(await command.said(/^ *other +(ws:\S+)$/m))
  await client.send('Runtime.runIfWaitingForDebugger')
  expect((await client.paused()).functionName).toBe('pause')
  expect(command.stdout).toBe('')
  return client
}

/** The script whose bytes are those of the guest's core module: the engine has modules of its own. */
async function scriptOf(client: Debugger, path: string): Promise<string> {
  const [bytes = new Uint8Array()] = coreModules(readFileSync(path))
  const wanted = Buffer.from(bytes).toString('base64')
  for (const { scriptId } of client.scripts.filter((script) => script.url.startsWith('wasm://'))) {
    const { bytecode } = await client.send('Debugger.getScriptSource', { scriptId })
    if (bytecode === wanted) return scriptId
  }
  throw new Error('the guest is no script of the debugger')
}

/** Stops where the code of the guest's module at this offset begins or goes on; gives the next stop. */
async function runTo(client: Debugger, path: string, offset: number): Promise<Paused> {
  const scriptId = await scriptOf(client, path)
  await client.send('Debugger.setBreakpoint', { location: { scriptId, lineNumber: 0, columnNumber: offset } })
  await client.send('Debugger.resume')
  const stop = await client.paused()
  expect(stop.scriptId).toBe(scriptId)
  expect(stop.columnNumber).toBeGreaterThanOrEqual(offset)
  return stop
}

/** Stops at a function by its name, compares the place with the source, steps, and lets the call end. */
async function debugByName(start: Debuggee): Promise<void> {
  const command = debug([guest, 'divide(-7, 2)', '--inspect-brk', '--inspect-port', '0'], start)
  const client = await attach(command)
  const listed = await command.said(/^ +(0x[0-9a-f]+) +quotient_of +faults\.c:19$/m)
  const stop = await runTo(client, guest, Number(listed))
  expect(stop.functionName).toBe('$quotient_of')
  expect(placeOf(stop.columnNumber)).toMatchObject({ file: 'faults.c', line: lineWith('// a debugger stops here') })

  await client.send('Debugger.stepOver')
  const next = await client.paused()
  expect(next).toMatchObject({ functionName: '$quotient_of', scriptId: stop.scriptId })
  expect(next.columnNumber).toBeGreaterThan(stop.columnNumber)
  expect(command.stdout).toBe('')

  await client.send('Debugger.resume')
  client.close()
  expect(await command.ended).toBe(0)
  expect(command.stdout).toBe('-3\n')
}

/** A guest without names or lines: says so, and stops at an offset. */
async function debugByOffset(start: Debuggee): Promise<void> {
  const trapping = debug([stripped, 'divide(1, 0)'], start)
  const offset = Number(await trapping.said(/^ +at wasm-function\[\d+\] \(offset (0x[0-9a-f]+)\)$/m))
  expect(await trapping.ended).toBe(1)
  expect(trapping.stderr).toContain('(the guest carries no debug information: ')
  const command = debug([stripped, 'divide(-7, 2)', '--inspect-brk', '--inspect-port', '0'], start)
  const client = await attach(command)
  expect(command.stderr).toContain('Its functions have no names.\nThe guest carries no debug information: ')
  const stop = await runTo(client, stripped, offset)
  expect(stop).toMatchObject({ functionName: expect.stringMatching(/^\$func\d+$/), columnNumber: offset })
  await client.send('Debugger.resume')
  client.close()
  expect(await command.ended).toBe(0)
  expect(command.stdout).toBe('-3\n')
}

const node20 = nodesAtHand().find(({ version }) => majorOf(version) === '20')

test(`${node20?.version ?? 'Node 20 is not at hand: nothing was debugged on it'}`, () => {
  // A machine of a developer may lack it; where a change is judged it has to be there.
  expect(node20 !== undefined || process.env['CI'] === undefined).toBe(true)
})

describe.runIf(node20 !== undefined && !isSkipped('c'))(`witgen debug --inspect-brk on ${node20?.version}`, () => {
  mkdirSync(join(root, '.cache'), { recursive: true })
  const folder = mkdtempSync(join(root, '.cache/debug-'))
  let start: Debuggee = {}
  beforeAll(() => {
    const main = join(root, 'src/cli/main.ts')
    start = { executable: node20?.path ?? '', program: compileJs(folder, [main])(main) }
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('stops at a function by its name, at a line of the source, and steps; then the call goes on', async () => {
    await debugByName(start)
  })

  test('a stripped guest stops at an offset', async () => {
    await debugByOffset(start)
  })
})

afterEach(() => {
  for (const { child } of commands.splice(0)) child.kill('SIGKILL')
})

describe.skipIf(isSkipped('c'))('witgen debug --inspect-brk', () => {
  test('stops at a function by its name, at a line of the source, and steps; then the call goes on', async () => {
    await debugByName({})
  })

  test('a stripped guest stops at an offset', async () => {
    await debugByOffset({})
  })

  test('--vscode writes an entry that stops in a process which an editor debugs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'witgen-vscode-'))
    try {
      const writing = new Command(['debug', guest, 'divide(7, 2)', '--vscode', '--trace'], { cwd: folder })
      expect(await writing.ended).toBe(0)
      expect(writing.stderr).toMatch(/^\.vscode.launch\.json: created "witgen: divide in .*"; start it in VS Code/)
      const { configurations } = JSON.parse(readFileSync(join(folder, '.vscode/launch.json'), 'utf8')) as {
        configurations: readonly { readonly program: string; readonly args: readonly string[] }[]
      }
      expect(configurations).toEqual([JSON.parse(writing.stdout)])
      const { program = '', args = [] } = configurations[0] ?? {}
      const command = new Command(args, { program, node: ['--inspect-brk=127.0.0.1:0'] })
      commands.push(command)
      const client = await Debugger.attach(await command.said(/^Debugger listening on (ws:\S+)$/m))
      await client.send('Runtime.runIfWaitingForDebugger')
      await client.paused() // Node's own stop, at the beginning
      await client.send('Debugger.resume')
      expect((await client.paused()).functionName).toBe('pause')
      expect(command.stderr).not.toContain('Waiting for a debugger at')
      await client.send('Debugger.resume')
      await command.said(/^(= 3 in .*)$/m)
      client.close()
      expect(await command.ended).toBe(0)
      expect(command.stdout).toBe('3\n')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test.each([
    ['an unknown function', 'divde(7, 2)', 'call:1:1 error CMP3002: the component exports no function `divde`'],
    ['a wrong argument', 'divide(7, "2")', 'call:1:11 error CMP3001: expected s32'],
    ['a call that does not end', 'divide(7, 2', 'error CMP3001: '],
  ])('--vscode writes no entry for %s', async (_, call, message) => {
    const folder = mkdtempSync(join(tmpdir(), 'witgen-vscode-'))
    try {
      const writing = new Command(['debug', guest, call, '--vscode'], { cwd: folder })
      expect(await writing.ended).toBe(1)
      expect(writing.stderr).toContain(message)
      expect(existsSync(join(folder, '.vscode'))).toBe(false)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('Ctrl-C ends it while it waits', async () => {
    const command = debug([guest, 'divide(7, 2)', '--inspect-brk', '--inspect-port', '0'])
    await command.said(/^ *other +(ws:\S+)$/m)
    command.child.kill('SIGINT')
    expect(await command.ended).toBe('SIGINT')
  })

  test('a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    try {
      await once(server, 'listening')
      const { port } = server.address() as AddressInfo
      const command = debug([guest, 'divide(7, 2)', '--inspect-brk', '--inspect-port', String(port)])
      expect(await command.ended).toBe(1)
      expect(command.stderr).toContain(`error CMP3005: no debugger can attach at 127.0.0.1:${port}`)
    } finally {
      server.close()
    }
  })

  test.each([['x'], ['70000'], ['-1'], ['1', '--inspect-port', '2']])('--inspect-port %s is none', async (...ports) => {
    const command = debug([guest, 'divide(7, 2)', '--inspect-port', ...ports])
    expect(await command.ended).toBe(2)
    expect(command.stderr).toContain('--inspect-port takes one number from 0 to 65535')
  })
})
