/** A C guest with debug information (DWARF 4 and 5) and names, and the same one without; its Canonical ABI is that of C. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zig, zigCc } from './c.ts'
import { embedWorld, jco, npmVersion } from './jco.ts'
import { committed } from './paths.ts'
import type { Job, Recipe } from './recipe.ts'

const folder = join(committed, 'debug')

const FLAGS = [
  '--target=wasm32-freestanding',
  '-nostdlib',
  '-std=c17',
  '-O1',
  '-fno-sanitize=all', // the traps are to be the engine's
  '-fdebug-compilation-dir=.',
  `-ffile-prefix-map=${folder}=guests/debug`,
  '-Wall',
  '-Wextra',
  '-Werror',
  '-Wl,--no-entry',
]

export const debug: Recipe = {
  name: 'debug',
  language: 'c',
  inputs: ['test/guests/debug/*.c', 'test/guests/debug/wit/*.wit'],
  components: ['debug/debug.wasm', 'debug/dwarf5.wasm', 'debug/stripped.wasm'],
  committed: true,
  async tools() {
    return { zig: zig.version, jco: npmVersion('@bytecodealliance/jco') }
  },
  async build(job) {
    await buildFaults(job, 'debug', ['-gdwarf-4'])
    await buildFaults(job, 'dwarf5', ['-gdwarf-5'])
    await buildFaults(job, 'stripped', ['-gdwarf-4', '-Wl,--strip-all'])
  },
}

async function buildFaults(job: Job, name: string, flags: readonly string[]): Promise<void> {
  const core = join(job.work, `${name}.core.wasm`)
  const embedded = join(job.work, `${name}.embedded.wasm`)
  await zigCc(job, folder, [...FLAGS, ...flags, '-o', core, 'faults.c'])
  writeFileSync(embedded, await embedWorld(core, 'debuggable', 'utf8', 'debug/wit'))
  await jco(job, ['new', embedded, '-o', join(job.out, `debug/${name}.wasm`)])
}
