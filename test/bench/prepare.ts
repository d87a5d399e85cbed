import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generate } from '../../src/generate.ts'
import { compileJs } from '../helpers/compile-js.ts'
import type { PeerFiles, PeerName } from './peers.ts'
import { secondComponent, secondCore } from './second-guest.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = join(here, '../..')

/** What a run of peers needs. */
export interface Prepared {
  /** peer.ts as JavaScript, for any version of Node. */
  readonly program: string
  readonly files: PeerFiles
  readonly peers: readonly PeerName[]
  /** Peers that are not measured, and what is missing. */
  readonly missing: readonly string[]
}

/**
 * Makes everything that is measured, anew, in a folder that is not committed: generates the bindings, compiles them with
 * the runtime and the benchmark to JavaScript, transpiles the guest with jco.
 *
 * @param folder below the repository's root, so that its packages are found
 */
export async function prepare(folder: string): Promise<Prepared> {
  const generated = join(folder, 'generated')
  rmSync(generated, { recursive: true, force: true })
  await generate({
    inputs: [join(here, 'bench.wit')],
    worlds: [],
    out: generated,
    importExtension: 'ts',
    features: new Set(),
    mode: 'write',
    views: true,
  })
  const views = join(generated, 'witgen/bench/api.views.ts')
  const inJs = compileJs(join(folder, 'js'), [join(here, 'peer.ts'), join(generated, 'bench.ts'), views])

  const component = join(here, 'guest.component.wasm')
  const jco = join(folder, 'jco')
  transpile(jcoProgram(root), component, jco)
  const peers: PeerName[] = ['raw', 'hand', 'witgen', 'jco']
  const missing: string[] = []
  const jco110 = join(folder, 'jco-1.10')
  if (existsSync(join(peersFolder, 'node_modules'))) {
    transpile(jcoProgram(peersFolder), component, jco110)
    peers.push('jco-1.10')
  } else missing.push('jco 1.10, the last before its async machinery: `npm run bench -- --install-peers` installs it')
  return {
    program: inJs(join(here, 'peer.ts')),
    files: {
      guests: guestFiles(folder, component),
      witgen: inJs(join(generated, 'bench.ts')),
      views: inJs(views),
      jco,
      jco110,
    },
    peers,
    missing,
  }
}

/** Where peers are installed that the repository itself does not depend on. */
const peersFolder = join(root, '.cache/bench-peers')

/** Installs the packages of peers/package.json where `prepare` finds them. */
export function installPeers(): void {
  mkdirSync(peersFolder, { recursive: true })
  writeFileSync(join(peersFolder, 'package.json'), readFileSync(join(here, 'peers/package.json')))
  run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], peersFolder)
}

/** The command-line program of the jco that is installed in a folder. */
function jcoProgram(folder: string): string {
  const jco = join(folder, 'node_modules/@bytecodealliance/jco')
  const { bin } = JSON.parse(readFileSync(join(jco, 'package.json'), 'utf8')) as { bin: { jco: string } }
  return join(jco, bin.jco)
}

function transpile(jco: string, component: string, out: string): void {
  rmSync(out, { recursive: true, force: true })
  const options = ['--name', 'guest', '--instantiation', 'sync', '--no-typescript', '--base64-cutoff', '0', '--quiet']
  run(process.execPath, [jco, 'transpile', component, '-o', out, ...options], dirname(out))
}

function guestFiles(folder: string, component: string): PeerFiles['guests'] {
  const core = join(here, 'guest.core.wasm')
  const second = { component: join(folder, 'second.component.wasm'), core: join(folder, 'second.core.wasm') }
  writeFileSync(second.component, secondComponent(readFileSync(component)))
  writeFileSync(second.core, secondCore(readFileSync(core)))
  return [{ component, core }, second]
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (error !== undefined) throw new Error(`${command} cannot be run: ${error.message}`)
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`)
}
