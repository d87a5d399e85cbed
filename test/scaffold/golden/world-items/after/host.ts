import type { ItemsImports, Mode, Point } from './generated/items.js'
import type { Ui } from './generated/items/ui.js'

/** WIT: `ask-host: func(question: string) -> result<string, mode>` */
export function ask(question: string): string {
  const mode: Mode = 'fast'
  if (question === '') throw { payload: mode }
  return question
}

/** WIT: `move: func(to: point, mode: mode)` */
function move(to: Point, mode: Mode): void {
  console.log(to.x, to.y)
}

// witgen: old is no longer in the world
/** WIT: `old: func()` */
export function old(): void {}

// witgen: past is no longer in the world
export const past = {
  /** WIT: `gone: func()` */
  gone(): void {},
}

const ui: Ui = {
  draw(at) {
    console.log(at)
  },

  /** WIT: `clear: func()` */
  clear(): void {
    throw new Error('not implemented: ui#clear')
  },
}

/** WIT: `delete: func(all: list<point>) -> list<u8>` */
export function delete_(all: Point[]): Uint8Array | readonly number[] {
  throw new Error('not implemented: delete', { cause: { all } })
}

export const imports: ItemsImports = {
  'ask-host': ask, // questions
  move,
  // witgen: old is no longer in the world: old,
  ui,
  // witgen: past is no longer in the world: past,
  delete: delete_,
}
