import type { FuncDef, LinkPlan, ResourceDef } from '../component/link-plan.ts'
import { comparableNames, funcSignature, type SignatureNames } from '../ir/index.ts'
import type { ExportFace, ImportFace, TypeTable, WorldDescriptor } from './descriptor.ts'
import { WasmError } from './errors.ts'
import { nearMiss } from './near-miss.ts'
import { signatureDiff } from './signature-diff.ts'
import { expandSignature } from './type-table.ts'
import { usedImports } from './used-imports.ts'
import { matchingIds, splitVersion } from './versions.ts'

/** The functions of a component by WIT name. */
export type FuncDefs = ReadonlyMap<string, FuncDef>

/** Which part of the guest serves which part of the world. */
export interface WorldFit {
  /** What serves an import of the guest, by import name. */
  readonly imports: ReadonlyMap<string, ImportFace>
  /** All interfaces that hosts of the world give. */
  readonly faces: readonly ImportFace[]
  readonly exports: ReadonlyMap<ExportFace, FuncDefs>
  /** The resources of the exported interfaces, by WIT name. */
  readonly resources: ReadonlyMap<ExportFace, ReadonlyMap<string, ResourceDef>>
  /** Imports that the world lacks and the host gives all the same: what to say of each when it is not given. */
  readonly extras: ReadonlyMap<string, string>
}

/** Tells whether the host gives something for an import name. */
export type IsGiven = (item: string) => boolean

/** One thing that does not fit; `text` has a line for what, and further ones for how. */
export interface Misfit {
  readonly codeName: 'WorldMismatch' | 'LinkError'
  readonly side: 'import' | 'export'
  /** The interface, as the guest calls an import and the world an export; empty for the world's own functions. */
  readonly id: string
  /** The functions it is about; empty where the interface as a whole is missing. */
  readonly functions: readonly string[]
  readonly text: string
}

/** The functions of an interface, as a world writes them; empty `id` for those of the world itself. */
export interface WantedInterface {
  readonly id: string
  readonly types?: TypeTable
  readonly functions: Readonly<Record<string, { readonly signature: string }>>
}

/** What a guest is compared with. */
export interface WantedWorld<I extends WantedInterface, E extends WantedInterface> {
  readonly imports: readonly I[]
  readonly exports: readonly E[]
}

/** How a guest compares with a world. */
export interface Comparison<I extends WantedInterface, E extends WantedInterface> {
  readonly imports: ReadonlyMap<string, I>
  readonly exports: ReadonlyMap<E, FuncDefs>
  readonly resources: ReadonlyMap<E, ReadonlyMap<string, ResourceDef>>
  readonly misfits: readonly Misfit[]
  /** The imports that the world lacks, by import name: misfits unless the host gives them all the same. */
  readonly lacking: ReadonlyMap<string, Misfit>
}

/**
 * Finds what of the guest serves what of the world, and everything that does not fit: every export of the world has to be
 * there with an equal type, and every import that the guest calls has to be in the world. Within a version track an exact
 * match wins, then the highest version.
 */
export function compareWorld<I extends WantedInterface, E extends WantedInterface>(
  world: WantedWorld<I, E>,
  plan: LinkPlan,
): Comparison<I, E> {
  return new WorldCheck(world, plan).run()
}

/**
 * Finds what of the guest serves what of the world, see `compareWorld`.
 *
 * @throws WasmError `WorldMismatch` (types, missing exports) or `LinkError` (imports that the world lacks), with every difference
 */
export function checkWorld(
  world: WorldDescriptor,
  plan: LinkPlan,
  module: string,
  isGiven: IsGiven = () => false,
): WorldFit {
  const { imports, exports, resources, misfits, lacking } = compareWorld(world, plan)
  const missing = [...lacking].filter(([item]) => !isGiven(item)).map(([, misfit]) => misfit)
  if (misfits.length + missing.length > 0) throw misfitsError([...misfits, ...missing], world, module)
  const extras = new Map([...lacking].map(([item, misfit]) => [item, misfit.text]))
  return { imports, faces: world.imports, exports, resources, extras }
}

class WorldCheck<I extends WantedInterface, E extends WantedInterface> {
  readonly #world: WantedWorld<I, E>
  readonly #plan: LinkPlan
  readonly #names: SignatureNames
  readonly #misfits: Misfit[] = []
  readonly #lacking: Map<string, Misfit> = new Map()
  readonly #resources: Map<E, ReadonlyMap<string, ResourceDef>> = new Map()

  constructor(world: WantedWorld<I, E>, plan: LinkPlan) {
    this.#world = world
    this.#plan = plan
    this.#names = comparableNames(plan.imports, plan.exports)
  }

  run(): Comparison<I, E> {
    const exports = new Map<E, FuncDefs>(this.#world.exports.map((face) => [face, this.#export(face)]))
    const imports = new Map<string, I>()
    for (const [item, used] of usedImports(this.#plan)) {
      const face = this.#import(item, used)
      if (face !== undefined) imports.set(item, face)
    }
    return { imports, exports, resources: this.#resources, misfits: this.#misfits, lacking: this.#lacking }
  }

  #export(face: E): FuncDefs {
    if (face.id === '') {
      const found = this.#rootExports()
      this.#misfits.push(...this.#misfitsOf('export', '', face, Object.keys(face.functions), found))
      this.#resources.set(face, this.#rootResources())
      return found
    }
    const candidates = matchingIds(face.id, this.#plan.exports.keys())
    let first: readonly Misfit[] | undefined
    for (const id of candidates) {
      const item = this.#plan.exports.get(id)
      if (item?.kind !== 'interface') continue
      const misfits = this.#misfitsOf('export', face.id, face, Object.keys(face.functions), item.functions)
      if (misfits.length === 0) {
        this.#resources.set(face, item.resources)
        return item.functions
      }
      first ??= misfits
    }
    this.#misfits.push(...(first ?? [this.#missingExport(face)]))
    return new Map()
  }

  #rootExports(): FuncDefs {
    const functions = new Map<string, FuncDef>()
    for (const [name, item] of this.#plan.exports) if (item.kind === 'function') functions.set(name, item.function)
    return functions
  }

  #rootResources(): ReadonlyMap<string, ResourceDef> {
    const resources = new Map<string, ResourceDef>()
    for (const [name, item] of this.#plan.exports) {
      if (item.kind === 'type' && item.resource !== undefined) resources.set(name, item.resource)
    }
    return resources
  }

  /** The world's interface that serves what the guest calls of `item`. */
  #import(item: string, used: FuncDefs): I | undefined {
    const isFunction = this.#plan.imports.get(item)?.kind === 'function'
    const candidates = isFunction
      ? this.#world.imports.filter((face) => face.id === '' && Object.hasOwn(face.functions, item))
      : this.#importsFor(item)
    let first: readonly Misfit[] | undefined
    for (const face of candidates) {
      const misfits = this.#misfitsOf('import', isFunction ? '' : item, face, [...used.keys()], used)
      if (misfits.length === 0) return face
      first ??= misfits
    }
    if (first === undefined) this.#lacking.set(item, this.#missingImport(item, used))
    else this.#misfits.push(...first)
    return undefined
  }

  #importsFor(item: string): I[] {
    const faces = this.#world.imports
    return matchingIds(
      item,
      faces.map((face) => face.id),
    ).flatMap((id) => faces.filter((face) => face.id === id))
  }

  /** How the functions `names` differ between the world (`wanted`) and the guest (`found`). */
  #misfitsOf(
    side: Misfit['side'],
    id: string,
    wanted: WantedInterface,
    names: readonly string[],
    found: FuncDefs,
  ): Misfit[] {
    const misfits: Misfit[] = []
    const add = (codeName: Misfit['codeName'], functions: readonly string[], how: string): void => {
      misfits.push({ codeName, side, id, functions, text: `${titled(id, functions[0] ?? '')}${how}` })
    }
    const diffs = new Map<string, string[]>()
    for (const name of names) {
      const want = Object.hasOwn(wanted.functions, name) ? wanted.functions[name] : undefined
      const func = found.get(name)
      if (want === undefined) {
        add('LinkError', [name], ': the guest calls it, the world does not have it')
      } else if (func === undefined) {
        const near = nearMiss(name, found.keys())
        const hint = near === undefined ? '' : `; it has ${near}`
        add('WorldMismatch', [name], `: the guest does not export it${hint}`)
      } else {
        const expected = expandSignature(want.signature, wanted.types ?? {})
        const actual = funcSignature(func.type, this.#names)
        if (expected !== actual) {
          const diff = signatureDiff(expected, actual)
          diffs.set(diff, [...(diffs.get(diff) ?? []), name])
        }
      }
    }
    for (const [diff, functions] of diffs) {
      const also = functions.length < 2 ? '' : ` (and ${functions.slice(1).join(', ')})`
      add('WorldMismatch', functions, `${also}: the types differ\n${diff}`)
    }
    return misfits
  }

  #missingExport({ id }: E): Misfit {
    const ids = [...this.#plan.exports].filter(([, item]) => item.kind === 'interface').map(([id]) => id)
    const { base } = splitVersion(id)
    const near =
      ids.find((other) => splitVersion(other).base === base) ??
      nearMiss(id, ids) ??
      ids.find((other) => lastPart(other) === lastPart(id))
    const hint = near === undefined ? '' : `; it exports ${near}`
    const text = `${id}: the guest does not export it${hint}`
    return { codeName: 'WorldMismatch', side: 'export', id, functions: [], text }
  }

  #missingImport(item: string, used: FuncDefs): Misfit {
    const ids = this.#world.imports.flatMap((face) => (face.id === '' ? Object.keys(face.functions) : [face.id]))
    const { base } = splitVersion(item)
    const near = ids.find((id) => splitVersion(id).base === base) ?? nearMiss(item, ids)
    const hint = near === undefined ? '' : `; the world imports ${near}`
    const functions = [...used.keys()].filter((name) => name !== item)
    const which = functions.length === 0 ? '' : ` (${functions.join(', ')})`
    const text = `${item}${which}: the guest needs this import, the world does not have it${hint}`
    return { codeName: 'LinkError', side: 'import', id: item, functions, text }
  }
}

function misfitsError(
  misfits: readonly Pick<Misfit, 'codeName' | 'text'>[],
  world: WorldDescriptor,
  module: string,
): WasmError {
  const codeName = misfits.some((m) => m.codeName === 'WorldMismatch') ? 'WorldMismatch' : 'LinkError'
  const lines = misfits.map((m) => `  ${m.text}`)
  const text = `the guest does not fit the world ${world.id}:\n${lines.join('\n')}`
  return new WasmError(codeName, module, undefined, text)
}

/**
 * Checks again, for one more instance, that the imports which the world lacks are given.
 *
 * @throws WasmError `LinkError` naming those that are not
 */
export function checkExtras(
  extras: ReadonlyMap<string, string>,
  world: WorldDescriptor,
  module: string,
  isGiven: IsGiven,
): void {
  const missing = [...extras].filter(([item]) => !isGiven(item))
  if (missing.length === 0) return
  const misfits = missing.map(([, text]) => ({ codeName: 'LinkError' as const, text }))
  throw misfitsError(misfits, world, module)
}

function titled(id: string, name: string): string {
  return id === '' ? name : `${id}#${name}`
}

/** `iface` of `ns:pkg/iface@1.0.0`. */
function lastPart(id: string): string {
  const { base } = splitVersion(id)
  return base.slice(base.lastIndexOf('/') + 1)
}
