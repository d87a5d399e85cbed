import type { BranchHints } from './branch-hints.ts'
import type { IndexSpace } from './index-space.ts'

/** What is put into the code of one module, and the indices that it uses. */
export interface InstrumentPlan {
  /** The number of the core module in its component. */
  readonly module: number
  /** Count instructions, and ask the host when the budget is used up. */
  readonly budget: boolean
  /** Count how deep calls nest. */
  readonly depth: boolean
  /** Ask the host before memories grow. */
  readonly memories: boolean
  /** Ask the host before tables grow. */
  readonly tables: boolean
  /**
   * The budget is for looking at a clock, too: the host may grant more of it. What waits for other threads is refused, since no
   * clock is looked at meanwhile.
   */
  readonly noWaiting: boolean
  readonly hints: BranchHints
  /** Whether any memory, or any table, has addresses of 64 bits. */
  readonly wide: { memories: boolean; tables: boolean }
  readonly globalSpace: IndexSpace
  readonly tableSpace: IndexSpace
  readonly budgetGlobal: number
  readonly depthGlobal: number
  readonly callbackTable: number
  readonly callbackType: number
  readonly budgetFunction: number
  readonly depthFunction: number
  /** The functions that write the first memory in steps; undefined where nothing has to be, or there is none. */
  readonly inSteps: { readonly fill: number; readonly copy: number } | undefined
  /** A block type without parameters for the results of a function type. */
  readonly blockTypes: ReadonlyMap<number, readonly number[]>
}
