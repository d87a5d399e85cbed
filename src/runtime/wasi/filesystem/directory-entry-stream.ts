import type { Open } from '../open.ts'
import { requireRoom, type Grant } from './grant.ts'
import { typeOf, type DescriptorType, type NodeDirent } from './node-fs.ts'

/** The resource `directory-entry-stream` of `wasi:filesystem/types`. */
export class DirectoryEntryStream implements Open {
  readonly #entries: Iterator<NodeDirent>
  readonly #grant: Grant

  /** @param list reads the entries, which are held until the guest closes the stream */
  constructor(grant: Grant, list: () => readonly NodeDirent[]) {
    requireRoom(grant)
    this.#entries = list().values()
    this.#grant = grant
    grant.open.add(this)
  }

  [Symbol.dispose](): void {
    this.#grant.open.delete(this)
  }

  readDirectoryEntry(): { readonly type: DescriptorType; readonly name: string } | undefined {
    const { done, value } = this.#entries.next()
    return done === true ? undefined : { type: typeOf(value), name: value.name }
  }
}
