// Where output goes, and that nothing of the host's process reaches a guest, or the other way round. In processes of their own.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { committed, root } from '../../scripts/guests/paths.ts'

/** Runs a script in a process of its own, with `run(args, options)`, which runs the program in C and gives what it threw. */
function inProcess(script: string, env: Readonly<Record<string, string>> = {}): ReturnType<typeof spawnSync> {
  const text = `
    import { compile, instantiate } from ${JSON.stringify(pathToFileURL(join(root, 'src/runtime/index.ts')).href)}
    const compiled = await compile(${JSON.stringify(join(committed, 'wasi-c/probe.wasm'))})
    const run = (args, options = {}) => {
      const guest = instantiate(compiled, { name: 'probe', ...options, wasi: { args: ['probe', ...args], ...options.wasi } })
      try { guest.exports['wasi:cli/run'].run() } catch (error) { return error } finally { guest.dispose() }
    }
    ${script}`
  const args = ['--conditions=witgen-source', '--input-type=module', '--eval', text, 'host-argument']
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env: { PATH: process.env['PATH'], ...env } })
}

// Node runs the sources as they are from version 23.6 on.
describe.runIf(Number(process.versions.node.split('.')[0]) >= 24)('in a process', () => {
  test('nothing is printed when nothing is said', () => {
    const { stdout, stderr, status } = inProcess(`run(['print', 'out', 'err'])`)
    expect({ stdout, stderr, status }).toEqual({ stdout: '', stderr: '', status: 0 })
  })

  test("'inherit' prints to the host's own streams, at once", () => {
    const { stdout, stderr, status } = inProcess(`
      run(['print', 'out é\\n', 'err'], { wasi: { stdout: 'inherit', stderr: 'inherit' } })
      process.stdout.write('after')`)
    expect({ stdout, stderr, status }).toEqual({ stdout: 'out é\nafter', stderr: 'err', status: 0 })
  })

  test('each stream by itself, with the logger for the other', () => {
    const { stdout, stderr } = inProcess(`
      const logger = { info: (fields, line) => console.log(JSON.stringify([{ ...fields, function: '' }, line])) }
      run(['print', 'to the log', 'err'], { logger, wasi: { stderr: 'inherit' } })`)
    expect(stdout).toBe('[{"module":"probe","instance":1,"function":"","call":1,"stream":"stdout"},"to the log"]\n')
    expect(stderr).toBe('err')
  })

  test('exit ends the guest, and the host goes on', () => {
    const { stdout, status } = inProcess(`
      const error = run(['exit', '7'])
      console.log(error.name, error.codeName, error.status, JSON.stringify(error.toJSON().status))`)
    expect({ stdout, status }).toEqual({ stdout: 'GuestExit GuestExit 1 1\n', status: 0 })
  })

  test.each([
    ['env', 'SECRET', 'ok: none\n'],
    ['args', '', 'ok: 3 [probe] [args] []\n'],
    ['read', 'package.json', 'error: 44\n'],
    ['read', './package.json', 'error: 44\n'],
    ['list', '.', 'error: 44\n'],
    ['list', '/', 'error: 44\n'],
  ])('the host’s environment, arguments and working folder stay its own: %s %s', (what, arg, expected) => {
    const script = `run([${JSON.stringify(what)}, ${JSON.stringify(arg)}], { wasi: { stdout: 'inherit' } })`
    const { stdout } = inProcess(script, { SECRET: 'of the host' })
    expect(stdout).toBe(expected)
  })

  test('a host with a stdin of its own does not lend it', () => {
    const script = `run(['stdin'], { wasi: { stdout: 'inherit' } })`
    expect(inProcess(script).stdout).toBe('ok: \n')
  })

  test('values of the environment are never printed', () => {
    const { stdout, stderr } = inProcess(
      `const logger = new Proxy({}, { get: () => (...line) => console.log(JSON.stringify(line)) })
       console.log(String(run(['time'], { logger, wasi: { env: { KEY: 'hunter2' } } })))
       try { run([], { logger, wasi: { env: { KEY: 'hunter2\\0' } } }) } catch (error) { console.log(String(error)) }`,
    )
    expect(stdout).toContain('PermissionDenied')
    expect(stdout).toContain("wasi.env['KEY']: expected a string without NUL, got one with")
    expect(`${String(stdout)}${String(stderr)}`).not.toContain('hunter2')
  })
})
