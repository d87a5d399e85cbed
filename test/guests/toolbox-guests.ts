/** A guest that implements the world `toolbox`, or `toolbox-lite`. */
export interface ToolboxGuest {
  readonly language: string
  /** Path below the folder of guests. */
  readonly component: string
  readonly world: 'toolbox' | 'toolbox-lite'
  /** The oldest major version of Node that can compile it. */
  readonly minimumNode: number
}

/** One guest per language. */
export const toolboxGuests: readonly ToolboxGuest[] = [
  { language: 'rust', component: 'rust/toolbox.wasm', world: 'toolbox', minimumNode: 20 },
  { language: 'c', component: 'c/toolbox.wasm', world: 'toolbox', minimumNode: 20 },
  { language: 'go', component: 'go/toolbox.wasm', world: 'toolbox', minimumNode: 20 },
  // CPython's libraries are linked with extended constant expressions.
  { language: 'python', component: 'python/toolbox.wasm', world: 'toolbox', minimumNode: 22 },
  { language: 'javascript', component: 'javascript/toolbox.wasm', world: 'toolbox', minimumNode: 20 },
  { language: 'assemblyscript', component: 'assemblyscript/toolbox.wasm', world: 'toolbox-lite', minimumNode: 20 },
]

/**
 * The guest of a language.
 *
 * @throws Error when there is none
 */
export function toolboxGuest(language: string): ToolboxGuest {
  const guest = toolboxGuests.find((guest) => guest.language === language)
  if (guest === undefined) throw new Error(`no toolbox is written in ${language}`)
  return guest
}
