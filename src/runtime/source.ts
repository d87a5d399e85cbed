import type { CompiledComponent } from './compiled-component.ts'
import { WasmError } from './errors.ts'

/**
 * Where the bytes of a guest come from. In Node, Deno and Bun a string is a file path unless it is an `http(s):`, `file:` or
 * `data:` URL; in browsers it is a URL.
 */
export type ByteSource = string | URL | Uint8Array | ArrayBuffer | Response

/** Where a guest comes from: something to read, or a component that is compiled already. */
export type Source = ByteSource | CompiledComponent

/** The bytes of a source, and its base name where it has one. */
export interface SourceBytes {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly name: string | undefined
}

/** What stands for the module's name in errors while nothing names it. */
export const UNNAMED = 'component'

/** The one function of Node's file system that the runtime needs, typed here since the runtime imports nothing from Node. */
interface FileSystem {
  readonly promises: { readFile(path: string | URL): Promise<Uint8Array> }
}

// `C:\guests\a.wasm` must stay a path: only these schemes make a URL of a string.
const URL_SCHEME = /^(?:https?|file|data):/i

/**
 * Reads a source.
 *
 * @throws WasmError `InvalidModule` when it cannot be read, with the reason as `cause`
 */
export async function readSource(source: ByteSource): Promise<SourceBytes> {
  if (source instanceof Uint8Array) return { bytes: unshared(source), name: undefined }
  if (source instanceof ArrayBuffer) return { bytes: new Uint8Array(source), name: undefined }
  if (typeof Response !== 'undefined' && source instanceof Response) return readResponse(source, source.url)
  if (typeof source === 'string' || source instanceof URL) return readLocation(source)
  const given = Object.prototype.toString.call(source).slice(8, -1)
  const text = `a source is a path, a URL, a Uint8Array, an ArrayBuffer, a Response or a compiled component, got ${given}`
  throw new WasmError('InvalidModule', UNNAMED, undefined, text)
}

async function readLocation(source: string | URL): Promise<SourceBytes> {
  const fs = fileSystem()
  const url = source instanceof URL ? source : URL_SCHEME.test(source) ? parseUrl(source) : undefined
  if (fs !== undefined && (url === undefined || url.protocol === 'file:')) return readFile(fs, url ?? String(source))
  let response: Response
  try {
    response = await fetch(source)
  } catch (cause) {
    throw unreadable(String(source), reason(cause), cause)
  }
  return readResponse(response, String(source))
}

async function readFile(fs: FileSystem, path: string | URL): Promise<SourceBytes> {
  try {
    return { bytes: unshared(await fs.promises.readFile(path)), name: baseName(String(path)) }
  } catch (cause) {
    throw unreadable(String(path), reason(cause), cause)
  }
}

async function readResponse(response: Response, location: string): Promise<SourceBytes> {
  if (!response.ok)
    throw unreadable(location, `the server answered ${response.status} ${response.statusText}`.trimEnd())
  try {
    return { bytes: new Uint8Array(await response.arrayBuffer()), name: baseName(location) }
  } catch (cause) {
    throw unreadable(location, reason(cause), cause)
  }
}

function parseUrl(text: string): URL {
  try {
    return new URL(text)
  } catch (cause) {
    throw unreadable(text, 'it is no valid URL', cause)
  }
}

function unreadable(location: string, why: string, cause?: unknown): WasmError {
  const shown = location.length > 200 ? `${location.slice(0, 199)}…` : location
  const name = baseName(location) ?? UNNAMED
  return new WasmError('InvalidModule', name, undefined, `cannot read ${shown}: ${why}`, { cause })
}

function reason(error: unknown): string {
  switch (typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined) {
    case 'ENOENT':
      return 'no such file'
    case 'EISDIR':
      return 'it is a folder'
    case 'EACCES':
    case 'EPERM':
      return 'permission denied'
    default:
      return error instanceof Error ? error.message : String(error)
  }
}

/** The last segment of a path or URL, without query and fragment; undefined for `data:` URLs. */
function baseName(location: string): string | undefined {
  if (/^data:/i.test(location)) return undefined
  const isUrl = URL_SCHEME.test(location)
  const path = isUrl ? location.replace(/[?#].*$/s, '') : location
  const base = path.split(/[/\\]/).findLast((segment) => segment !== '')
  if (base === undefined || !isUrl) return base
  try {
    return decodeURIComponent(base)
  } catch {
    return base
  }
}

/** Engines refuse shared memory as the bytes of a module: it could change while they read it. */
function unshared(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes)
}

function fileSystem(): FileSystem | undefined {
  const host = globalThis as unknown as { process?: { getBuiltinModule?: (id: string) => FileSystem | undefined } }
  return host.process?.getBuiltinModule?.('node:fs')
}
