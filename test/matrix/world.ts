import type { CompiledComponent } from '../../src/runtime/index.ts'
import { echoComponent } from '../helpers/echo-guest.ts'
import { generateWorld, importWorld, type WorldClass, type WorldObject } from '../helpers/echo-guest-world.ts'
import { Thing } from './choices.ts'
import type { Kind } from './kind.ts'
import { positions, refusal, type Position } from './positions.ts'

type Host = (...args: unknown[]) => unknown

/** The world of one row: a function for each position, imported and exported. */
export interface RowWorld {
  readonly WorldClass: WorldClass
  readonly compiled: CompiledComponent
}

/** Whether a function returns the kind's type. A borrow cannot be returned. */
export const returns = (kind: Kind, { out }: Position): boolean => out !== 'none' && kind.covers !== 'borrow'

/** The WIT of a row, or with one position that of one cell. `returned` says which functions have their result. */
export function witOf(kind: Kind, columns: readonly Position[], returned: (position: Position) => boolean): string {
  const declarations = columns.map((p) => p.declarations(kind.type))
  const funcs = columns.map((p) => {
    const result = returned(p) ? ` -> ${p.result(kind.type)}` : ''
    return `  ${p.func}: func(${p.params(kind.type)})${result};`
  })
  const names = [kind.declarations, ...declarations].flatMap(
    (text) => /^(?:record|variant|enum|flags|resource) ([\w-]+)/.exec(text)?.[1] ?? [],
  )
  const use = names.length === 0 ? '' : `  use types.{${names.join(', ')}};`
  const face = (name: string): string[] => [`interface ${name} {`, use, ...funcs, '}']
  return [
    'package test:matrix;',
    'interface types {',
    kind.declarations,
    ...declarations,
    '}',
    ...face('host'),
    ...face('api'),
    'world cells { import host; export api; }',
  ].join('\n')
}

/** Generates the code of a row into a folder, and builds its guest. */
export async function buildRow(kind: Kind, folder: string): Promise<RowWorld> {
  const columns = positions.filter((p) => refusal(kind, p) === undefined)
  const wit = witOf(kind, columns, (p) => returns(kind, p))
  const { world, file } = generateWorld(wit, 'cells', folder)
  const component = await echoComponent(wit, world, { 'test:matrix/api': 'test:matrix/host' })
  const WorldClass = await importWorld(file, 'Cells')
  return { WorldClass, compiled: await WorldClass.compile(component) }
}

const camel = (name: string): string => name.replace(/-(\w)/g, (_, c: string) => c.toUpperCase())

/** An instance of a row's guest, seen through the functions of one position. */
export class Cell {
  readonly #api: Record<string, Host>
  readonly #member: string
  /** What the host does, of its arguments. */
  host: Host = () => undefined

  constructor({ WorldClass, compiled }: RowWorld, position: Position) {
    this.#member = camel(position.func)
    const functions = Object.fromEntries(
      positions.map(({ func }) => [camel(func), (...args: unknown[]): unknown => this.host(...args)]),
    )
    const imports = { 'test:matrix/host': functions, 'test:matrix/types': { Thing } }
    const object: WorldObject & { readonly api?: unknown } = WorldClass.instantiate(compiled, {
      imports,
      name: 'guest',
    })
    this.#api = object.api as Record<string, Host>
  }

  call(...args: unknown[]): unknown {
    const f = this.#api[this.#member]
    if (f === undefined) throw new Error(`the instance has no ${this.#member}`)
    return f.apply(this.#api, args)
  }
}
