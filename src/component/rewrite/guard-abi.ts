// What a rewritten module and the host that guards it agree on.

/** The module name under which a rewritten module imports what it needs. */
export const GUARD = 'witgen:guard'

/** A table with one function, `(value: i32, function: i32, kind: i32) -> i32`: how the guest asks the host. */
export const CALLBACKS = 'callbacks'
/** Units that are left until the host has to be asked, an i64; one unit is an instruction. */
export const BUDGET = 'budget'
/** How many more calls may nest, an i32. */
export const DEPTH = 'depth'

/** What the guest asks. The number of the core module stands above the lowest four bits. */
export const Ask = {
  /** The budget is used up; the answer 1 ends the guest. */
  budget: 0,
  /** The calls nest too deep; the answer 1 ends the guest. */
  depth: 1,
  /** May a memory grow by `value` pages? The answer is how many to ask the engine for, -1 for more than there ever are. */
  growMemory: 2,
  /** The engine's answer to that; it is handed back. */
  grewMemory: 3,
  /** The same of tables and their elements. */
  growTable: 4,
  grewTable: 5,
} as const

export type Ask = (typeof Ask)[keyof typeof Ask]
