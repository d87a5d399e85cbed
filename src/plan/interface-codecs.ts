import { Names, pascalCase } from './case.ts'
import type { CodecFile } from './codec-file.ts'
import { exportFunction } from './export-function.ts'
import { descriptorNames, freestanding, memberNames, type Face } from './face.ts'
import { importFunction } from './import-function.ts'
import type { OutputLayout } from './layout.ts'
import type { CodecFileModel, ExportedFaceModel, FileHeaderModel, ImportedFaceModel } from './model.ts'
import { quote } from './path-text.ts'
import { resourceClass } from './resource-class.ts'
import type { TypeTableBuilder } from './type-table.ts'

/** The ways in which the worlds of a run use an interface. */
export interface Roles {
  readonly imported: boolean
  readonly exported: boolean
}

/** What a face is called in the codec file, imported from its types file. */
function interfaceType(face: Face, file: CodecFile): string {
  if (face.functions.length === 0 && face.resources.length === 0) return 'object'
  return file.scope.import(file.scope.relative(face.typesFile), face.interfaceName, { type: true })
}

/** The core functions with which guests import a face. */
export function importedFace(face: Face, table: TypeTableBuilder, file: CodecFile): ImportedFaceModel {
  const members = memberNames(face)
  file.useType('ImportedInterface')
  if (face.functions.length > 0) file.useType('Context')
  return {
    name: descriptorNames(face).importsName,
    id: quote(face.id),
    hasResources: face.resources.length > 0,
    wit: face.id === '' ? 'the functions of the world itself' : 'the interface',
    functions: face.functions.map((f) =>
      importFunction(f, members.get(f) ?? '', face, table.signature(f), () => interfaceType(face, file), file),
    ),
    resources: face.resources.map((def) => ({
      key: quote(def.name),
      member: quote(pascalCase(def.name)),
      imported: file.as('imported').slot(def),
      exported: file.as('exported').slot(def),
    })),
  }
}

/** The class that calls the functions of a face in a guest, and what the runtime has to know of it. */
export function exportedFace(
  face: Face,
  table: TypeTableBuilder,
  layout: OutputLayout,
  file: CodecFile,
): ExportedFaceModel {
  const members = memberNames(face)
  const fields = new Names(['cx', 'constructor'])
  const className = file.scope.claim(`${pascalCase(face.word)}Exports`)
  file.use('binding')
  for (const type of ['Context', 'ExportedInterface']) file.useType(type)
  const methods = freestanding(face).map((f) =>
    exportFunction(f, members.get(f) ?? '', face, 'interface', file, fields),
  )
  const classes = face.resources.map((def) => resourceClass(face, def, members, layout, file))
  const ofClasses = classes.flatMap((c) => [...c.constructors, ...c.methods, ...c.statics])
  const dispatch = [...methods, ...ofClasses].map(({ core }) => core)
  if (dispatch.length > 0) file.use('dispatchOf')
  return {
    name: descriptorNames(face).exportsName,
    className,
    interfaceName: interfaceType(face, file),
    id: quote(face.id),
    usesContext: freestanding(face).length > 0,
    hasResources: face.resources.length > 0,
    methods,
    classes,
    dispatch,
    hasDispatch: dispatch.length > 0,
    functions: face.functions.map((f) => ({
      key: quote(f.name),
      signature: quote(table.signature(f)),
      member: quote(members.get(f) ?? ''),
    })),
    resources: face.resources.map((def) => ({ key: quote(def.name), slot: file.slot(def) })),
  }
}

/** Codecs that look at values only. */
const WITHOUT_CONTEXT = new Set(['codec/lift-flags', 'codec/lower-flags', 'codec/lower-enum'])

/** The codec file as a whole, once everything has been asked of it. */
export function codecFileModel(
  path: string,
  header: FileHeaderModel,
  file: CodecFile,
  table: TypeTableBuilder | undefined,
  exports: readonly ExportedFaceModel[],
  importeds: readonly ImportedFaceModel[],
): CodecFileModel {
  const codecs = file.codecs()
  if (codecs.some((codec) => !WITHOUT_CONTEXT.has(codec.partial))) file.useType('Context')
  const entries = table?.entries() ?? []
  const hasTypes = entries.length > 0
  return {
    template: 'codec-file',
    path,
    header,
    origins: [],
    types: entries.map((e, i) => ({
      key: quote(e.key),
      text: quote(e.text),
      first: i === 0,
      last: i === entries.length - 1,
    })),
    slots: file.slots(),
    hasStates: file.states().length > 0,
    states: file.states(),
    errorCodes: file.errorCodeTables(),
    exports: exports.map((e) => ({ ...e, hasTypes })),
    importeds: importeds.map((m) => ({ ...m, hasTypes })),
    codecs,
    imports: file.scope.imports(),
  }
}
