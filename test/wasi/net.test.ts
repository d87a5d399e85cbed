// The network: what the option `net` grants, seen by a program that connects, sends a line and prints the answer.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CompiledComponent } from 'witgen/runtime'
import { committed, root } from '../../scripts/guests/paths.ts'
import { BUILD_TIMEOUT } from '../guests/guests.ts'
import { compiledGuest, runCommand, type Run } from './probes.ts'

// The guest blocks this thread, so the server needs one of its own.
const ECHO = `
  const { createServer } = require('node:net')
  const { parentPort } = require('node:worker_threads')
  const server = createServer((socket) => socket.on('error', () => {}).on('data', (data) => socket.write('you said ' + data)))
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
`

let component: CompiledComponent
let echo: Worker
let port: number
beforeAll(async () => {
  component = await compiledGuest('wasi-rust/probe.wasm')
  echo = new Worker(ECHO, { eval: true })
  port = await new Promise<number>((resolve) => void echo.once('message', resolve))
}, BUILD_TIMEOUT)
afterAll(() => echo?.terminate())

const connect = (host: string, net: boolean | readonly string[] | undefined, to = port): Run =>
  runCommand(component, { args: ['probe', 'connect', host, String(to), 'hello'], net })

describe('granted', () => {
  test.each([
    ['127.0.0.1', true],
    ['localhost', true],
    ['127.0.0.1', ['127.0.0.1']],
    ['localhost', ['localhost']],
    ['LOCALHOST', ['localhost.']],
  ])('%s with %j', (host, net) => {
    const { stdout, error, log } = connect(host, net)
    expect({ stdout, error, log }).toEqual({ stdout: 'ok: you said hello\n', error: undefined, log: [] })
  })

  test('with its port', () => {
    expect(connect('127.0.0.1', [`127.0.0.1:${port}`]).stdout).toBe('ok: you said hello\n')
    expect(connect('localhost', ['example.com', `localhost:${port}`]).stdout).toBe('ok: you said hello\n')
  })

  test('nobody there is the guest’s to know', async () => {
    const server: Server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port: free } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    expect(connect('127.0.0.1', true, free).stdout).toBe('error: connect: connection-refused\n')
  })
})

describe('not granted', () => {
  test.each([undefined, false])('at all (%j): the call ends the guest', (net) => {
    const { stdout, error, log } = connect('127.0.0.1', net)
    const name = 'wasi:sockets/instance-network#instance-network'
    expect(stdout).toBe('')
    expect(error).toMatchObject({ codeName: 'PermissionDenied', function: name })
    expect(log).toEqual([['warn', { module: 'probe', function: name }, expect.stringContaining('wasi: { net: true }')]])
  })

  test.each([
    ['an empty list', []],
    ['another name', ['example.com']],
    ['a name that only ends like it', ['xlocalhost', 'host']],
  ])('%s: the name is not even looked up', (_, net) => {
    const { stdout, log } = connect('localhost', net)
    expect(stdout).toBe('error: resolve: access-denied\n')
    expect(log).toEqual([
      [
        'warn',
        { module: 'probe', function: 'wasi:sockets/ip-name-lookup#resolve-addresses', name: 'localhost' },
        expect.stringContaining('the name is not granted'),
      ],
    ])
  })

  test('another port of the host', () => {
    const { stdout, log } = connect('127.0.0.1', [`127.0.0.1:${port === 1 ? 2 : 1}`])
    expect(stdout).toBe('error: connect: access-denied\n')
    const fields = { module: 'probe', function: 'wasi:sockets/tcp#[method]tcp-socket.start-connect' }
    expect(log).toEqual([['warn', fields, expect.stringContaining('the address is not granted')]])
  })
})

// Node runs the sources as they are from version 23.6 on.
test.runIf(Number(process.versions.node.split('.')[0]) >= 24)('without the package, it is said what to install', () => {
  const folder = mkdtempSync(join(tmpdir(), 'witgen-no-shim-'))
  try {
    cpSync(join(root, 'src'), join(folder, 'src'), { recursive: true })
    const runtime = pathToFileURL(join(folder, 'src/runtime/index.ts')).href
    const script = `
      import { compile, instantiate } from ${JSON.stringify(runtime)}
      const compiled = await compile(${JSON.stringify(join(committed, 'wasi-rust/probe.wasm'))})
      const wasi = { args: ['probe', 'args'], preopens: { '/': '.' }, clocks: true, random: true, stdout: 'inherit' }
      instantiate(compiled, { wasi }).exports['wasi:cli/run'].run()
      try { instantiate(compiled, { name: 'probe', wasi: { net: true } }) } catch (error) { console.log(error.message) }`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
      cwd: folder,
    })
    expect(stdout).toBe(
      'ok: 2 [probe] [args]\n' +
        'wasm module probe error [8 Unsupported]: wasi.net: the network needs the package @bytecodealliance/preview2-shim: ' +
        'npm install "@bytecodealliance/preview2-shim@>=0.26.1"\n',
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
