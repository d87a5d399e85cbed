import { DiagnosticError } from '../diagnostics/diagnostic.ts'
import { interfaceId, partsOf, worldId, type Interface, type Resolve, type Type, type World } from '../ir/index.ts'
import { CodecFile, type ErrorNumbers } from './codec-file.ts'
import { compare } from '../ir/compare.ts'
import { FileScope, type ImportExtension } from './file-scope.ts'
import { fileHeader } from './header.ts'
import { interfaceFace, isEmpty, worldFace } from './face.ts'
import { codecFileModel, exportedFace, importedFace, type Roles } from './interface-codecs.ts'
import { OutputLayout, sourceLabel } from './layout.ts'
import type { ExportedFaceModel, FileHeaderModel, FileModel, ImportedFaceModel } from './model.ts'
import { TypeTableBuilder } from './type-table.ts'
import { typesFile } from './types-file.ts'
import { unwieldy } from './unwieldy.ts'
import { oversized } from './oversized.ts'
import { unsupported } from './unsupported.ts'
import { hasViews, viewsFile } from './views-file.ts'
import { interfacesOf, worldFile } from './world-file.ts'

export interface PlanOptions {
  /** The worlds to generate; with none, only the types of the root package. */
  readonly worlds: readonly World[]
  readonly extension: ImportExtension
  /** witgen's version, for the headers. */
  readonly version: string
  /** The base name of the binary that everything was read from; undefined for WIT text, whose nodes name their files. */
  readonly binary?: string | undefined
  /** Whether to make files of views; not unless asked for. */
  readonly views?: boolean
  /** The numbers of error cases, by the declaration of their type; a case without one has no `guestCode`. */
  readonly errorNumbers?: ErrorNumbers
}

/**
 * IR → view model: every file of the output, sorted by path.
 *
 * @throws DiagnosticError naming everything in the worlds that no code can be generated for
 */
export function plan(resolve: Resolve, options: PlanOptions): readonly FileModel[] {
  const { worlds, extension, version, binary } = options
  for (const check of [oversized, unsupported, unwieldy]) {
    const problems = check(worlds)
    if (problems.length > 0) throw new DiagnosticError(problems)
  }

  const layout = new OutputLayout(resolve, worlds)
  const uses = usedInterfaces(resolve, worlds)
  const header = (of: Interface | World, ...users: readonly World[]): FileHeaderModel =>
    fileHeader(
      `witgen ${version} from ${sourceLabel(of, binary)}`,
      users.map(({ name }) => name),
    )
  const files: FileModel[] = []
  const headerOf = (face: Interface): FileHeaderModel => header(face, ...(uses.get(face)?.worlds ?? []))
  for (const [face, use] of uses) files.push(typesFile(face, layout, extension, headerOf(face), use))
  for (const world of worlds) files.push(worldFile(world, layout, extension, header(world, world)))

  // Codecs of declared types are made when the first function asks for them, in whatever file: so all functions first.
  const codecs = new Map<Interface | World, CodecFile>()
  const newCodecFile = (path: string): CodecFile => {
    const scope = new FileScope(
      path,
      extension,
      (d) => layout.home(d),
      (d) => layout.typeName(d),
      CodecFile.reserved(),
    )
    return new CodecFile(scope, (def) => codecFile(layout.origin(def).owner), options.errorNumbers)
  }
  const codecFile = (owner: Interface | World): CodecFile => {
    let file = codecs.get(owner)
    if (file === undefined) {
      file = newCodecFile('imports' in owner ? `${owner.name}.codec` : layout.codecFile(owner))
      codecs.set(owner, file)
    }
    return file
  }
  const views: (() => FileModel)[] = []
  const parts = new Map<Interface | World, FaceParts>()
  for (const [face, use] of uses) {
    const world = use.worlds[0]
    const whole = interfaceFace(face, layout)
    if (world === undefined || isEmpty(whole)) continue
    const table = new TypeTableBuilder(world)
    const file = codecFile(face)
    parts.set(face, {
      table,
      exports: use.exported ? [exportedFace(whole, table, layout, file)] : [],
      importeds: use.imported ? [importedFace(whole, table, file)] : [],
    })
    if (options.views === true && use.exported && hasViews(whole))
      views.push(viewsFile(whole, layout, headerOf(face), newCodecFile(layout.viewsFile(face)), file))
  }
  for (const world of worlds) {
    const [imports, exports] = [worldFace(world, 'imports', layout), worldFace(world, 'exports', layout)]
    if (isEmpty(imports) && isEmpty(exports)) continue
    const table = new TypeTableBuilder(world)
    const file = codecFile(world)
    parts.set(world, {
      table,
      exports: isEmpty(exports) ? [] : [exportedFace(exports, table, layout, file)],
      importeds: isEmpty(imports) ? [] : [importedFace(imports, table, file)],
    })
    if (options.views === true && hasViews(exports)) {
      const head = header(world, world)
      views.push(viewsFile(exports, layout, head, newCodecFile(layout.viewsFile(world)), file))
    }
  }
  for (const [owner, file] of codecs) {
    const { table, exports, importeds } = parts.get(owner) ?? { table: undefined, exports: [], importeds: [] }
    const head = 'imports' in owner ? header(owner, owner) : headerOf(owner)
    files.push(codecFileModel(file.scope.path, head, file, table, exports, importeds))
  }
  files.push(...views.map((make) => make()))
  return files.sort((a, b) => compare(a.path, b.path))
}

interface FaceParts {
  readonly table: TypeTableBuilder
  readonly exports: readonly ExportedFaceModel[]
  readonly importeds: readonly ImportedFaceModel[]
}

interface Use extends Roles {
  readonly worlds: readonly World[]
}

/** Every interface that gets a file: those of the worlds, and those whose types they use. */
function usedInterfaces(resolve: Resolve, worlds: readonly World[]): Map<Interface, Use> {
  const uses = new Map<Interface, { imported: boolean; exported: boolean; worlds: World[] }>()
  const note = (face: Interface, world: World | undefined, role: 'imported' | 'exported' | undefined): void => {
    const use = uses.get(face) ?? { imported: false, exported: false, worlds: [] }
    const known = uses.has(face) && role === undefined
    uses.set(face, use)
    if (role !== undefined) use[role] = true
    if (world !== undefined && !use.worlds.includes(world)) use.worlds.push(world)
    if (known) return
    for (const def of face.types.values())
      for (const owner of ownersIn(def.type)) if (owner !== face) note(owner, world, undefined)
  }
  for (const world of worlds) {
    for (const [, face] of interfacesOf(world.imports)) note(face, world, 'imported')
    for (const [, face] of interfacesOf(world.exports)) note(face, world, 'exported')
  }
  if (worlds.length === 0) for (const face of resolve.root.interfaces.values()) note(face, undefined, undefined)
  const id = (face: Interface): string => interfaceId(face) ?? ''
  return new Map([...uses].sort(([a], [b]) => compare(id(a), id(b))))
}

/** The interfaces that declare what a type refers to. */
function ownersIn(type: Type): readonly Interface[] {
  if (type.kind === 'ref') return 'imports' in type.def.owner ? [] : [type.def.owner]
  return partsOf(type).flatMap(ownersIn)
}

/**
 * The worlds to generate: those named, or all of the root package.
 *
 * @throws DiagnosticError for a name that no world has
 */
export function selectWorlds(resolve: Resolve, names: readonly string[]): readonly World[] {
  const all = [...resolve.root.worlds.values()]
  if (names.length === 0) return all
  return names.map((name) => {
    const found = all.find((w) => w.name === name || worldId(w) === name || worldId(w).replace(/@.*$/u, '') === name)
    if (found !== undefined) return found
    const known = all.map((w) => `\`${w.name}\``).join(', ')
    throw new DiagnosticError([
      {
        code: 'GEN0001',
        severity: 'error',
        message: `no world is called \`${name}\`${known === '' ? ': the root package has no worlds' : ''}`,
        span: undefined,
        file: undefined,
        suggestion: known === '' ? undefined : `the worlds are ${known}`,
      },
    ])
  })
}
