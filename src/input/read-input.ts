import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { ComponentError } from '../component/component-error.ts'
import { customSections } from '../component/custom-sections.ts'
import { isComponent, isCoreModule } from '../component/preamble.ts'
import { readWitOfComponent } from '../component/wit-package.ts'
import { WitGraph } from '../component/wit-graph.ts'
import type { DiagnosticCode } from '../diagnostics/codes.ts'
import { DiagnosticError } from '../diagnostics/diagnostic.ts'
import type { Package, Resolve } from '../ir/index.ts'
import type { Features } from '../wit/scope.ts'
import { readWit, shownPath } from '../wit/read.ts'

export interface ReadInputOptions {
  /** What is behind `@unstable(feature = …)` is in only if its feature is named here. Binaries hold what they were made with. */
  readonly features: Features
}

/** What an input says, whatever form it has. */
export interface Input {
  readonly resolve: Resolve
  /** The base name of an input in binary form, whose nodes have no spans that name a file. */
  readonly binary: string | undefined
}

/**
 * Reads whatever the command line takes for WIT: a folder or file of WIT text, a component (its own world, named
 * `root:component/root`), a WIT package in binary form, or a core module in which its WIT is embedded. In `deps/`, packages
 * in binary form may stand beside those in text.
 *
 * @throws DiagnosticError with everything that is wrong, `CMP####` for what is wrong with a binary: the codes of
 * `ComponentError`, and `CMP1009` for a component in `deps/`
 */
export function readInput(path: string, { features }: ReadInputOptions): Input {
  if (isBinary(path)) {
    return { resolve: decode(readFileSync(path), shownPath(path), new WitGraph()), binary: basename(path) }
  }
  // One graph for all files: a package that several of them hold is one package.
  const graph = new WitGraph()
  const { resolve } = readWit(path, { features, decode: (bytes, dep) => decodePackage(bytes, dep, graph) })
  return { resolve, binary: undefined }
}

/** By its name, or by the bytes that every WebAssembly binary begins with. */
function isBinary(path: string): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false
  if (path.endsWith('.wasm')) return true
  return !/\.wi?t$/u.test(path) && readFileSync(path).subarray(0, 4).toString('latin1') === '\0asm'
}

function decode(bytes: Uint8Array, file: string, graph: WitGraph): Resolve {
  try {
    return readWitOfComponent(isCoreModule(bytes) ? embedded(bytes) : bytes, graph)
  } catch (error) {
    if (error instanceof ComponentError) throw refused(error.code, error.message, file, undefined)
    throw error
  }
}

/** The encoded WIT in a core module, as wit-bindgen leaves it there; the module itself where there is none. */
function embedded(bytes: Uint8Array): Uint8Array {
  const sections = customSections(bytes, 'component-type')
  const [section] = sections
  if (section === undefined) return bytes
  if (sections.length === 1) return section.bytes
  throw new ComponentError(
    'CMP1008',
    'expected one embedded WIT package, got several; make a component of the module first',
    0,
  )
}

function decodePackage(bytes: Uint8Array, file: string, graph: WitGraph): readonly Package[] {
  const { packages, root } = decode(bytes, file, graph)
  if (isComponent(bytes) && root.name.namespace === 'root' && root.name.name === 'component') {
    const text = 'expected a WIT package in binary form, got a component'
    throw refused('CMP1009', text, file, `make one of its WIT: \`wasm-tools component wit --wasm ${file}\``)
  }
  return packages
}

function refused(code: DiagnosticCode, message: string, file: string, suggestion: string | undefined): DiagnosticError {
  return new DiagnosticError([{ code, severity: 'error', message, span: undefined, file, suggestion }])
}
