// Runs a script of this repository on the pinned Node, installing the dependencies first where they are missing or stale:
//   node scripts/bootstrap.mjs [node options] scripts/test.ts [arguments]
// Works with whatever Node (20.19 or newer) and npm the machine has; depends on nothing.

import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const modules = join(root, 'node_modules')
const stampFile = join(modules, '.witgen-lock-hash')
const node = join(modules, 'node/bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** What `npm ci` fetches on a clean machine, measured on Linux x64. */
const DOWNLOAD = 'about 220 MB from the npm registry, most of it Node 26 and jco'

/** While npm is busy, so often a line says so, in milliseconds. */
const INTERVAL = 4000

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}

function fail(text) {
  console.error(`witgen: ${text}`)
  process.exit(1)
}

const wantedNode = `v${readJson(join(root, 'package.json')).devDependencies.node}`

/** Says whether what is installed is what package-lock.json asks for; an `npm ci` by hand counts. */
function isInstalled(hash) {
  if (existsSync(stampFile)) return readFileSync(stampFile, 'utf8') === hash
  const hidden = join(modules, '.package-lock.json')
  if (!existsSync(hidden)) return false
  const have = readJson(hidden).packages
  const wanted = Object.entries(readJson(join(root, 'package-lock.json')).packages)
  return wanted.every(([path, { version, optional }]) => path === '' || optional || have[path]?.version === version)
}

/** The version of the Node in node_modules, or undefined when its install script did not run. */
function installedNode() {
  const { status, stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

/** Runs npm on the Node that it was started with: the one in node_modules is about to be replaced. Says that it is still at it. */
async function npm(...args) {
  const { npm_execpath: cli, npm_node_execpath: npmNode } = process.env
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(modules))
  const options = { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, PATH: path.join(delimiter) } }
  const child =
    cli?.endsWith('.js') && npmNode && !npmNode.startsWith(modules)
      ? spawn(npmNode, [cli, ...args], options)
      : spawn('npm', args, { ...options, shell: process.platform === 'win32' })
  const start = Date.now()
  const timer = setInterval(() => {
    console.error(`witgen: npm ${args[0]} … ${Math.round((Date.now() - start) / 1000)} s`)
  }, INTERVAL)
  const status = await new Promise((resolve) => {
    child.on('error', (error) => fail(`npm: ${error.message}`))
    child.on('exit', resolve)
  })
  clearInterval(timer)
  if (status !== 0) fail(`npm ${args.join(' ')} failed`)
}

async function install() {
  const hash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (!isInstalled(hash)) {
    console.error(`witgen: installing the development dependencies with \`npm ci\` (${DOWNLOAD})`)
    // No warnings that tools want a newer Node than the user's: they run on the pinned one.
    await npm('ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error')
  }
  // The package `node` fetches its binary in an install script, which a user's settings may have switched off.
  if (installedNode() !== wantedNode) {
    console.error(`witgen: fetching Node ${wantedNode} (the install script of the package "node")`)
    await npm('rebuild', 'node', '--ignore-scripts=false')
    if (installedNode() !== wantedNode) fail(`node_modules has Node ${installedNode()}, expected ${wantedNode}`)
  }
  writeFileSync(stampFile, hash)
}

/** Runs the script and ends as it ends: with its exit code or by its signal. */
function runScript(args) {
  const path = [join(modules, '.bin'), process.env.PATH].join(delimiter)
  const child = spawn(node, args, { stdio: 'inherit', env: { ...process.env, PATH: path } })
  // A terminal sends Ctrl-C to the child itself.
  const forward = (signal) => (signal === 'SIGINT' && process.stdin.isTTY === true ? undefined : child.kill(signal))
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, forward)
  child.on('error', (error) => fail(error.message))
  child.on('exit', (code, signal) => {
    for (const name of signals) process.off(name, forward)
    if (signal) process.kill(process.pid, signal)
    else process.exitCode = code ?? 1
  })
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) fail(`needs Node 20.19 or newer, this is ${process.version}`)
const args = process.argv.slice(2)
if (args.length === 0) fail('usage: node scripts/bootstrap.mjs SCRIPT [arguments]')
await install()
runScript(args)
