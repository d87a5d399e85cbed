/** The text of a node's doc comment, without comment markers, lines joined by `\n`; undefined where there is none. */
export type Docs = string | undefined

/** What `@since`, `@unstable` and `@deprecated` say of an item. */
export type Stability =
  | { readonly level: 'unknown' }
  | { readonly level: 'stable'; readonly since: string; readonly deprecated: string | undefined }
  | { readonly level: 'unstable'; readonly feature: string; readonly deprecated: string | undefined }
