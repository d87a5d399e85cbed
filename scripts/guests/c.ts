/** The C guest: `zig cc` brings the compiler, the linker and the C library for WASI. */
import { join } from 'node:path'
import { jco, npmVersion } from './jco.ts'
import { committed } from './paths.ts'
import { pipInstall, type PipPackage } from './pip.ts'
import type { Job, Recipe } from './recipe.ts'
import { witBindgen } from './wit-bindgen.ts'

const folder = join(committed, 'c')
const component = 'c/toolbox.wasm'

/** Brings clang, the linker and the C library for WASI. */
export const zig: PipPackage = { name: 'ziglang', version: '0.17.1' }

/** A library without an entry point that needs nothing of WASI, as small as it gets, with the functions' names for traps. */
const FLAGS = [
  '--target=wasm32-wasi',
  '-mexec-model=reactor',
  '-std=c17',
  '-Os',
  '-ffp-contract=off', // what the WIT says to add or multiply is rounded each time
  '-Wall',
  '-Wextra',
  '-Werror',
  '-Wl,--strip-debug',
]

export const c: Recipe = {
  name: 'c',
  language: 'c',
  inputs: ['test/guests/c/*.{c,h}', 'test/guests/c/bindings/*.{c,h,o}'],
  components: [component],
  committed: true,
  async tools() {
    return { zig: zig.version, jco: npmVersion('@bytecodealliance/jco') }
  },
  async build(job) {
    const core = join(job.work, 'toolbox.wasm')
    const sources = ['counters.c', 'numbers.c', 'samples.c', 'text.c', 'texts.c', 'bindings/toolbox.c']
    await zigCc(job, folder, [...FLAGS, '-o', core, ...sources, 'bindings/toolbox_component_type.o'])
    await jco(job, ['new', core, '-o', join(job.out, component)])
  },
  bindings: (job) => witBindgen(job, 'c', join(folder, 'bindings')),
}

/**
 * Runs `zig cc`.
 *
 * @param cwd the folder of the sources
 */
export async function zigCc(job: Job, cwd: string, args: readonly string[]): Promise<void> {
  const bin = await pipInstall(job, zig)
  const caches = { ZIG_GLOBAL_CACHE_DIR: join(job.work, 'zig'), ZIG_LOCAL_CACHE_DIR: join(job.work, 'zig') }
  await job.run(join(bin, 'python'), ['-m', 'ziglang', 'cc', ...args], { cwd, env: caches })
}
