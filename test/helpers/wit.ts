import { DiagnosticError, type Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { positionOf } from '../../src/diagnostics/render.ts'
import type { Func, Interface, Resolve, World } from '../../src/ir/index.ts'
import { loadWit, type WitInput, type WitOptions } from '../../src/wit/load.ts'

/** Resolves WIT text as the one file `test.wit`, or several root files by path; paths that begin with `deps/NAME/` are dependencies. */
export function load(text: string | Readonly<Record<string, string>>, options: WitOptions = {}): Resolve {
  const files = typeof text === 'string' ? { 'test.wit': text } : text
  const inputs = Object.entries(files).map(([path, content]): WitInput => {
    const dep = /^deps\/([^/]+)/.exec(path)?.[1]
    return { path, text: content, role: dep === undefined ? 'root' : { dep } }
  })
  return loadWit(inputs, options)
}

/** The diagnostics that `load` throws; none if it succeeds. */
export function diagnosticsOf(
  text: string | Readonly<Record<string, string>>,
  options: WitOptions = {},
): readonly Diagnostic[] {
  try {
    load(text, options)
    return []
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics
    throw error
  }
}

/** Each diagnostic as `line:column CODE message` and, behind ` / `, its suggestion. */
export function problems(text: string | Readonly<Record<string, string>>, options: WitOptions = {}): string[] {
  return diagnosticsOf(text, options).map((d) => {
    const at = d.span === undefined ? undefined : positionOf(d.span.file, d.span.start)
    const where = at === undefined ? (d.file ?? '-') : `${at.line}:${at.column}`
    return `${where} ${d.code} ${d.message}${d.suggestion === undefined ? '' : ` / ${d.suggestion}`}`
  })
}

function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`there is no ${what}`)
  return value
}

/** An interface of the root package. */
export function interfaceOf(resolve: Resolve, name: string): Interface {
  return present(resolve.root.interfaces.get(name), `interface ${name}`)
}

/** A world of the root package. */
export function worldOf(resolve: Resolve, name: string): World {
  return present(resolve.root.worlds.get(name), `world ${name}`)
}

/** A function of an interface of the root package. */
export function funcOf(resolve: Resolve, face: string, name: string): Func {
  return present(interfaceOf(resolve, face).functions.get(name), `function ${name}`)
}
