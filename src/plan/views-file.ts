import { recordLayout } from '../abi/index.ts'
import { worldId, type Func, type TypeDef } from '../ir/index.ts'
import { camelCase, Names, pascalCase } from './case.ts'
import type { CodecFile } from './codec-file.ts'
import { docLines, stabilityTags } from './docs.ts'
import { outerResult } from './export-function.ts'
import { descriptorNames, freestanding, lastWord, memberNames, type Face } from './face.ts'
import { lift, memoryAt } from './lift.ts'
import type { OutputLayout } from './layout.ts'
import type { FunctionsModel, FileHeaderModel, RecordViewModel, SignatureModel, ViewsFileModel } from './model.ts'
import { quote } from './path-text.ts'
import { tsType } from './ts-type.ts'
import { signatureModel } from './types-file.ts'
import {
  blockType,
  viewable,
  viewFunction,
  viewType,
  withBlocks,
  type Viewable,
  type ViewNames,
} from './view-function.ts'
import { witPath } from './wit-name.ts'

/** A function that shares memory with the guest. */
interface SharingFunc {
  /** Functions of resources as if they were freestanding: a method takes its object first. */
  readonly func: Func
  /** What the result is viewed as; undefined where only arguments are shared. */
  readonly view: Viewable | undefined
  /** What it is called. */
  readonly member: string
}

/** The functions of a face whose results can be viewed, and those that take lists of numbers; no constructors. */
function sharingFunctions(face: Face): readonly SharingFunc[] {
  const members = memberNames(face)
  const names = new Names(freestanding(face).map((func) => members.get(func) ?? ''))
  return face.functions.flatMap((original) => {
    const func = receiverFirst(original)
    if (func === undefined) return []
    const view = viewable(func)
    if (view === undefined && !func.params.some((p) => blockType(p.type) !== undefined)) return []
    const member =
      func.kind.kind === 'freestanding'
        ? (members.get(original) ?? '')
        : names.claim(camelCase(`${func.kind.resource.name}-${lastWord(func.name)}`))
    return [{ func, view, member }]
  })
}

/** The function with its object, where it has one, under the name of the resource; undefined for constructors. */
function receiverFirst(func: Func): Func | undefined {
  if (func.kind.kind === 'constructor') return undefined
  if (func.kind.kind !== 'method') return func
  const { name } = func.kind.resource
  return { ...func, params: func.params.map((param, i) => (i === 0 ? { ...param, name } : param)) }
}

/** The function without the value that is viewed instead: its type is not to be imported. */
function withoutValue(func: Func): Func {
  const outer = outerResult(func)
  return { ...func, result: outer === undefined ? undefined : { ...outer, ok: undefined } }
}

/** Whether an interface, or what a world itself exports, gets a file of views. */
export function hasViews(face: Face): boolean {
  return sharingFunctions(face).length > 0
}

/**
 * The file with which the results of an exported interface, or of a world's own functions, are viewed where they lie in the
 * guest's memory. It stands apart from the codecs, so that who does not import it pays nothing for it.
 *
 * @param file the new file
 * @param codecs the codec file of the same functions, which has all codecs that are needed
 */
export function viewsFile(
  face: Face,
  layout: OutputLayout,
  header: FileHeaderModel,
  file: CodecFile,
  codecs: CodecFile,
): () => ViewsFileModel {
  const { scope } = file
  file.takesBlocks = true
  file.shared = codecs
  const sharing = sharingFunctions(face)
  const world = 'imports' in face.owner ? face.owner : undefined
  const word = pascalCase(world?.name ?? face.word)
  const name = scope.claim(`${word}Views`)
  const className = scope.claim(`${name}Exports`)
  const factory = scope.claim(`viewsOf${word}`)
  const views = new Map<TypeDef, RecordViewModel>()
  const names: ViewNames = {
    typeParameter: scope.claim('R'),
    recordView(def) {
      const origin = layout.origin(def)
      let model = views.get(origin)
      if (model === undefined)
        views.set(origin, (model = recordView(origin, scope.claim(`${pascalCase(def.name)}View`), layout, file)))
      return model.name
    },
  }
  const descriptor = scope.import(scope.relative(face.codecFile), descriptorNames(face).exportsName)
  // What a world itself exports are methods of its class.
  const ordinary = world === undefined ? face.interfaceName : pascalCase(world.name)
  const ordinaryType = scope.import(scope.relative(face.typesFile), ordinary, { type: true })
  const fields = new Names(['cx', 'constructor'])
  for (const helper of ['binding', 'bindViews', 'dispatchOf']) file.use(helper)
  file.useType('Context')
  const methods = sharing.map(({ func, view, member }) => viewFunction(func, view, member, face, names, file, fields))
  const signatures = sharing.map(({ func, view, member }, i): SignatureModel => {
    const signature = signatureModel(view === undefined ? func : withoutValue(func), member, scope, true)
    const params = withBlocks(func, signature.params, file)
    if (view === undefined) return { ...signature, params }
    const type = `(view: ${viewType(view, names, file)}) => ${names.typeParameter}`
    return {
      ...signature,
      name: `${signature.name}<${names.typeParameter}>`,
      params: [...params, { name: methods[i]?.params.at(-1)?.name ?? '', type }],
      result: names.typeParameter,
    }
  })
  const reserve = reserveMethod(face, sharing, file)
  const wit = world === undefined ? face.id : worldId(world)
  const members = sharing.flatMap(({ func, member }) =>
    func.kind.kind === 'freestanding' ? [] : [{ key: quote(func.name), member: quote(member) }],
  )
  const model: FunctionsModel = {
    docs: docLines(
      [
        `The functions of \`${wit}\` that can share memory with the guest, instead of copying.`,
        '',
        'Where the last argument is a function, it is called with a view on the result, which ends with it: any later use throws',
        '`ExpiredView`. Then the guest cleans up, also when that function throws. Within it, nothing of the instance can be called.',
      ].join('\n'),
    ),
    name,
    classes: [],
    methods: [...signatures, ...reserve.map((r) => r.signature)],
  }
  // Codecs may still be asked for by other files: the list of imports is complete when all are.
  return () => ({
    template: 'views-file',
    path: scope.path,
    header,
    origins: [],
    hasStates: file.states().length > 0,
    states: file.states(),
    records: [...views.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    functions: model,
    className,
    factory,
    ordinaryType,
    descriptor,
    wit,
    methods,
    dispatch: methods.map(({ core }) => core),
    reserves: reserve.map((r) => r.method),
    members,
    hasMembers: members.length > 0,
    imports: scope.imports(),
  })
}

interface ReserveMethod {
  readonly signature: SignatureModel
  readonly method: ViewsFileModel['reserves'][number]
}

/** The method that makes the guest allocate blocks; none where nothing takes any. */
function reserveMethod(face: Face, sharing: readonly SharingFunc[], file: CodecFile): readonly ReserveMethod[] {
  const types = new Set(sharing.flatMap(({ func }) => func.params.flatMap((p) => blockType(p.type) ?? [])))
  if (types.size === 0) return []
  file.use('reserveBlock')
  const taken = new Names([...memberNames(face).values(), ...sharing.map(({ member }) => member)])
  const name = taken.claim('reserve')
  const key = file.scope.claim('K')
  const head = `${name}<${key} extends ${[...types].sort().map(quote).join(' | ')}>`
  const params = [
    { name: 'type', type: key },
    { name: 'n', type: 'number' },
  ]
  const docs = docLines(
    [
      'Makes the guest allocate `n` numbers for an argument: a block to fill in place, and to hand over once.',
      '',
      "It is filled by `block.set` or through `block.array`; handed over, it is the guest's, and any use throws `Disposed`. One that",
      'is never handed over stays allocated until the instance is disposed.',
    ].join('\n'),
    ["@throws `WasmError`: `InvalidParam`, or what ended the guest's `realloc`"],
  )
  const result = `${file.useType('ArgumentBlock')}<${key}>`
  return [
    { signature: { docs, name: head, params, result }, method: { head, key, func: quote(`${face.prefix}${name}`) } },
  ]
}

/** The class of views on one record: a getter for each field. */
function recordView(def: TypeDef, name: string, layout: OutputLayout, file: CodecFile): RecordViewModel {
  if (def.type.kind !== 'record') throw new TypeError(`${def.name} is no record`)
  const { fields } = def.type
  const { offsets } = recordLayout(fields)
  const taken = new Names()
  file.use('openView')
  file.useType('ListView')
  return {
    name,
    docs: docLines(def.docs, [
      `WIT: \`${witPath(def, layout)}\`, in the guest's memory: a field is lifted each time it is read.`,
      ...stabilityTags(def.stability),
    ]),
    fields: fields.map((field, i) => {
      const member = taken.claim(camelCase(field.name))
      return {
        docs: docLines(field.docs, [`WIT: \`${field.name}\``]),
        // A getter cannot be called `constructor`, unless the name is computed.
        name: member === 'constructor' ? "['constructor']" : member,
        type: tsType(field.type, file.scope),
        value: lift(field.type, memoryAt('ptr', offsets[i] ?? 0), file),
      }
    }),
  }
}
