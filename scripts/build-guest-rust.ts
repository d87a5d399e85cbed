/**
 * Builds the Rust guests from source: `npm run guests`, or with `-- --out DIR` somewhere else than in the repository.
 *
 * The standard library is compiled for wasm with the guest, so its source must be the compiler's own. Debian's packages of
 * both fit together; `WITGEN_RUSTC`, `WITGEN_CARGO` and `WITGEN_WASM_LD` name other tools (a rustup toolchain needs the
 * component `rust-src`).
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))
const crate = join(root, 'test/guests/rust')
const target = 'wasm32-unknown-unknown'

/** Crate → component, below the output folder. */
const guests = [
  { crate: 'pipeline', component: 'rust/pipeline.wasm' },
  { crate: 'pipeline_wrong', component: 'rust-wrong/pipeline.wasm' },
]

function fail(text: string): never {
  console.error(text)
  process.exit(1)
}

/** Runs a command to its end; its output goes to the terminal. */
function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): void {
  const { status, error } = spawnSync(command, args, { cwd: crate, stdio: 'inherit', env: { ...process.env, ...env } })
  if (error) fail(`${command}: ${error.message}`)
  if (status !== 0) fail(`${command} ${args[0] ?? ''} failed`)
}

/** The first line of what a command prints, or undefined when it cannot be run. */
function ask(command: string, ...args: string[]): string | undefined {
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

interface Tools {
  readonly rustc: string
  readonly cargo: string
  readonly linker: string
  /** The compiler's own folder: the standard library's source lies below it. */
  readonly sysroot: string
}

function findTools(): Tools {
  const env = process.env
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
  return fail(
    `The Rust guest cannot be built, missing: ${missing.join(', ')}.\n` +
      'On Debian and Ubuntu: apt-get install --no-install-recommends rustc-web cargo-web rust-web-src lld-22',
  )
}

/** Compiler flags that keep this machine's folders out of the binary (panics carry the path of their source). */
function remapFlags({ sysroot }: Tools): string {
  const registry = join(process.env['CARGO_HOME'] ?? join(homedir(), '.cargo'), 'registry/src')
  const sources = existsSync(registry) ? readdirSync(registry).map((name) => join(registry, name)) : []
  const remap = [
    [join(sysroot, 'lib/rustlib/src/rust/library'), 'rust'],
    [join(root, 'test/guests'), 'guests'],
    ...sources.map((folder) => [folder, 'crates']),
  ]
  return remap.map(([from, to]) => `--remap-path-prefix=${from}=${to}`).join('\x1f')
}

const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'test/guests') } } })
const out = resolve(values.out)
const tools = findTools()
const targetDir = join(root, '.cache/guest-rust')
console.log(ask(tools.rustc, '--version'))
// The crates have to be there before the flags can name their folder.
run(tools.cargo, ['fetch', '--locked'])
run(
  tools.cargo,
  [
    'build',
    '--workspace',
    '--release',
    '--locked',
    `--target=${target}`,
    '-Zbuild-std=std,panic_abort',
    `--config=target.${target}.linker="${tools.linker}"`,
  ],
  {
    RUSTC: tools.rustc,
    RUSTC_BOOTSTRAP: '1', // building the standard library is unstable, and so is assembly for wasm
    CARGO_TARGET_DIR: targetDir,
    CARGO_ENCODED_RUSTFLAGS: remapFlags(tools),
  },
)
for (const guest of guests) {
  const component = join(out, guest.component)
  mkdirSync(join(component, '..'), { recursive: true })
  const core = join(targetDir, target, 'release', `${guest.crate}.wasm`)
  run(process.execPath, [join(root, 'node_modules/@bytecodealliance/jco/dist/jco.js'), 'new', core, '-o', component])
  console.log(`${component}: ${Math.ceil(statSync(component).size / 1024)} KiB`)
}
