/** The command-line program in C that tries what WASI gives it. */
import { join } from 'node:path'
import { zig, zigCc } from './c.ts'
import { jco, npmVersion } from './jco.ts'
import { committed } from './paths.ts'
import type { Recipe } from './recipe.ts'

const component = 'wasi-c/probe.wasm'

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
    const core = join(job.work, 'probe.wasm')
    const flags = ['--target=wasm32-wasi', '-std=gnu17', '-Os', '-Wall', '-Wextra', '-Werror', '-s']
    await zigCc(job, join(committed, 'wasi-c'), [...flags, '-o', core, 'probe.c'])
    await jco(job, ['new', core, '--wasi-command', '-o', join(job.out, component)])
  },
}
