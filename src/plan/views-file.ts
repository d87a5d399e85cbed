import { recordLayout } from '../abi/index.ts'
import type { Func, TypeDef } from '../ir/index.ts'
import { camelCase, Names, pascalCase } from './case.ts'
import type { CodecFile } from './codec-file.ts'
import { docLines, stabilityTags } from './docs.ts'
import { descriptorNames, freestanding, memberNames, type Face } from './face.ts'
import { lift, memoryAt } from './lift.ts'
import type { OutputLayout } from './layout.ts'
import type { FunctionsModel, HeaderModel, RecordViewModel, SignatureModel, ViewsFileModel } from './model.ts'
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

/** The functions of a face whose results can be viewed, with what the views are of, and those that take lists of numbers. */
function viewFunctions(face: Face): ReadonlyMap<Func, Viewable | undefined> {
  return new Map(
    freestanding(face).flatMap((func) => {
      const view = viewable(func)
      const takesBlocks = func.params.some((p) => blockType(p.type) !== undefined)
      return view !== undefined || takesBlocks ? [[func, view] as const] : []
    }),
  )
}

/** Whether an interface gets a file of views. */
export function hasViews(face: Face): boolean {
  return viewFunctions(face).size > 0
}

/**
 * The file with which the results of an exported interface are viewed where they lie in the guest's memory. It stands apart
 * from the codecs, so that who does not import it pays nothing for it.
 *
 * @param file the file's own codecs; those of declared types stay where they are
 */
export function viewsFile(
  face: Face,
  layout: OutputLayout,
  header: HeaderModel,
  file: CodecFile,
): () => ViewsFileModel {
  const { scope } = file
  file.takesBlocks = true
  const functions = viewFunctions(face)
  const members = memberNames(face)
  const name = scope.claim(`${pascalCase(face.word)}Views`)
  const className = scope.claim(`${name}Exports`)
  const factory = scope.claim(`viewsOf${pascalCase(face.word)}`)
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
  const { exportsName } = descriptorNames(face)
  const codecs = scope.import(scope.relative(face.codecFile), exportsName)
  const interfaceName = scope.import(scope.relative(face.typesFile), face.interfaceName, { type: true })
  const fields = new Names(['cx', 'constructor'])
  for (const helper of ['binding', 'bindViews']) file.use(helper)
  file.useType('Context')
  const methods = [...functions].map(([func, view]) =>
    viewFunction(func, view, members.get(func) ?? '', face, names, file, fields),
  )
  const signatures = [...functions].map(([func, view], i): SignatureModel => {
    const signature = signatureModel(func, members.get(func) ?? '', scope, true)
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
  const reserve = reserveMethod(face, functions, members, file)
  const model: FunctionsModel = {
    docs: docLines(
      [
        `The functions of \`${face.id}\` that can share memory with the guest, instead of copying.`,
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
    interfaceName,
    descriptor: codecs,
    wit: face.id,
    methods,
    reserves: reserve.map((r) => r.method),
    codecs: file.codecs(),
    imports: scope.imports(),
  })
}

interface ReserveMethod {
  readonly signature: SignatureModel
  readonly method: ViewsFileModel['reserves'][number]
}

/** The method that makes the guest allocate blocks; none where nothing takes any. */
function reserveMethod(
  face: Face,
  functions: ReadonlyMap<Func, unknown>,
  members: ReadonlyMap<Func, string>,
  file: CodecFile,
): readonly ReserveMethod[] {
  const types = new Set([...functions.keys()].flatMap((f) => f.params.flatMap((p) => blockType(p.type) ?? [])))
  if (types.size === 0) return []
  file.use('reserveBlock')
  const name = new Names(members.values()).claim('reserve')
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
      "It is filled through `block.array`; handed over, it is the guest's, and any use throws `Disposed`. One that is never handed",
      'over stays allocated until the instance is disposed.',
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
        docs: docLines(field.docs),
        // A getter cannot be called `constructor`, unless the name is computed.
        name: member === 'constructor' ? "['constructor']" : member,
        type: tsType(field.type, file.scope),
        value: lift(field.type, memoryAt('ptr', offsets[i] ?? 0), file),
      }
    }),
  }
}
