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
  const { handleInterrupts } = await import('./interrupt.ts')
  handleInterrupts()
  // A reader that went away is no error of ours; a full disk is, but needs no stack.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  }
  // Nor may it leave a file half-written when it is told to end; a command that goes on for ever has its own way.
  process.on('SIGTERM', () => {
    if (process.listenerCount('SIGTERM') === 1) process.exit(143)
  })
  // What V8 made of our modules is kept for the next run, from Node 22.8 on.
  process.getBuiltinModule('node:module').enableCompileCache?.()
  const { run } = await import('./run.ts')
  process.exitCode = await run(args, process)
}
