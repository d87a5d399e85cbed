/** One WIT or component file that was read: `path` as the user should see it, `text` its decoded content ('' for binaries). */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** Where a node stands in its source: offsets in UTF-16 code units of `file.text`, `end` exclusive. */
export interface Span {
  readonly file: SourceFile
  readonly start: number
  readonly end: number
}
