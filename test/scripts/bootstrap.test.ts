import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'witgen-bootstrap-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Starts the bootstrap with a script of one line. */
function start(code: string, ...args: string[]): ReturnType<typeof spawn> {
  const script = join(folder, `script-${Math.random()}.mjs`)
  writeFileSync(script, code)
  const bootstrap = join(root, 'scripts/bootstrap.mjs')
  return spawn(process.execPath, [bootstrap, script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
}

test('the script runs on the pinned Node, with its arguments', async () => {
  const child = start('console.log(process.version, process.argv.slice(2).join())', '--a', 'b c')
  const [output] = (await once(child.stdout ?? child, 'data')) as [Buffer]
  expect(output.toString()).toBe(`${process.version} --a,b c\n`)
})

test('its exit code is passed on', async () => {
  expect(await once(start('process.exit(7)'), 'exit')).toEqual([7, null])
})

test.each(['SIGTERM', 'SIGHUP'] as const)(
  '%s reaches the script, and its end by the signal is passed on',
  async (signal) => {
    const child = start('console.log("ready"); setTimeout(() => {}, 60_000)')
    await once(child.stdout ?? child, 'data')
    child.kill(signal)
    expect(await once(child, 'exit')).toEqual([null, signal])
  },
)

test('a script may handle a signal', async () => {
  const child = start(
    'process.on("SIGTERM", () => process.exit(3)); console.log("ready"); setTimeout(() => {}, 60_000)',
  )
  await once(child.stdout ?? child, 'data')
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([3, null])
})
