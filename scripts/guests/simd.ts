/** One C guest with vector instructions, and its twin without; their Canonical ABI is written by hand. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zig, zigCc } from './c.ts'
import { embedWorld, jco, npmVersion } from './jco.ts'
import { committed } from './paths.ts'
import type { Job, Recipe } from './recipe.ts'

const folder = join(committed, 'simd')

const FLAGS = [
  '--target=wasm32-freestanding',
  '-nostdlib',
  '-fno-builtin', // loops stay loops
  '-std=c17',
  '-O2',
  '-ffp-contract=off', // products are rounded before they are added
  '-Wall',
  '-Wextra',
  '-Werror',
  '-Wl,--no-entry',
  '-Wl,--strip-debug',
]

export const simd: Recipe = {
  name: 'simd',
  language: 'c',
  inputs: ['test/guests/simd/*.{c,h}', 'test/guests/simd/wit/*.wit'],
  components: ['simd/vector.wasm', 'simd/scalar.wasm'],
  committed: true,
  async tools() {
    return { zig: zig.version, jco: npmVersion('@bytecodealliance/jco') }
  },
  async build(job) {
    await buildKernels(job, 'vector', ['-msimd128'])
    await buildKernels(job, 'scalar', [])
  },
}

async function buildKernels(job: Job, name: string, flags: readonly string[]): Promise<void> {
  const core = join(job.work, `${name}.core.wasm`)
  const embedded = join(job.work, `${name}.embedded.wasm`)
  await zigCc(job, folder, [...FLAGS, ...flags, '-o', core, 'exports.c', `${name}.c`])
  writeFileSync(embedded, await embedWorld(core, 'simd', 'utf8', 'simd/wit'))
  await jco(job, ['new', embedded, '-o', join(job.out, `simd/${name}.wasm`)])
}
