#!/usr/bin/env node
// The executable. `--version` loads nothing: scripts ask for it often.

const args = process.argv.slice(2)
const end = args.indexOf('--')
const flags = new Set(end < 0 ? args : args.slice(0, end))
if (flags.has('--version') || flags.has('-v')) {
  const { readFileSync } = process.getBuiltinModule('node:fs')
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  process.stdout.write(`${(manifest as { version: string }).version}\n`)
} else {
  const { run } = await import('./run.ts')
  process.exitCode = await run(args, process)
}
