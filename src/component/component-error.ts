/**
 * What is wrong with a component's bytes.
 *
 * | code | meaning |
 * | --- | --- |
 * | `CMP1001` | not WebAssembly at all |
 * | `CMP1002` | a core module where a component is needed (or the other way round) |
 * | `CMP1003` | another version of the binary format |
 * | `CMP1004` | the bytes end too early, or a section is longer than what it holds |
 * | `CMP1005` | bytes that the binary format does not allow here |
 * | `CMP1006` | an index or a name that is not defined, or is of another sort |
 * | `CMP1007` | a limit of this decoder (nesting, size) |
 * | `CMP1008` | valid, but not supported |
 * | `CMP1011` | core functions or memories that do not have the types of the component's functions |
 */
export type ComponentErrorCode =
  'CMP1001' | 'CMP1002' | 'CMP1003' | 'CMP1004' | 'CMP1005' | 'CMP1006' | 'CMP1007' | 'CMP1008' | 'CMP1011'

/** Thrown for a component (or core module) that cannot be read; `offset` is the byte it concerns. */
export class ComponentError extends Error {
  override readonly name: string = 'ComponentError'
  readonly code: ComponentErrorCode
  readonly offset: number

  constructor(code: ComponentErrorCode, message: string, offset: number) {
    super(`${message} (at byte ${offset})`)
    this.code = code
    this.offset = offset
  }
}
