import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

test('examples/plugin-host', { timeout: 60_000 }, () => {
  const args = ['--conditions=witgen-source', '--no-warnings', 'examples/plugin-host/main.ts']
  const output = execFileSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  const has = (text: string): void => expect(output.split('\n')).toContain(text)
  has('tsuR ni nettirw')
  has(
    'wasm module text error [4 ModuleAlreadyLoaded]: the name is taken: a plugin of the world toolbox, version 1; ' +
      'swap() replaces a plugin, unload() takes it out',
  )
  has('a + b + c')
  has('wasm module txt error [3 ModuleNotLoaded]: no plugin is loaded under this name; loaded: text')
  has('wasm module text error [51 Cancelled]: the new guest does not serve: its health probe said no')
  has('swap is known to version 1')
  has("[ 'before is known to version 1', 'after is known to version 1' ] was waited for")
  has('  [text v3, debug] twice 2 is 4')
  has('6 C ni nettirw')
  has("15 calls from and to the plugin 'text'")
  has('0 instances, 0 handles, 0 resources, 0 memories (0 KiB), 0 workers')
})
