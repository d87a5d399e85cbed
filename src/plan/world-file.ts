import { interfaceId, worldId, type Docs, type Interface, type World } from '../ir/index.ts'
import { Names, pascalCase, safeMember } from './case.ts'
import { docLines, stabilityTags } from './docs.ts'
import { FileScope, type ImportExtension } from './file-scope.ts'
import { descriptorNames, freestanding, interfaceFace, isEmpty, memberNames, worldFace, type Face } from './face.ts'
import { worldTypes, type OutputLayout } from './layout.ts'
import type {
  FunctionsModel,
  FileHeaderModel,
  MemberModel,
  RootModel,
  RuntimeNamesModel,
  WorldFileModel,
} from './model.ts'
import type { Roles } from './interface-codecs.ts'
import { declarationOrigins, functionsOrigins, worldOrigins } from './origins.ts'
import { declarationModels, functionsModel, signatureModel, typeNames } from './types-file.ts'
import { quote } from './path-text.ts'
import { publicNames } from './public-names.ts'

/** The file of a world: its class, the host's part, and its interfaces as namespaces. */
export function worldFile(
  world: World,
  layout: OutputLayout,
  extension: ImportExtension,
  header: FileHeaderModel,
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
      `${name}VersionedImports`,
      `${name}Options`,
      'world',
    ],
  )
  const runtime = runtimeNames(scope)

  const imported = interfacesOf(world.imports)
  const exported = interfacesOf(world.exports)
  const words = publicNames([...new Set([...exported, ...imported].map(([, face]) => face))], layout)
  const typeOf = (face: Interface): string =>
    scope.import(scope.relative(layout.typesFile(face)), layout.interfaceName(face), { type: true })
  const descriptor = (face: Interface, which: 'importsName' | 'exportsName'): string =>
    scope.import(scope.relative(layout.codecFile(face)), descriptorNames(interfaceFace(face, layout))[which], {
      local: `${words.get(face) ?? ''}${which === 'importsName' ? 'Imports' : 'Exports'}`,
    })

  const withFunctions = imported.filter(([, face]) => !isEmpty(interfaceFace(face, layout)))
  const keys = importKeys(withFunctions.map(([key]) => key))
  const hostImport = (key: string, face: Interface, member: string, docs: Docs): HostImport => ({
    key,
    docs: docLines(docs, [`WIT: \`import ${key}\``, ...stabilityTags(face.stability)]),
    name: quote(member),
    mark: key.startsWith('wasi:') ? '?' : '',
    type: typeOf(face),
  })
  const hostImports = withFunctions.map(([key, face]) => hostImport(key, face, keys.get(key) ?? key, face.docs))
  const rootImports = rootImportModels(roots.imports)
  // What each is stands above, at the keys without versions.
  const byVersion = withFunctions.map(([key, face]) => hostImport(key, face, key, undefined))
  const versioned = withFunctions.some(([key]) => keys.get(key) !== key)
    ? [{ name: `${name}VersionedImports`, hostImports: [...byVersion, ...rootImports] }]
    : []
  const rootDescriptor = (face: Face, which: 'importsName' | 'exportsName'): string =>
    scope.import(scope.relative(face.codecFile), descriptorNames(face)[which])
  const taken = new Names()
  const rootExports = isEmpty(roots.exports)
    ? []
    : [rootModel(roots.exports, rootDescriptor(roots.exports, 'exportsName'), taken, layout, scope)]
  const members = exported
    .filter(([, face]) => !isEmpty(interfaceFace(face, layout)))
    .map(([key, face]) => ({
      key,
      docs: docLines(face.docs, [`WIT: \`export ${key}\``, ...stabilityTags(face.stability)]),
      name: taken.claim(safeMember(words.get(face) ?? '')),
      mark: '',
      type: typeOf(face),
      descriptor: descriptor(face, 'exportsName'),
    }))
  const spaces = new Names()
  const namespaces = [...new Set([...exported, ...imported].map(([, face]) => face))].map((face) => ({
    face,
    docs: docLines(`The types of \`${interfaceId(face) ?? layout.interfaceWord(face)}\`.`),
    name: spaces.claim(words.get(face) ?? ''),
    from: scope.relative(layout.typesFile(face)),
  }))
  const rootDescriptors = isEmpty(roots.imports) ? [] : [rootDescriptor(roots.imports, 'importsName')]
  const declarations = declarationModels(defs, Object.values(roots), layout, scope, { imported: true, exported: false })
  const functionsOf = (face: Face, says: string, roles: Roles): readonly FunctionsModel[] =>
    isEmpty(face) ? [] : [functionsModel(face, docLines(says), layout, scope, roles)]
  const functions = {
    imports: functionsOf(roots.imports, 'What the world itself imports.', { imported: true, exported: false }),
    exports: functionsOf(roots.exports, 'What the world itself exports.', { imported: false, exported: true }),
  }
  const names = { name, importsName: `${name}Imports`, versioned, optionsName: `${name}Options`, roots: rootExports }
  const allImports = [...hostImports, ...rootImports]
  return {
    template: 'world-file',
    declarations,
    functions: [...functions.imports, ...functions.exports],
    path: world.name,
    header,
    origins: [
      ...declarationOrigins(defs, declarations, Object.values(roots), layout),
      ...functionsOrigins(roots.imports, functions.imports, world.span),
      ...functionsOrigins(roots.exports, functions.exports, world.span),
      ...worldOrigins(world, names, members, allImports, namespaces, roots.exports),
    ],
    namespaces: namespaces
      .map(({ docs, name: space, from }) => ({ docs, name: space, from }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    docs: docLines(world.docs, [`WIT: \`${worldId(world)}\``, ...stabilityTags(world.stability)]),
    ...names,
    id: quote(worldId(world)),
    runtime,
    optional: allImports.every((m) => m.mark === '?'),
    hostImports: allImports,
    importsType: [names.importsName, ...versioned.map((v) => v.name)].join(' | '),
    members,
    importDescriptors: [...withFunctions.map(([, face]) => descriptor(face, 'importsName')), ...rootDescriptors],
    exportDescriptors: [...members.map((m) => m.descriptor), ...rootExports.map((r) => r.descriptor)],
    imports: scope.imports(),
  }
}

type HostImport = MemberModel & { readonly key: string }

/** The interfaces among a world's imports or exports, by key. */
export function interfacesOf(items: World['imports']): readonly (readonly [string, Interface])[] {
  return [...items].flatMap(([key, item]) => (item.kind === 'interface' ? [[key, item.interface] as const] : []))
}

/** The keys under which the host gives what a world imports: without the version where only one is imported. */
export function importKeys(ids: readonly string[]): ReadonlyMap<string, string> {
  const bare = new Map<string, number>()
  for (const id of ids) bare.set(unversioned(id), (bare.get(unversioned(id)) ?? 0) + 1)
  return new Map(ids.map((id) => [id, bare.get(unversioned(id)) === 1 ? unversioned(id) : id]))
}

const unversioned = (key: string): string => key.replace(/@.*$/u, '')

/** What the file of a world uses of the runtime and of the globals, under the names they have there. */
function runtimeNames(scope: FileScope): RuntimeNamesModel {
  const type = (name: string): string => scope.import('witgen/runtime', name, { type: true })
  const internal = (name: string, isType: boolean): string => scope.import('witgen/runtime/v1', name, { type: isType })
  return {
    CompiledComponent: type('CompiledComponent'),
    CompileOptions: type('CompileOptions'),
    InstanceOptions: type('InstanceOptions'),
    Source: type('Source'),
    compile: internal('compile', false),
    instantiateWorld: internal('instantiateWorld', false),
    Instance: internal('Instance', true),
    WorldDescriptor: internal('WorldDescriptor', true),
    Promise: scope.global('Promise'),
    Symbol: scope.global('Symbol'),
  }
}

/** The functions and classes that a world imports outside of any interface, under their kebab names. */
function rootImportModels(face: Face): readonly HostImport[] {
  const members = memberNames(face)
  return [
    ...freestanding(face).map((f) => ({
      key: f.name,
      docs: docLines(f.docs, [`WIT: \`import ${f.name}\``, ...stabilityTags(f.stability)]),
      name: quote(f.name),
      mark: '',
      type: `${face.interfaceName}['${members.get(f) ?? ''}']`,
    })),
    ...face.resources.map((def) => ({
      key: def.name,
      docs: docLines(def.docs, [`WIT: \`import ${def.name}\``, ...stabilityTags(def.stability)]),
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
      docs: docLines(def.docs, [`WIT: \`export ${def.name}\``, ...stabilityTags(def.stability)]),
      name: taken.claim(pascalCase(def.name)),
      mark: '',
      type: layout.className(def),
    })),
  }
}
