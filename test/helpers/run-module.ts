import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** How a process has ended, and what it printed. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs the text of an ES module in a process of its own, in the root of the repository.
 *
 * @param signal sent as soon as it prints `ready`
 */
export function runModule(text: string, signal?: NodeJS.Signals): Promise<Ended> {
  const args = ['--expose-gc', '--conditions=witgen-source', '--no-warnings', '--input-type=module', '--eval', text]
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString()
      if (signal !== undefined && stdout.includes('ready')) child.kill(signal)
    })
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
}
