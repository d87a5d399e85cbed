import { worldId, type Interface, type World } from '../ir/index.ts'
import { camelCase, memberName, Names, pascalCase } from './case.ts'
import { docLines, stabilityTags } from './docs.ts'
import { FileScope, type ImportExtension } from './file-scope.ts'
import { descriptorNames, freestanding, interfaceFace, isEmpty, memberNames, worldFace, type Face } from './face.ts'
import { WORLD_NAMES, worldTypes, type OutputLayout } from './layout.ts'
import type { HeaderModel, MemberModel, RootModel, WorldFileModel } from './model.ts'
import { declarationModels, functionsModel, signatureModel, typeNames } from './types-file.ts'
import { quote } from './path-text.ts'

/** The file of a world: its class, the host's part, and its interfaces as namespaces. */
export function worldFile(
  world: World,
  layout: OutputLayout,
  extension: ImportExtension,
  header: HeaderModel,
): WorldFileModel {
  const name = pascalCase(world.name)
  const defs = worldTypes(world)
  const roots = { imports: worldFace(world, 'imports', layout), exports: worldFace(world, 'exports', layout) }
  const scope = new FileScope(
    world.name,
    extension,
    (def) => layout.home(def),
    (def) => layout.typeName(def),
    [
      ...typeNames(defs, layout),
      ...Object.values(roots).map((face) => face.interfaceName),
      name,
      `${name}Imports`,
      `${name}Options`,
      ...WORLD_NAMES,
    ],
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
    scope.import(scope.relative(layout.codecFile(face)), descriptorNames(interfaceFace(face, layout))[which], {
      local: `${camelCase(publicWord(face, words, layout))}${which === 'importsName' ? 'Imports' : 'Exports'}`,
    })

  const withFunctions = imported.filter(([, face]) => !isEmpty(interfaceFace(face, layout)))
  const bare = new Map<string, number>()
  for (const [key] of withFunctions) bare.set(unversioned(key), (bare.get(unversioned(key)) ?? 0) + 1)
  const hostImports: MemberModel[] = withFunctions.map(([key, face]) => ({
    docs: docLines(face.docs, [`WIT: \`import ${key}\``]),
    name: quote(bare.get(unversioned(key)) === 1 ? unversioned(key) : key),
    mark: key.startsWith('wasi:') ? '?' : '',
    type: typeOf(face),
  }))
  const rootImports = rootImportModels(roots.imports)
  const rootDescriptor = (face: Face, which: 'importsName' | 'exportsName'): string =>
    scope.import(scope.relative(face.codecFile), descriptorNames(face)[which])
  const taken = new Names()
  const rootExports = isEmpty(roots.exports)
    ? []
    : [rootModel(roots.exports, rootDescriptor(roots.exports, 'exportsName'), taken, layout, scope)]
  const members = exported
    .filter(([, face]) => !isEmpty(interfaceFace(face, layout)))
    .map(([key, face]) => ({
      docs: docLines(face.docs, [`WIT: \`export ${key}\``]),
      name: taken.claim(memberName(publicWord(face, words, layout))),
      mark: '',
      type: typeOf(face),
      descriptor: descriptor(face, 'exportsName'),
    }))
  const spaces = new Names()
  const namespaces = [...new Set([...exported, ...imported].map(([, face]) => face))].map((face) => ({
    name: spaces.claim(camelCase(publicWord(face, words, layout))),
    from: scope.relative(layout.typesFile(face)),
  }))
  const rootDescriptors = isEmpty(roots.imports) ? [] : [rootDescriptor(roots.imports, 'importsName')]
  const declarations = declarationModels(defs, Object.values(roots), layout, scope, { imported: true, exported: false })
  const functions = [
    ...(isEmpty(roots.imports)
      ? []
      : [
          functionsModel(roots.imports, docLines('What the world itself imports.'), layout, scope, {
            imported: true,
            exported: false,
          }),
        ]),
    ...(isEmpty(roots.exports)
      ? []
      : [
          functionsModel(roots.exports, docLines('What the world itself exports.'), layout, scope, {
            imported: false,
            exported: true,
          }),
        ]),
  ]
  return {
    template: 'world-file',
    declarations,
    functions,
    roots: rootExports,
    path: world.name,
    header,
    namespaces: namespaces.sort((a, b) => (a.name < b.name ? -1 : 1)),
    docs: docLines(world.docs, [`WIT: \`${worldId(world)}\``, ...stabilityTags(world.stability)]),
    name,
    id: quote(worldId(world)),
    importsName: `${name}Imports`,
    optionsName: `${name}Options`,
    optional: [...hostImports, ...rootImports].every((m) => m.mark === '?'),
    hostImports: [...hostImports, ...rootImports],
    members,
    importDescriptors: [...withFunctions.map(([, face]) => descriptor(face, 'importsName')), ...rootDescriptors],
    exportDescriptors: [...members.map((m) => m.descriptor), ...rootExports.map((r) => r.descriptor)],
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

/** The functions and classes that a world imports outside of any interface, under their kebab names. */
function rootImportModels(face: Face): readonly MemberModel[] {
  const members = memberNames(face)
  return [
    ...freestanding(face).map((f) => ({
      docs: docLines(f.docs),
      name: quote(f.name),
      mark: '',
      type: `${face.interfaceName}['${members.get(f) ?? ''}']`,
    })),
    ...face.resources.map((def) => ({
      docs: docLines(def.docs),
      name: quote(def.name),
      mark: '',
      type: `${face.interfaceName}['${pascalCase(def.name)}']`,
    })),
  ]
}

/** What a world exports outside of any interface: methods of its class. */
function rootModel(face: Face, descriptor: string, taken: Names, layout: OutputLayout, scope: FileScope): RootModel {
  const members = memberNames(face)
  return {
    type: face.interfaceName,
    descriptor,
    methods: freestanding(face).map((f) => {
      const member = members.get(f) ?? ''
      const signature = signatureModel(f, taken.claim(member), scope, true)
      return { ...signature, callee: member, args: signature.params.map((p) => p.name).join(', ') }
    }),
    classes: face.resources.map((def) => ({
      docs: docLines(def.docs),
      name: taken.claim(pascalCase(def.name)),
      mark: '',
      type: layout.className(def),
    })),
  }
}
