import { WasmError } from '../../errors.ts'
import type { WasiFace } from '../face.ts'
import { IoError } from '../io-error.ts'
import type { WasiOptions } from '../options.ts'
import { preopenOf } from '../preopen.ts'
import type { WasiState } from '../state.ts'
import { Descriptor } from './descriptor.ts'
import { DirectoryEntryStream } from './directory-entry-stream.ts'
import { openDirectory, type Directory } from './directory.ts'
import { nodeCode } from './error-code.ts'
import type { Open } from '../open.ts'
import type { Grant } from './grant.ts'
import { nodeFs, type NodeFs } from './node-fs.ts'

/** The interfaces of `wasi:filesystem` for one instance. */
export class Filesystem {
  readonly preopens: WasiFace
  readonly types: WasiFace = {
    Descriptor,
    DirectoryEntryStream,
    filesystemErrorCode: (error: IoError): string | undefined => error.fileCode,
  }
  readonly #open: Set<Open> = new Set()
  readonly #grants: { readonly guestPath: string; readonly grant: Grant }[] = []

  /**
   * @param fs Node's
   * @throws WasmError `InvalidParam` for a preopen that is no folder, `Unsupported` where there are no folders
   */
  constructor(preopens: NonNullable<WasiOptions['preopens']>, state: WasiState, fs: NodeFs | undefined = nodeFs()) {
    try {
      for (const [guestPath, preopen] of Object.entries(preopens)) this.#add(guestPath, preopen, state, fs)
    } catch (error) {
      this.dispose()
      throw error
    }
    this.preopens = {
      getDirectories: (): [Descriptor, string][] =>
        this.#grants.map(({ guestPath, grant }) => {
          const flags = { read: true, write: false, mutateDirectory: grant.writable }
          return [new Descriptor(grant, grant.directory.share(), flags), guestPath]
        }),
    }
  }

  /** Closes everything that the guest has left open. */
  dispose(): void {
    for (const open of this.#open) open[Symbol.dispose]()
    for (const { grant } of this.#grants.splice(0)) grant.directory.close()
  }

  #add(guestPath: string, preopen: unknown, state: WasiState, fs: NodeFs | undefined): void {
    const where = `wasi.preopens['${guestPath}']`
    const refuse = (text: string, cause?: unknown): never => {
      throw new WasmError('InvalidParam', state.module, undefined, `${where}: ${text}`, { cause })
    }
    const { path, write } = preopenOf(guestPath, preopen, state.module)
    if (fs === undefined || !('O_NOFOLLOW' in fs.constants)) {
      const text = `${where}: folders cannot be granted here, it takes Node on Linux or macOS`
      throw new WasmError('Unsupported', state.module, undefined, text)
    }
    const directory = opened(fs, path, refuse)
    const denied: Grant['denied'] = (func, path, why) => state.denied(`wasi:filesystem/types#${func}`, why, { path })
    const { made } = state
    this.#grants.push({ guestPath, grant: { fs, directory, writable: write, open: this.#open, made, denied } })
  }
}

function opened(fs: NodeFs, path: string, refuse: (text: string, cause: unknown) => never): Directory {
  try {
    return openDirectory(fs, path)
  } catch (error) {
    const code = nodeCode(error)
    const why = code === 'ENOENT' ? 'there is no such folder' : code === 'ENOTDIR' ? 'it is no folder' : String(code)
    return refuse(`cannot open ${path}: ${why}`, error)
  }
}
