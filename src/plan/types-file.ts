import { assertNever, dealias, type Func, type Interface, type Type, type TypeDef } from '../ir/index.ts'
import { camelCase, Names, pascalCase, variableName } from './case.ts'
import { docLines, paramTag, stabilityTags } from './docs.ts'
import { resultType } from './export-function.ts'
import { FileScope, type ImportExtension } from './file-scope.ts'
import { freestanding, interfaceFace, isEmpty, lastWord, memberNames, resourceMembers, type Face } from './face.ts'
import type { Roles } from './interface-codecs.ts'
import type { OutputLayout } from './layout.ts'
import type { DeclarationModel, FunctionsModel, FileHeaderModel, SignatureModel, TypesFileModel } from './model.ts'
import { declarationOrigins, functionsOrigins } from './origins.ts'
import { quote } from './path-text.ts'
import { exportThrows, importThrows } from './throws.ts'
import { isNestedOption, tsLoweredType, tsType, type TypeScope } from './ts-type.ts'
import { witPath } from './wit-name.ts'

/** The file of an interface: its types, and the TypeScript interface of its functions. */
export function typesFile(
  owner: Interface,
  layout: OutputLayout,
  extension: ImportExtension,
  header: FileHeaderModel,
  roles: Roles,
): TypesFileModel {
  const face = interfaceFace(owner, layout)
  const defs = [...owner.types.values()]
  const scope = new FileScope(
    face.typesFile,
    extension,
    (def) => layout.home(def),
    (def) => layout.typeName(def),
    [...typeNames(defs, layout), face.interfaceName],
  )
  const docs = docLines(owner.docs, [`WIT: \`${face.id}\``, ...stabilityTags(owner.stability)])
  const declarations = declarationModels(defs, [face], layout, scope, roles)
  const functions = isEmpty(face) ? [] : [functionsModel(face, docs, layout, scope, roles)]
  return {
    template: 'types-file',
    path: face.typesFile,
    header,
    disposable: face.resources.length > 0,
    declarations,
    functions,
    imports: scope.imports(),
    origins: [
      ...declarationOrigins(defs, declarations, [face], layout),
      ...functionsOrigins(face, functions, owner.span),
    ],
  }
}

/** Every name that the declarations of the types take; what is only re-exported takes none. */
export function typeNames(defs: readonly TypeDef[], layout: OutputLayout): readonly string[] {
  const own = defs.filter((def) => layout.origin(def) === def)
  return own.flatMap((def) => [layout.localName(def), ...(def.type.kind === 'resource' ? [layout.className(def)] : [])])
}

/** The declarations of the types of one file; `faces` hold the functions of their resources. */
export function declarationModels(
  defs: readonly TypeDef[],
  faces: readonly Face[],
  layout: OutputLayout,
  scope: FileScope,
  roles: Roles,
): readonly DeclarationModel[] {
  return defs.map((def) => {
    if (def.type.kind !== 'resource') return declarationModel(def, layout, scope)
    const face = faces.find((f) => f.resources.includes(def))
    return resourceModel(def, face, layout, scope, roles)
  })
}

/** The TypeScript interface of the functions of a face, with its resource classes as members. */
export function functionsModel(
  face: Face,
  docs: readonly string[],
  layout: OutputLayout,
  scope: FileScope,
  roles: Roles,
): FunctionsModel {
  const members = memberNames(face)
  return {
    docs,
    name: face.interfaceName,
    classes: face.resources.map((def) => ({
      docs: docLines(def.docs, [`WIT: \`${witPath(def, layout)}\``, ...stabilityTags(def.stability)]),
      name: pascalCase(def.name),
      mark: '',
      type: layout.className(def),
    })),
    methods: freestanding(face).map((f) => signatureModel(f, members.get(f) ?? '', scope, roles.exported)),
  }
}

function resourceModel(
  def: TypeDef,
  face: Face | undefined,
  layout: OutputLayout,
  scope: FileScope,
  roles: Roles,
): DeclarationModel {
  const members: ReadonlyMap<Func, string> = face === undefined ? new Map() : memberNames(face)
  const none: readonly Func[] = []
  const { constructors, methods, statics } =
    face === undefined ? { constructors: none, methods: none, statics: none } : resourceMembers(face, def)
  const signature = (f: Func, skip: number): SignatureModel =>
    signatureModel({ ...f, params: f.params.slice(skip) }, members.get(f) ?? '', scope, roles.exported)
  const path = `WIT: \`${witPath(def, layout)}\``
  return {
    partial: 'types/resource',
    docs: docLines(def.docs, [path, ...stabilityTags(def.stability)]),
    name: layout.localName(def),
    className: layout.className(def),
    wit: def.name,
    constructors: constructors.map((f) => ({ ...signature(f, 0), name: 'new ', result: layout.localName(def) })),
    methods: methods.map((f) => signature(f, 1)),
    statics: statics.map((f) => signature(f, 0)),
    symbol: scope.global('Symbol'),
    disposeMark: roles.exported ? '' : '?',
    disposeDocs: docLines(
      roles.exported ? 'Drops it in the guest; later calls throw `Disposed`.' : 'Runs when the guest drops its handle.',
    ),
  }
}

function declarationModel(def: TypeDef, layout: OutputLayout, scope: FileScope): DeclarationModel {
  const name = layout.localName(def)
  const docs = docLines(def.docs, [`WIT: \`${witPath(def, layout)}\``, ...stabilityTags(def.stability)])
  const { type } = def
  switch (type.kind) {
    case 'record': {
      const names = new Names()
      const fields = type.fields.map((f) => ({
        docs: docLines(f.docs),
        name: names.claim(camelCase(f.name)),
        ...optionalMember(f.type, scope),
      }))
      return { partial: 'types/record', docs, name, fields }
    }
    case 'flags': {
      const fields = type.flags.map((f) => ({
        docs: docLines(f.docs),
        name: camelCase(f.name),
        mark: '?',
        type: 'boolean | undefined',
      }))
      return { partial: 'types/record', docs, name, fields }
    }
    case 'enum': {
      const names = new Names()
      const cases = type.cases.map((c) => ({
        docs: docLines(c.docs),
        name: names.claim(pascalCase(c.name)),
        mark: '',
        type: quote(c.name),
      }))
      return { partial: 'types/enum', docs, name, cases }
    }
    case 'variant': {
      const cases = type.cases.map((c) => ({
        docs: docLines(c.docs),
        tag: quote(c.name),
        payload: c.type !== undefined,
        type: c.type === undefined ? 'undefined' : tsType(c.type, scope),
      }))
      return { partial: 'types/variant', docs, name, cases }
    }
    case 'ref': {
      const origin = layout.origin(def)
      if (origin === def) return { partial: 'types/alias', docs, name, type: tsType(type, scope) }
      const there = layout.typeName(origin)
      const isValue = dealias(type).kind === 'enum' && origin.type.kind === 'enum'
      return {
        partial: 'types/reexport',
        docs,
        name: there === name ? name : `${there} as ${name}`,
        from: scope.relative(layout.home(def)),
        value: isValue,
      }
    }
    case 'bool':
    case 's8':
    case 'u8':
    case 's16':
    case 'u16':
    case 's32':
    case 'u32':
    case 's64':
    case 'u64':
    case 'f32':
    case 'f64':
    case 'char':
    case 'string':
    case 'error-context':
    case 'list':
    case 'fixed-length-list':
    case 'map':
    case 'tuple':
    case 'option':
    case 'result':
    case 'own':
    case 'borrow':
    case 'stream':
    case 'future':
      return { partial: 'types/alias', docs, name, type: tsType(type, scope) }
    case 'resource':
      throw new TypeError('resources are declared by resourceModel')
    default:
      return assertNever(type)
  }
}

/** A record's field of an option type may be left out. */
function optionalMember(type: Type, scope: FileScope): { readonly mark: string; readonly type: string } {
  const t = dealias(type)
  return { mark: t.kind === 'option' && !isNestedOption(t) ? '?' : '', type: tsType(type, scope) }
}

/**
 * A function as it is declared: for exports with the lenient parameter types that lowering takes, for imports with such results.
 *
 * @param remarks lines of ours for its docs
 * @param strict whether results may not be lenient in any case
 */
export function signatureModel(
  func: Func,
  name: string,
  scope: TypeScope & { inComments(): TypeScope },
  exported: boolean,
  remarks: readonly string[] = renamed(func, name),
  strict: boolean = exported,
): SignatureModel {
  const names = new Names()
  const params = func.params.map((p) => ({
    name: names.claim(variableName(p.name)),
    type: exported ? tsLoweredType(p.type, scope) : tsType(p.type, scope),
  }))
  const paramDocs = func.params.flatMap((p, index) => paramTag(params[index]?.name ?? '', p.docs))
  const throws = exported ? exportThrows(func, scope.inComments()) : importThrows(func, scope.inComments())
  return {
    docs: docLines(func.docs, [...remarks, ...paramDocs, ...throws, ...stabilityTags(func.stability)]),
    // `new` in an interface would be a construct signature.
    name: name === 'new' ? quote(name) : name,
    params,
    result: resultType(func, (t) => (strict ? tsType(t, scope) : tsLoweredType(t, scope))),
  }
}

/** Says what a member is called in WIT, where its name had to give way to another. */
function renamed(func: Func, member: string): readonly string[] {
  const { kind } = func.kind
  return kind === 'constructor' || member === camelCase(lastWord(func.name)) ? [] : [`WIT: \`${func.name}\``]
}
