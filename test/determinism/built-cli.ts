import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A Node to run the built command with. */
export interface NodeBinary {
  readonly path: string
  /** `v26.10.0`. */
  readonly version: string
}

/** The majors, besides the one that runs the tests, that the command has to work on. */
export const MAJORS: readonly string[] = ['20', '22', '24']

/**
 * The Node that runs the tests, then one of each of `MAJORS` that is at hand: at the paths in the environment variable
 * `WITGEN_NODE` (separated as in PATH), else on PATH.
 *
 * @throws Error for a path in `WITGEN_NODE` that is not such a Node
 */
export function nodesAtHand(): readonly [NodeBinary, ...NodeBinary[]] {
  const found = new Map<string, NodeBinary>()
  const note = (path: string): void => {
    const version = execFileSync(path, ['--version'], { encoding: 'utf8' }).trim()
    const major = majorOf(version)
    if (MAJORS.includes(major)) found.set(major, found.get(major) ?? { path, version })
    else if (given.includes(path))
      throw new Error(`WITGEN_NODE: ${path} is Node ${version}, of none of ${MAJORS.join()}`)
  }
  const given = (process.env['WITGEN_NODE'] ?? '').split(delimiter).filter(Boolean)
  for (const path of given) note(path)
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, process.platform === 'win32' ? 'node.exe' : 'node')
    if (existsSync(path)) note(path)
  }
  const running: NodeBinary = { path: process.execPath, version: process.version }
  return [running, ...[...found.values()].filter(({ version }) => majorOf(version) !== majorOf(running.version))]
}

/** `20` of `v20.19.0`. */
export function majorOf(version: string): string {
  return /^v(\d+)\./u.exec(version)?.[1] ?? version
}

export interface Outcome {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The command as it is published: compiled to JavaScript, beside its templates. */
export class BuiltCli {
  readonly #main: string

  /** @param folder an empty one, which it is built in */
  constructor(folder: string) {
    const args = [join(root, 'scripts/build.ts'), join(folder, 'dist')]
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`the build failed:\n${stdout}`)
    for (const file of ['package.json', 'templates']) cpSync(join(root, file), join(folder, file), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
    this.#main = join(folder, 'dist/cli/main.js')
  }

  /** Runs `witgen` in a folder. `env` is added to an environment that has PATH and HOME, no locale and no time zone. */
  run(node: NodeBinary, cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Outcome {
    mkdirSync(cwd, { recursive: true })
    const { PATH, HOME } = process.env
    const { status, stdout, stderr } = spawnSync(node.path, [this.#main, ...args], {
      cwd,
      encoding: 'utf8',
      env: { PATH, HOME, NO_COLOR: '1', ...env },
    })
    return { status, stdout, stderr }
  }
}
