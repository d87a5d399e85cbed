/// <reference lib="esnext.disposable" />
// Plugins by name: load, call, swap for a guest in another language while they are in use, unload.
import { fileURLToPath } from 'node:url'
import { PluginManager } from 'witgen/host'
import { isWasmError, liveReport, MetricsCollector } from 'witgen/runtime'
import { Toolbox, type ToolboxImports } from '../../test/guests/generated/toolbox.ts'

const guest = (path: string): string => fileURLToPath(new URL(`../../test/guests/${path}`, import.meta.url))

/** What the host gives to each guest. The manager says which one it is for, so that its lines can be told apart. */
function importsFor({ name, version }: { readonly name: string; readonly version: number }): ToolboxImports {
  return {
    'test:toolbox/host': {
      log: (level, message) => console.log(`  [${name} v${version}, ${level}] ${message}`),
      twice: (n) => (n * 2) >>> 0,
      lookup: (key) => `${key} is known to version ${version}`,
    },
    // No guest here is given a sink.
    'test:toolbox/sinks': {
      Sink: class {
        write = (): number => 0
        total = (): bigint => 0n;
        [Symbol.dispose](): void {}
      },
    },
  }
}

const metrics = new MetricsCollector()
const plugins = new PluginManager({ worlds: { toolbox: Toolbox }, imports: { toolbox: importsFor }, hooks: metrics })

try {
  // 1. A plugin is loaded under a name. A second one of the name is refused.
  const text = await plugins.load('text', guest('rust/toolbox.wasm'))
  console.log(text.compute.reverseText('written in Rust'))
  await plugins.load('text', guest('c/toolbox.wasm')).catch((error: Error) => console.log(error.message))

  // 2. Calls by name: a wrong function or argument does not compile. What does not exist is told with what does.
  console.log(plugins.call('text', 'compute.join', ['a', 'b', 'c'], ' + '))
  try {
    plugins.call('txt', 'compute.add', 1, 2)
  } catch (error) {
    if (isWasmError(error, 'ModuleNotLoaded')) console.log(error.message)
  }

  // 3. A hot swap: the new guest is checked and probed while the old one serves. A bad one changes nothing.
  const probe = ({ compute }: typeof text): boolean => compute.add(2, 2) === 5
  await plugins.swap('text', guest('c/toolbox.wasm'), { probe }).catch((error: Error) => console.log(error.message))
  console.log(text.compute.lookUpAll(['swap']).join())

  // 4. A good one takes over. Whoever is in the middle of something keeps the guest that it began with.
  const long = plugins.use('text', async ({ compute }) => {
    const before = compute.lookUpAll(['before'])
    await new Promise((resolve) => setTimeout(resolve, 50))
    return [...before, ...compute.lookUpAll(['after'])]
  })
  const { drained } = await plugins.swap('text', guest('c/toolbox.wasm'), { probe: () => true, drainMs: 5000 })
  console.log(await long, drained ? 'was waited for' : 'was cut short')
  console.log(text.compute.chorus(2), text.compute.reverseText('written in C'))

  // 5. What there is.
  for (const { name, world, version, state, calls } of plugins.list())
    console.log({ name, world, version, state, calls })
  const total = metrics.snapshot().reduce((sum, { count }) => sum + count, 0)
  console.log(`${total} calls from and to the plugin 'text'`)
} finally {
  // Ends what is left, waiting for whoever still uses it. On Node 24 and newer: `await using plugins = …`.
  await plugins.dispose()
}
console.log(String(liveReport()))
