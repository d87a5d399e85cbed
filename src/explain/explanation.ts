/** Bytes of a file, each a character from U+0000 to U+00FF. */
export interface Bytes {
  readonly bytes: string
}

/** Files of a folder by path. Of `guest.wat` there is also `guest.wasm`, which `wasm-tools parse` makes. */
export type ExampleFiles = Readonly<Record<string, string | Bytes>>

/** A folder and a command line that give the error. */
export interface CommandExample {
  readonly kind: 'command'
  readonly files: ExampleFiles
  /** What happens first: a command, and then files that change. */
  readonly before?: { readonly command: string; readonly files: ExampleFiles }
  /** As it is typed in that folder. */
  readonly command: string
}

/** A program that gives the error: statements of an async function in a module that imports all of `witgen/runtime`. */
export interface ProgramExample {
  readonly kind: 'program'
  readonly files: ExampleFiles
  readonly program: string
}

/** Lines of a larger program: there is more around them, as a generated class or workers, than an example can hold. */
export interface SketchExample {
  readonly kind: 'sketch'
  readonly program: string
}

/** What there is to say of an error. */
export interface Explanation {
  /** What it means, in one or two sentences. */
  readonly meaning: string
  /** The least that gives it; undefined where nothing that is written down does so on every machine. */
  readonly example: CommandExample | ProgramExample | SketchExample | undefined
  /** How to mend it. */
  readonly fix: string
}
