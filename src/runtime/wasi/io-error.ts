/** The resource `error` of `wasi:io/error`: why a stream failed. */
export class IoError {
  readonly #text: string
  /** The `error-code` of `wasi:filesystem/types`, where a file caused it. */
  readonly fileCode: string | undefined
  /** The `error-code` of `wasi:sockets/network`, where a socket caused it. */
  readonly networkCode: string | undefined

  constructor(text: string, codes: { readonly file?: string; readonly network?: string } = {}) {
    this.#text = text
    this.fileCode = codes.file
    this.networkCode = codes.network
  }

  toDebugString(): string {
    return this.#text
  }
}
