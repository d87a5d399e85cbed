import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { RunOptions } from './recipe.ts'
import { root } from './paths.ts'
import { withProgress } from './progress.ts'

/** So much of a failed command's output is shown. */
const SHOWN = 6000

/**
 * Runs a command to its end. While it runs, a line every few seconds says so.
 *
 * @param title what the line begins with, such as the name of the guest
 * @returns what it printed on standard output
 * @throws Error with the end of its output when it cannot be started or fails
 */
export function run(
  title: string,
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const short = [command.replace(/^.*[\\/]/, ''), ...args].join(' ').replace(/^(.{50}).{2,}$/s, '$1…')
  return withProgress(
    `${title}: ${short}`,
    () =>
      new Promise((resolve, reject) => {
        const child = spawn(command, args, {
          cwd: options.cwd ?? root,
          stdio: ['ignore', 'pipe', 'pipe'],
          env: { ...process.env, ...options.env },
        })
        const output: Buffer[] = []
        const all: Buffer[] = []
        child.stdout.on('data', (chunk: Buffer) => {
          output.push(chunk)
          all.push(chunk)
        })
        child.stderr.on('data', (chunk: Buffer) => all.push(chunk))
        child.on('error', (error) => reject(new Error(`${command}: ${error.message}`)))
        child.on('close', (code, signal) => {
          if (code === 0) resolve(Buffer.concat(output).toString())
          else reject(new Error(`${short} ${ending(code, signal)}\n${Buffer.concat(all).toString().slice(-SHOWN)}`))
        })
      }),
  )
}

function ending(code: number | null, signal: NodeJS.Signals | null): string {
  return signal ? `was ended by ${signal} (${constants.signals[signal]})` : `failed with exit code ${code}`
}
