// `witgen debug` as a debugger sees it: another process, over the Chrome DevTools Protocol.
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import {
  coreModules,
  placesOf,
  readGuestModule,
  type CoreFunction,
  type GuestModule,
  type Place,
} from '../../src/dwarf/index.ts'
import { guestFiles, isSkipped } from '../guests/guests.ts'
import { Command, Debugger } from './cdp.ts'

const [withNames] = guestFiles('debug/debug.wasm')
const guest = withNames?.path ?? ''
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

/** A function of the guest's core module, by its name there. */
function functionOf(name: string): CoreFunction {
  const found = coreModule().functions.find((func) => func.name === name)
  if (found === undefined) throw new Error(`no function ${name}`)
  return found
}

function debug(...args: readonly string[]): Command {
  const command = new Command(['debug', guest, ...args])
  commands.push(command)
  return command
}

afterEach(() => {
  for (const { child } of commands.splice(0)) child.kill('SIGKILL')
})

describe.skipIf(isSkipped('c'))('witgen debug --inspect-brk', () => {
  test('stops before the call, at breakpoints and steps; then the call goes on', async () => {
    const command = debug('divide(-7, 2)', '--inspect-brk', '--inspect-port', '0')
    const client = await Debugger.attach(await command.said(/^ *other +(ws:\S+)$/m))
    await client.send('Runtime.runIfWaitingForDebugger')
    expect((await client.paused()).functionName).toBe('pause')
    expect(command.stdout).toBe('')

    // The engine has modules of its own.
    const script = client.scripts.find(({ url }) => url.startsWith('wasm://wasm/debug.core.wasm'))
    const { start } = functionOf('quotient_of')
    expect(command.stderr).toMatch(/^ +0x[0-9a-f]+ +quotient_of +faults\.c:19$/m)
    await client.send('Debugger.setBreakpoint', {
      location: { scriptId: script?.scriptId, lineNumber: 0, columnNumber: start },
    })
    await client.send('Debugger.resume')
    const stop = await client.paused()
    expect(stop).toMatchObject({ functionName: '$quotient_of', scriptId: script?.scriptId })
    expect(stop.columnNumber).toBeGreaterThanOrEqual(start)
    expect(placeOf(stop.columnNumber)).toMatchObject({ file: 'faults.c', line: lineWith('// a debugger stops here') })

    await client.send('Debugger.stepOver')
    const next = await client.paused()
    expect(next).toMatchObject({ functionName: '$quotient_of', scriptId: script?.scriptId })
    expect(next.columnNumber).toBeGreaterThan(stop.columnNumber)
    expect(command.stdout).toBe('')

    await client.send('Debugger.resume')
    client.close()
    expect(await command.ended).toBe(0)
    expect(command.stdout).toBe('-3\n')
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

  test('Ctrl-C ends it while it waits', async () => {
    const command = debug('divide(7, 2)', '--inspect-brk', '--inspect-port', '0')
    await command.said(/^ *other +(ws:\S+)$/m)
    command.child.kill('SIGINT')
    expect(await command.ended).toBe('SIGINT')
  })

  test('a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    try {
      await once(server, 'listening')
      const { port } = server.address() as AddressInfo
      const command = debug('divide(7, 2)', '--inspect-brk', '--inspect-port', String(port))
      expect(await command.ended).toBe(1)
      expect(command.stderr).toContain(`error CMP3005: no debugger can attach at 127.0.0.1:${port}`)
    } finally {
      server.close()
    }
  })

  test.each([['x'], ['70000'], ['-1'], ['1', '--inspect-port', '2']])('--inspect-port %s is none', async (...ports) => {
    const command = debug('divide(7, 2)', '--inspect-port', ...ports)
    expect(await command.ended).toBe(2)
    expect(command.stderr).toContain('--inspect-port takes one number from 0 to 65535')
  })
})
