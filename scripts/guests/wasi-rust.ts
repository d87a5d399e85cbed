/** The command-line program in Rust that tries what WASI gives it. */
import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { jco, npmVersion } from './jco.ts'
import { committed } from './paths.ts'
import { MissingTool, type Recipe } from './recipe.ts'
import { ask, findTools, remapFlags } from './rust.ts'

const target = 'wasm32-wasip1'
const crate = join(committed, 'wasi-rust')
const component = 'wasi-rust/probe.wasm'

export const wasiRust: Recipe = {
  name: 'wasi-rust',
  language: 'rust',
  inputs: ['test/guests/wasi-rust/Cargo.{toml,lock}', 'test/guests/wasi-rust/src/*.rs'],
  components: [component],
  committed: true,
  async tools() {
    const { rustc, linker } = findTools()
    findLibraries()
    return {
      rustc: ask(rustc, '--version') ?? '',
      linker: ask(linker, '--version') ?? '',
      jco: npmVersion('@bytecodealliance/jco'),
    }
  },
  async build(job) {
    const tools = findTools()
    const { libc, builtins } = findLibraries()
    await job.run(tools.cargo, ['fetch', '--locked'], { cwd: crate, env: { RUSTC: tools.rustc } })
    const flags = [
      '-Clink-self-contained=no', // Debian's compiler has no C library for WASI of its own
      `-Clinker=${tools.linker}`,
      `-L${libc}`,
      `-Clink-arg=${libc}/crt1-command.o`,
      `-Clink-arg=${builtins}`,
      remapFlags(tools),
    ]
    const args = ['build', '--release', '--locked', `--target=${target}`, '-Zbuild-std=std,panic_abort']
    const env = {
      RUSTC: tools.rustc,
      RUSTC_BOOTSTRAP: '1', // building the standard library is unstable
      CARGO_TARGET_DIR: job.work,
      CARGO_ENCODED_RUSTFLAGS: flags.join('\x1f'),
    }
    await job.run(tools.cargo, [...args, '-Zbuild-std-features=optimize_for_size'], { cwd: crate, env })
    const core = join(job.work, target, 'release/wasi_probe.wasm')
    await jco(job, ['new', core, '--wasi-command', '-o', join(job.out, component)])
  },
}

/** The C library for WASI, and what the compiler's code calls. */
function findLibraries(): { readonly libc: string; readonly builtins: string } {
  const libc = process.env['WITGEN_WASI_LIBC'] ?? '/usr/lib/wasm32-wasi'
  const [builtins] = globSync('/usr/lib/llvm-*/lib/clang/*/lib/wasi/libclang_rt.builtins-wasm32.a').reverse()
  if (existsSync(join(libc, 'crt1-command.o')) && builtins !== undefined) return { libc, builtins }
  const remedy = 'On Debian and Ubuntu: apt-get install --no-install-recommends wasi-libc libclang-rt-22-dev-wasm32'
  throw new MissingTool('the C library for WASI', remedy)
}
