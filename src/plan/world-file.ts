import { worldId, type Interface, type World } from '../ir/index.ts'
import { camelCase, memberName, Names, pascalCase } from './case.ts'
import { docLines, stabilityTags } from './docs.ts'
import { FileScope, type ImportExtension } from './file-scope.ts'
import { codecNames } from './interface-codecs.ts'
import type { OutputLayout } from './layout.ts'
import type { HeaderModel, MemberModel, WorldFileModel } from './model.ts'
import { quote } from './path-text.ts'

/** The file of a world: its class, the host's part, and its interfaces as namespaces. */
export function worldFile(
  world: World,
  layout: OutputLayout,
  extension: ImportExtension,
  header: HeaderModel,
): WorldFileModel {
  const name = pascalCase(world.name)
  const declared = [
    name,
    `${name}Imports`,
    `${name}Options`,
    'world',
    'Source',
    'CompiledComponent',
    'InstanceOptions',
    'compile',
    'instantiateWorld',
    'Instance',
    'WorldDescriptor',
  ]
  const scope = new FileScope(
    world.name,
    extension,
    (def) => layout.home(def),
    (def) => layout.typeName(def),
    declared,
  )
  scope.importExact('witgen/runtime', 'type CompiledComponent')
  scope.importExact('witgen/runtime', 'type InstanceOptions')
  scope.importExact('witgen/runtime', 'type Source')
  scope.importExact('witgen/runtime/v1', 'compile')
  scope.importExact('witgen/runtime/v1', 'instantiateWorld')
  scope.importExact('witgen/runtime/v1', 'type Instance')
  scope.importExact('witgen/runtime/v1', 'type WorldDescriptor')

  const imported = interfacesOf(world.imports)
  const exported = interfacesOf(world.exports)
  const words = wordCounts([...new Set([...imported, ...exported].map(([, face]) => face))], layout)
  const typeOf = (face: Interface): string =>
    scope.import(scope.relative(layout.typesFile(face)), layout.interfaceName(face), { type: true })
  const descriptor = (face: Interface, which: 'importsName' | 'exportsName'): string =>
    scope.import(scope.relative(layout.codecFile(face)), codecNames(face, layout)[which], {
      local: `${camelCase(publicWord(face, words, layout))}${which === 'importsName' ? 'Imports' : 'Exports'}`,
    })

  const withFunctions = imported.filter(([, face]) => face.functions.size > 0)
  const bare = new Map<string, number>()
  for (const [key] of withFunctions) bare.set(unversioned(key), (bare.get(unversioned(key)) ?? 0) + 1)
  const hostImports: MemberModel[] = withFunctions.map(([key, face]) => ({
    docs: docLines(face.docs, [`WIT: \`import ${key}\``]),
    name: quote(bare.get(unversioned(key)) === 1 ? unversioned(key) : key),
    mark: key.startsWith('wasi:') ? '?' : '',
    type: typeOf(face),
  }))
  const taken = new Names(['dispose', 'constructor'])
  const members = exported
    .filter(([, face]) => face.functions.size > 0)
    .map(([key, face]) => ({
      docs: docLines(face.docs, [`WIT: \`export ${key}\``]),
      name: taken.claim(memberName(publicWord(face, words, layout))),
      mark: '',
      type: typeOf(face),
      descriptor: descriptor(face, 'exportsName'),
    }))
  const namespaces = [...new Set([...imported, ...exported].map(([, face]) => face))].map((face) => ({
    name: camelCase(publicWord(face, words, layout)),
    from: scope.relative(layout.typesFile(face)),
  }))
  return {
    template: 'world-file',
    path: world.name,
    header,
    namespaces: namespaces.sort((a, b) => (a.name < b.name ? -1 : 1)),
    docs: docLines(world.docs, [`WIT: \`${worldId(world)}\``, ...stabilityTags(world.stability)]),
    name,
    id: quote(worldId(world)),
    importsName: `${name}Imports`,
    optionsName: `${name}Options`,
    optional: hostImports.every((m) => m.mark === '?'),
    hostImports,
    members,
    importDescriptors: withFunctions.map(([, face]) => descriptor(face, 'importsName')),
    exportDescriptors: members.map((m) => m.descriptor),
    imports: scope.imports(),
  }
}

/** The interfaces among a world's imports or exports, by key. */
export function interfacesOf(items: World['imports']): readonly (readonly [string, Interface])[] {
  return [...items].flatMap(([key, item]) => (item.kind === 'interface' ? [[key, item.interface] as const] : []))
}

const unversioned = (key: string): string => key.replace(/@.*$/u, '')

function wordCounts(faces: readonly Interface[], layout: OutputLayout): Map<string, number> {
  const counts = new Map<string, number>()
  for (const face of faces) {
    const word = camelCase(layout.interfaceWord(face))
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return counts
}

/** The kebab word for an interface in its world: qualified where two share a name (`demo-algo-analysis`). */
function publicWord(face: Interface, counts: ReadonlyMap<string, number>, layout: OutputLayout): string {
  const word = layout.interfaceWord(face)
  if ((counts.get(camelCase(word)) ?? 0) < 2 || face.name === undefined) return word
  const { namespace, name } = face.package.name
  return `${namespace}-${name}-${word}`
}
