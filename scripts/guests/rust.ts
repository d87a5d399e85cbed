/**
 * The Rust guests. The standard library is compiled for wasm with them, so its source must be the compiler's own. Debian's
 * packages of both fit together; `WITGEN_RUSTC`, `WITGEN_CARGO` and `WITGEN_WASM_LD` name other tools (a rustup toolchain needs
 * the component `rust-src`).
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { jco, npmVersion } from './jco.ts'
import { committed, root } from './paths.ts'
import { MissingTool, type Job, type Recipe } from './recipe.ts'

const target = 'wasm32-unknown-unknown'
const crate = join(committed, 'rust')

/** Crate → component. */
const guests = {
  pipeline: 'rust/pipeline.wasm',
  pipeline_wrong: 'rust-wrong/pipeline.wasm',
  toolbox: 'rust/toolbox.wasm',
  cleaner: 'rust/cleaner.wasm',
} as const

export const rust: Recipe = {
  name: 'rust',
  language: 'rust',
  inputs: [
    'wit/*.wit',
    'test/guests/wit/*.wit',
    // Not below a folder `target`, which editors make.
    'test/guests/rust/{,*/}Cargo.toml',
    'test/guests/rust/Cargo.lock',
    'test/guests/rust/{,*/}src/**/*.rs',
    'test/guests/rust/*/wit/*.wit',
  ],
  components: Object.values(guests),
  committed: true,
  async tools() {
    const { rustc, linker } = findTools()
    return {
      rustc: ask(rustc, '--version') ?? '',
      linker: ask(linker, '--version') ?? '',
      jco: npmVersion('@bytecodealliance/jco'),
    }
  },
  async build(job) {
    const core = await compileCrates(job)
    for (const [name, component] of Object.entries(guests)) {
      await jco(job, ['new', join(core, `${name}.wasm`), '-o', join(job.out, component)])
    }
  },
}

/** Compiles the workspace; gives the folder of the core modules. */
async function compileCrates(job: Job): Promise<string> {
  const tools = findTools()
  // The crates have to be there before the flags can name their folder.
  await job.run(tools.cargo, ['fetch', '--locked'], { cwd: crate, env: { RUSTC: tools.rustc } })
  const args = [
    'build',
    '--workspace',
    '--release',
    '--locked',
    `--target=${target}`,
    '-Zbuild-std=std,panic_abort',
    `--config=target.${target}.linker="${tools.linker}"`,
  ]
  const env = {
    RUSTC: tools.rustc,
    RUSTC_BOOTSTRAP: '1', // building the standard library is unstable, and so is assembly for wasm
    CARGO_TARGET_DIR: job.work,
    CARGO_ENCODED_RUSTFLAGS: remapFlags(tools),
  }
  await job.run(tools.cargo, args, { cwd: crate, env })
  return join(job.work, target, 'release')
}

export interface Toolchain {
  readonly rustc: string
  readonly cargo: string
  readonly linker: string
  /** The compiler's own folder: the standard library's source lies below it. */
  readonly sysroot: string
}

export function findTools(): Toolchain {
  const { env } = process
  const rustc = firstTool([env['WITGEN_RUSTC'], '/usr/bin/rustc', 'rustc'])
  const cargo = firstTool([env['WITGEN_CARGO'], '/usr/bin/cargo', 'cargo'])
  const linker = firstTool([env['WITGEN_WASM_LD'], 'wasm-ld-22', 'wasm-ld', 'rust-lld'])
  const sysroot = rustc && ask(rustc, '--print', 'sysroot')
  const source = sysroot && existsSync(join(sysroot, 'lib/rustlib/src/rust/library/std'))
  if (rustc && cargo && linker && sysroot && source) return { rustc, cargo, linker, sysroot }
  const missing = [
    !rustc && 'rustc',
    !cargo && 'cargo',
    !linker && 'wasm-ld (from LLVM)',
    rustc && !source && `the standard library's source for ${rustc}`,
  ].filter(Boolean)
  throw new MissingTool(
    missing.join(', '),
    'On Debian and Ubuntu: apt-get install --no-install-recommends rustc-web cargo-web rust-web-src lld-22',
  )
}

/** The first line of what a command prints, or undefined when it cannot be run. */
export function ask(command: string, ...args: string[]): string | undefined {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' })
  return status === 0 ? stdout.split('\n')[0] : undefined
}

/** The first of the commands that exists on this machine. */
function firstTool(candidates: readonly (string | undefined)[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return candidates.find(
    (name) => name !== undefined && (existsSync(name) || folders.some((folder) => existsSync(join(folder, name)))),
  )
}

/** Compiler flags that keep this machine's folders out of the binary (panics carry the path of their source). */
export function remapFlags({ sysroot }: Toolchain): string {
  const registry = join(process.env['CARGO_HOME'] ?? join(homedir(), '.cargo'), 'registry/src')
  const sources = existsSync(registry) ? readdirSync(registry).map((name) => join(registry, name)) : []
  const remap = [
    [join(sysroot, 'lib/rustlib/src/rust/library'), 'rust'],
    [join(root, 'test/guests'), 'guests'],
    ...sources.map((folder) => [folder, 'crates']),
  ]
  return remap.map(([from, to]) => `--remap-path-prefix=${from}=${to}`).join('\x1f')
}
