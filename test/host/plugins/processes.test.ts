// What a plugin manager leaves behind at the end of a process is shown with real ones.
import { expect, test } from 'vitest'
import { runModule, type Ended } from '../../helpers/run-module.ts'

const SETUP = `
  import { PluginManager } from 'witgen/host'
  import { Toolbox } from './test/guests/generated/toolbox.ts'
  import { tellingImports } from './test/host/plugins/guests.ts'
  const rust = 'test/guests/rust/toolbox.wasm'
  const plugins = new PluginManager({ worlds: { toolbox: Toolbox }, imports: { toolbox: tellingImports } })
  await plugins.load('a', rust)`

const run = (body: string, signal?: NodeJS.Signals): Promise<Ended> => runModule(`${SETUP}\n${body}`, signal)

test('plugins that nobody unloads do not keep a process alive', async () => {
  expect(await run(`console.log(plugins.list().length)`)).toEqual({ code: 0, signal: null, stdout: '1\n', stderr: '' })
})

test('no timer is left when a drain and a probe have ended early', async () => {
  const ended = await run(`
    const counter = new (plugins.get('a').counters.Counter)(1n)
    setTimeout(() => counter[Symbol.dispose](), 20)
    await plugins.swap('a', rust, { drainMs: 3_600_000, probe: () => true, probeMs: 3_600_000 })
    await plugins.unload('a', { drainMs: 3_600_000 })
    console.log(plugins.list().length)`)
  expect(ended).toEqual({ code: 0, signal: null, stdout: '0\n', stderr: '' })
})

test('process.exit in the middle of a swap ends the process', async () => {
  const ended = await run(`
    void plugins.swap('a', rust, { probe: () => process.exit(7) })
    await new Promise((resolve) => setTimeout(resolve, 3_600_000))`)
  expect(ended).toEqual({ code: 7, signal: null, stdout: '', stderr: '' })
})

test('Ctrl-C while a guest is waited for', async () => {
  const ended = await run(
    `const counter = new (plugins.get('a').counters.Counter)(1n)
    const swapping = plugins.swap('a', rust, { drainMs: 3_600_000 })
    setTimeout(() => console.log('ready'), 50)
    await swapping
    console.log(counter.value())`,
    'SIGINT',
  )
  expect(ended).toEqual({ code: null, signal: 'SIGINT', stdout: 'ready\n', stderr: '' })
})
