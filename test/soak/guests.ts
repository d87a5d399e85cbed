import type { PluginId, PluginSource } from 'witgen/host'
import { Toolbox, type ToolboxImports } from '../guests/generated/toolbox.ts'
import { ToolboxLite, type ToolboxLiteImports } from '../guests/generated/toolbox-lite.ts'
import { guestPath, isSkipped } from '../guests/guests.ts'
import { toolboxGuests, type ToolboxGuest } from '../guests/toolbox-guests.ts'
import { ToolboxHost } from '../guests/toolbox-host.ts'

export const worlds: { readonly toolbox: typeof Toolbox; readonly 'toolbox-lite': typeof ToolboxLite } = {
  toolbox: Toolbox,
  'toolbox-lite': ToolboxLite,
}

/** A plugin of the soak: the guests that take turns under its name. */
export interface SoakPlugin {
  readonly name: string
  readonly world: 'toolbox' | 'toolbox-lite'
  readonly guests: readonly SoakGuest[]
}

export interface SoakGuest {
  readonly language: string
  /** A path, so that each swap compiles it again; what takes long to compile is compiled once. */
  readonly source: PluginSource
}

/** Which languages take turns in each plugin. */
const TURNS: readonly (readonly string[])[] = [
  ['rust'],
  ['c'],
  ['go'],
  ['python'],
  ['javascript'],
  ['assemblyscript'],
  ['rust', 'c'],
  ['javascript', 'rust', 'go', 'c'],
]

/** What is larger than this, in bytes of the language's runtime, is compiled once. */
const COMPILED_ONCE: ReadonlySet<string> = new Set(['go', 'python', 'javascript'])

/**
 * Eight plugins in all the languages that can be built here.
 *
 * @throws Error when a guest cannot be built; `WITGEN_SKIP_GUESTS` leaves languages out
 */
export async function soakPlugins(): Promise<SoakPlugin[]> {
  const [major = 0] = process.versions.node.split('.').map(Number)
  const usable = toolboxGuests.filter(({ language, minimumNode }) => !isSkipped(language) && major >= minimumNode)
  const sources = new Map<string, SoakGuest>()
  for (const guest of usable) sources.set(guest.language, await soakGuest(guest))
  return TURNS.map((languages, i) => {
    const known = languages.flatMap((language) => sources.get(language) ?? [])
    const guests = known.length > 0 ? known : [...sources.values()].slice(0, 1)
    const [first] = guests
    const world = usable.find(({ language }) => language === first?.language)?.world ?? 'toolbox'
    return { name: `${i + 1}-${guests.map(({ language }) => language).join('-')}`, world, guests }
  })
}

async function soakGuest({ language, component, world }: ToolboxGuest): Promise<SoakGuest> {
  const path = await guestPath(component)
  if (!COMPILED_ONCE.has(language)) return { language, source: path }
  return { language, source: await worlds[world].compile(path) }
}

/** The host of one guest: whatever key the guest looks up, the answer says which plugin asked, in which version. */
export function importsOf(world: 'toolbox' | 'toolbox-lite'): (id: PluginId) => ToolboxImports & ToolboxLiteImports {
  return ({ name, version }) => {
    const imports = new ToolboxHost().imports(world) as ToolboxImports & ToolboxLiteImports
    const lookup = (key: string): string => answer(name, version, key)
    return { ...imports, 'test:toolbox/host': { ...imports['test:toolbox/host'], log() {}, lookup } }
  }
}

/** What a plugin has to answer to a call. */
export function answer(name: string, version: number, id: string): string {
  return `${name} version ${version} call ${id}`
}
