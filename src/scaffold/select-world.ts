import { DiagnosticError } from '../diagnostics/diagnostic.ts'
import { worldId, type Resolve, type World } from '../ir/index.ts'
import { readInput, type ReadInputOptions } from '../input/read-input.ts'
import { selectWorlds } from '../plan/plan.ts'

export interface SelectOptions extends ReadInputOptions {
  /** WIT folders or files, or components. */
  readonly inputs: readonly string[]
  /** The world; without it the only one that the inputs have. */
  readonly world: string | undefined
}

/**
 * Finds one world in one or several inputs.
 *
 * @throws DiagnosticError GEN0001 for a world that none of them has, GEN0208 where the choice is not clear
 */
export function selectWorld({ inputs, world: name, features }: SelectOptions): {
  readonly resolve: Resolve
  readonly world: World
} {
  const found = inputs.map((path) => readInput(path, { features }).resolve)
  const all = found.flatMap((resolve) => [...resolve.root.worlds.values()].map((world) => ({ resolve, world })))
  const named = name === undefined ? all : all.filter(({ world }) => isCalled(world, name))
  const [first, second] = named
  if (first !== undefined && second === undefined) return first
  const [resolve] = found
  if (name !== undefined && first === undefined && resolve !== undefined && found.length === 1)
    selectWorlds(resolve, [name])
  const known = all.map(({ world }) => `\`${worldId(world)}\``).join(', ')
  throw new DiagnosticError([
    {
      code: first === undefined && name !== undefined ? 'GEN0001' : 'GEN0208',
      severity: 'error',
      message:
        first === undefined
          ? name === undefined
            ? 'there is no world to implement the imports of'
            : `no world is called \`${name}\``
          : `${named.length} worlds could be meant, expected one`,
      span: undefined,
      file: undefined,
      suggestion: known === '' ? undefined : `choose one with --world: ${known}`,
    },
  ])
}

function isCalled(world: World, name: string): boolean {
  return [world.name, worldId(world), worldId(world).replace(/@.*$/u, '')].includes(name)
}
