/** Versions of the tools that a build uses, by name. They are part of the key under which the build is cached. */
export type Tools = Readonly<Record<string, string>>

/** What a build gets to work with. */
export interface Job {
  /** An empty folder: the components go below it, under the paths that the recipe names. */
  readonly out: string
  /** A folder for what may stay from one build to the next: object files, a package manager's target folder. */
  readonly work: string
  /**
   * Runs a command to its end, with a line on the terminal whenever it takes long.
   *
   * @returns what it printed on standard output
   * @throws Error with the output when it cannot be started or fails
   */
  run(command: string, args: readonly string[], options?: RunOptions): Promise<string>
}

export interface RunOptions {
  /** The repository's root where nothing is said. */
  readonly cwd?: string
  /** Set on top of the environment of this process. */
  readonly env?: Readonly<Record<string, string>>
}

/** How the guests of one language, or one family of them, are built from source. */
export interface Recipe {
  /** For `--only` and for the cache; unique. */
  readonly name: string
  /** For `--only` and `WITGEN_SKIP_GUESTS`. */
  readonly language: string
  /** Sources, WIT among them: files as glob patterns below the repository's root. */
  readonly inputs: readonly string[]
  /** What is built, as paths below the folder of guests, such as `rust/pipeline.wasm`. */
  readonly components: readonly string[]
  /** Whether the components lie in the repository, below `test/guests`: small ones do, so that tests need no toolchain. */
  readonly committed: boolean
  /**
   * The versions of the tools. Those that are installed privately need not be there yet.
   *
   * @throws MissingTool when the machine lacks one
   */
  tools(): Promise<Tools>
  /**
   * Builds the components.
   *
   * @throws MissingTool when a tool could not be installed, Error when a build fails
   */
  build(job: Job): Promise<void>
  /** Writes the committed bindings of wit-bindgen anew: `npm run guests -- --bindings`. */
  bindings?(job: Job): Promise<void>
}

/** A tool that a build needs is not on this machine. */
export class MissingTool extends Error {
  override readonly name = 'MissingTool'
  readonly tool: string
  readonly remedy: string
  /**
   * @param tool what is missing
   * @param remedy how to get it: a command, where there is one
   */
  constructor(tool: string, remedy: string) {
    super(`missing: ${tool}. ${remedy}`)
    this.tool = tool
    this.remedy = remedy
  }
}
