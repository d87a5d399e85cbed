import { DiagnosticError, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { readGuest } from '../input/read-guest.ts'
import { readInput, type ReadInputOptions } from '../input/read-input.ts'
import { worldId, type Resolve, type Span, type World } from '../ir/index.ts'
import { selectWorlds } from '../plan/index.ts'
import { worldSignatures } from '../plan/world-signatures.ts'
import { compareWorld, type Misfit } from '../runtime/world-check.ts'
import { shownPath } from '../wit/read.ts'

export interface ValidateOptions extends ReadInputOptions {
  /** The component. */
  readonly guest: string
  /** The WIT folder or file, or another component, that has the world. */
  readonly wit: string
  /** The world; may be left out where there is only one. */
  readonly world: string | undefined
}

export interface ValidateResult {
  /** As it is shown. */
  readonly guest: string
  /** `ns:pkg/world@1.0.0`. */
  readonly world: string
  /**
   * What does not fit: `CMP2001` types that differ, `CMP2002` exports that the guest lacks, `CMP2003` imports that the world
   * lacks. The place is where the world declares it. Messages have further lines where two types are shown.
   */
  readonly differences: readonly Diagnostic[]
  /** `CMP2004`: imports of `wasi:*` beyond the world, which the host has to grant or not. */
  readonly notes: readonly Diagnostic[]
}

/**
 * Compares a guest with a world, as loading it does.
 *
 * @throws DiagnosticError when the guest or the WIT cannot be read, or the world is not there
 */
export function validate({ guest, wit, world: name, features }: ValidateOptions): ValidateResult {
  const plan = readGuest(guest)
  const world = selectWorld(readInput(wit, { features }).resolve, name, shownPath(wit))
  const { misfits, lacking } = compareWorld(worldSignatures(world), plan)
  const file = shownPath(guest)
  const all = [...misfits, ...lacking.values()]
  const isNote = (m: Misfit): boolean => m.codeName === 'LinkError' && m.id.startsWith('wasi:')
  return {
    guest: file,
    world: worldId(world),
    differences: all.filter((m) => !isNote(m)).map((m) => difference(m, world, file)),
    notes: all.filter(isNote).map((m) => note(m, file)),
  }
}

function selectWorld(resolve: Resolve, name: string | undefined, wit: string): World {
  const worlds = selectWorlds(resolve, name === undefined ? [] : [name])
  const [world] = worlds
  if (world !== undefined && worlds.length === 1) return world
  throw new DiagnosticError([
    {
      code: 'GEN0004',
      severity: 'error',
      message: world === undefined ? 'the package has no world' : 'the package has several worlds',
      span: undefined,
      file: wit,
      suggestion:
        world === undefined ? undefined : `name one of them: ${worlds.map((w) => `--world ${w.name}`).join(', ')}`,
    },
  ])
}

function difference(misfit: Misfit, world: World, file: string): Diagnostic {
  const code = misfit.codeName === 'LinkError' ? 'CMP2003' : misfit.text.includes('\n') ? 'CMP2001' : 'CMP2002'
  const span = spanOf(misfit, world)
  return { code, severity: 'error', message: misfit.text, span, file, suggestion: undefined }
}

/** Where the world declares what the misfit is about. */
function spanOf({ side, id, functions }: Misfit, world: World): Span | undefined {
  const items = side === 'import' ? world.imports : world.exports
  const [name = ''] = functions
  const item = items.get(id === '' ? name : id)
  if (item?.kind === 'function') return item.function.span
  return item?.kind === 'interface' ? (item.interface.functions.get(name)?.span ?? item.span) : undefined
}

function note({ id, functions }: Misfit, file: string): Diagnostic {
  const which = functions.length === 0 ? '' : ` (${functions.join(', ')})`
  return {
    code: 'CMP2004',
    severity: 'note',
    message: `${id}${which}: the guest imports it beyond the world`,
    span: undefined,
    file,
    suggestion: undefined,
  }
}
