import type { ItemsImports, Mode, Point } from './generated/items.js'
import type { Ui } from './generated/items/ui.js'

/** WIT: `ask: func(question: string) -> result<string, mode>` */
export function ask(question: string): string {
  const mode: Mode = 'fast'
  if (question === '') throw { payload: mode }
  return question
}

/** WIT: `move: func(to: point)` */
function move(to: Point): void {
  console.log(to.x, to.y)
}

/** WIT: `old: func()` */
export function old(): void {}

export const past = {
  /** WIT: `gone: func()` */
  gone(): void {},
}

const ui: Ui = {
  draw(at) {
    console.log(at)
  },
}

export const imports: ItemsImports = {
  ask, // questions
  move,
  old,
  ui,
  past,
}
