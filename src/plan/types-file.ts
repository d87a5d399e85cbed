import { assertNever, dealias, interfaceId, type Func, type Interface, type Type, type TypeDef } from '../ir/index.ts'
import { camelCase, memberName, Names, pascalCase, variableName } from './case.ts'
import { docLines, stabilityTags } from './docs.ts'
import { outerResult, resultType } from './export-function.ts'
import { FileScope, type ImportExtension } from './file-scope.ts'
import type { OutputLayout } from './layout.ts'
import type { DeclarationModel, HeaderModel, SignatureModel, TypesFileModel } from './model.ts'
import { quote } from './path-text.ts'
import { isNestedOption, tsLoweredType, tsType } from './ts-type.ts'
import { witPath } from './wit-name.ts'

/** The file of an interface: its types, and the TypeScript interface of its functions. */
export function typesFile(
  face: Interface,
  layout: OutputLayout,
  extension: ImportExtension,
  header: HeaderModel,
  exported: boolean,
): TypesFileModel {
  const path = layout.typesFile(face)
  const own = [...face.types.values()].map((def) => layout.localName(def))
  const functionsName = layout.interfaceName(face)
  const scope = new FileScope(
    path,
    extension,
    (def) => layout.home(def),
    (def) => layout.typeName(def),
    [...own, functionsName],
  )
  const declarations = [...face.types.values()].map((def) => declarationModel(def, layout, scope))
  const members = memberNames(face)
  const methods = [...face.functions.values()].map((f) => signatureModel(f, members.get(f) ?? '', scope, exported))
  const id = interfaceId(face) ?? layout.interfaceWord(face)
  const docs = docLines(face.docs, [`WIT: \`${id}\``, ...stabilityTags(face.stability)])
  return {
    template: 'types-file',
    path,
    header,
    imports: scope.imports(),
    declarations,
    functions: methods.length === 0 ? [] : [{ docs, name: functionsName, methods }],
  }
}

/** The members of the object of an interface's functions, each once. */
export function memberNames(face: Interface): Map<Func, string> {
  const names = new Names()
  return new Map([...face.functions.values()].map((f) => [f, names.claim(memberName(f.name))]))
}

function declarationModel(def: TypeDef, layout: OutputLayout, scope: FileScope): DeclarationModel {
  const name = layout.localName(def)
  const docs = docLines(def.docs, [`WIT: \`${witPath(def)}\``, ...stabilityTags(def.stability)])
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
      throw new TypeError('resources have no declaration yet')
    default:
      return assertNever(type)
  }
}

/** A record's field of an option type may be left out. */
function optionalMember(type: Type, scope: FileScope): { readonly mark: string; readonly type: string } {
  const t = dealias(type)
  return { mark: t.kind === 'option' && !isNestedOption(t) ? '?' : '', type: tsType(type, scope) }
}

/** A function as it is declared: for exports with the lenient parameter types that lowering takes. */
function signatureModel(func: Func, name: string, scope: FileScope, exported: boolean): SignatureModel {
  const names = new Names()
  const err = outerResult(func)?.err
  const payload = err === undefined ? 'undefined' : tsType(err, scope)
  const throwTag = exported ? `@throws GuestError<${payload}>` : `@throws { payload: ${payload} } to return an \`err\``
  const throws = outerResult(func) === undefined ? [] : [throwTag]
  return {
    docs: docLines(func.docs, [...throws, ...stabilityTags(func.stability)]),
    name,
    params: func.params.map((p) => ({
      name: names.claim(variableName(p.name)),
      type: exported ? tsLoweredType(p.type, scope) : tsType(p.type, scope),
    })),
    result: resultType(func, (t) => (exported ? tsType(t, scope) : tsLoweredType(t, scope))),
  }
}
