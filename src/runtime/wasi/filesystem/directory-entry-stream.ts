import { typeOf, type DescriptorType, type NodeDirent } from './node-fs.ts'

/** The resource `directory-entry-stream` of `wasi:filesystem/types`. */
export class DirectoryEntryStream {
  readonly #entries: Iterator<NodeDirent>

  constructor(entries: readonly NodeDirent[]) {
    this.#entries = entries.values()
  }

  readDirectoryEntry(): { readonly type: DescriptorType; readonly name: string } | undefined {
    const { done, value } = this.#entries.next()
    return done === true ? undefined : { type: typeOf(value), name: value.name }
  }
}
