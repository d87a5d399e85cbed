import { interfaceId, type Interface, type World } from '../ir/index.ts'
import { camelCase, pascalCase } from './case.ts'
import type { CodecFile } from './codec-file.ts'
import { exportFunction } from './export-function.ts'
import { importFunction } from './import-function.ts'
import type { OutputLayout } from './layout.ts'
import type { CodecFileModel, HeaderModel } from './model.ts'
import { quote } from './path-text.ts'
import { TypeTableBuilder } from './type-table.ts'
import { memberNames } from './types-file.ts'

/** The ways in which the worlds of a run use an interface. */
export interface Roles {
  readonly imported: boolean
  readonly exported: boolean
}

/** What the codec file of an interface offers to world files. */
export interface CodecNames {
  readonly exportsName: string
  readonly importsName: string
}

export function codecNames(face: Interface, layout: OutputLayout): CodecNames {
  const word = camelCase(layout.interfaceWord(face))
  return { exportsName: `${word}Exports`, importsName: `${word}Imports` }
}

/** Puts the functions of an interface into its codec file, for each of its roles. */
export function interfaceCodecs(
  face: Interface,
  world: World,
  roles: Roles,
  layout: OutputLayout,
  file: CodecFile,
): Pick<CodecFileModel, 'exports' | 'importeds' | 'types'> {
  const table = new TypeTableBuilder(world)
  const typesName = file.scope.claim('types')
  const word = layout.interfaceWord(face)
  const id = interfaceId(face) ?? word
  const errorId = id.replace(/@.*$/u, '')
  const members = memberNames(face)
  const functions = [...face.functions.values()]
  const names = codecNames(face, layout)
  const own = { type: true, local: layout.interfaceName(face) }
  const importOwn = (): string =>
    file.scope.import(file.scope.relative(layout.typesFile(face)), layout.interfaceName(face), own)

  const importeds = !roles.imported
    ? []
    : [
        {
          name: names.importsName,
          id: quote(id),
          functions: functions.map((f) => {
            file.useType('Context')
            file.useType('ImportedInterface')
            return importFunction(f, members.get(f) ?? '', errorId, table.signature(f), importOwn(), file)
          }),
        },
      ]
  const exports = !roles.exported
    ? []
    : [
        {
          name: names.exportsName,
          className: file.scope.claim(`${pascalCase(word)}Exports`),
          interfaceName: functions.length === 0 ? 'object' : importOwn(),
          id: quote(id),
          methods: functions.map((f) => exportFunction(f, members.get(f) ?? '', errorId, file)),
          functions: functions.map((f) => ({
            key: quote(f.name),
            signature: quote(table.signature(f)),
            member: quote(members.get(f) ?? ''),
          })),
        },
      ]
  if (roles.exported) for (const type of ['Context', 'CoreExports', 'ExportedInterface']) file.useType(type)
  if (roles.imported) file.useType('ImportedInterface')
  const entries = table.entries()
  const types = entries.map((e, i) => ({
    key: quote(e.key),
    text: quote(e.text),
    table: typesName,
    first: i === 0,
    last: i === entries.length - 1,
  }))
  const tableOf = entries.length === 0 ? 'types: {}' : typesName === 'types' ? 'types' : `types: ${typesName}`
  return {
    exports: exports.map((e) => ({ ...e, types: tableOf })),
    importeds: importeds.map((m) => ({ ...m, types: tableOf })),
    types,
  }
}

/** The codec file as a whole, once everything has been asked of it. */
export function codecFileModel(
  path: string,
  header: HeaderModel,
  file: CodecFile,
  parts: Pick<CodecFileModel, 'exports' | 'importeds' | 'types'>,
): CodecFileModel {
  const codecs = file.codecs()
  if (codecs.length > 0) file.useType('Context')
  return { template: 'codec-file', path, header, ...parts, codecs, imports: file.scope.imports() }
}
