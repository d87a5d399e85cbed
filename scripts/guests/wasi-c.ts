/** The command-line program in C that tries what WASI gives it. */
import { join } from 'node:path'
import { jco, npmVersion } from './jco.ts'
import { committed } from './paths.ts'
import { pipInstall, type PipPackage } from './pip.ts'
import type { Recipe } from './recipe.ts'

const component = 'wasi-c/probe.wasm'

const zig: PipPackage = { name: 'ziglang', version: '0.17.1' }

export const wasiC: Recipe = {
  name: 'wasi-c',
  language: 'c',
  inputs: ['test/guests/wasi-c/*.c'],
  components: [component],
  committed: true,
  async tools() {
    return { zig: zig.version, jco: npmVersion('@bytecodealliance/jco') }
  },
  async build(job) {
    const bin = await pipInstall(job, zig)
    const core = join(job.work, 'probe.wasm')
    const flags = ['--target=wasm32-wasi', '-std=gnu17', '-Os', '-Wall', '-Wextra', '-Werror', '-s']
    const env = { ZIG_GLOBAL_CACHE_DIR: join(job.work, 'zig'), ZIG_LOCAL_CACHE_DIR: join(job.work, 'zig') }
    const args = ['-m', 'ziglang', 'cc', ...flags, '-o', core, 'probe.c']
    await job.run(join(bin, 'python'), args, { cwd: join(committed, 'wasi-c'), env })
    await jco(job, ['new', core, '--wasi-command', '-o', join(job.out, component)])
  },
}
