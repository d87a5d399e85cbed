import { alignment, elemSize } from '../abi/index.ts'
import { dealias, type Func, type Type, type TypeDef, type TypeOf } from '../ir/index.ts'
import type { CodecFile } from './codec-file.ts'
import { exportFunction, outerResult, type ResultMaker } from './export-function.ts'
import type { Face } from './face.ts'
import type { Names } from './case.ts'
import { hasHandles } from './handles.ts'
import { address, discriminant, lift, memoryAt, payload, type LiftSource } from './lift.ts'
import type { LiftModel, ViewsFileModel } from './model.ts'
import { quote } from './path-text.ts'
import { TYPED_ARRAYS } from './ts-type.ts'
import { declaration } from './type-key.ts'

/** A list that can be looked at where it lies: of numbers, or of records that hold no handles. */
export type Viewable = {
  /** Whether the function may give none: its result is an `option`. */
  readonly optional: boolean
  readonly type: Type
} & (
  | { readonly kind: 'numbers'; readonly number: string }
  | { readonly kind: 'records'; readonly element: Type; readonly def: TypeDef; readonly record: TypeOf<'record'> }
)

/** How a function's result can be viewed: the result itself, or the `ok` of a `result`; either may be an `option`. */
export function viewable(func: Func): Viewable | undefined {
  const outer = outerResult(func)
  const type = outer === undefined ? func.result : outer.ok
  if (type === undefined) return undefined
  const whole = dealias(type)
  const optional = whole.kind === 'option'
  const list = optional ? dealias(whole.some) : whole
  if (list.kind !== 'list') return undefined
  const { element } = list
  const item = dealias(element)
  if (TYPED_ARRAYS[item.kind] !== undefined) return { kind: 'numbers', number: item.kind, optional, type }
  const def = declaration(element)
  if (item.kind !== 'record' || def === undefined || hasHandles(element)) return undefined
  return { kind: 'records', element, def, record: item, optional, type }
}

/** The type of the numbers, where a parameter is a list of numbers. */
export function blockType(type: Type): string | undefined {
  const list = dealias(type)
  if (list.kind !== 'list') return undefined
  const { kind } = dealias(list.element)
  return TYPED_ARRAYS[kind] === undefined ? undefined : kind
}

/** The parameters as they are declared: lists of numbers may be blocks. */
export function withBlocks<P extends { readonly type: string }>(
  func: Func,
  params: readonly P[],
  file: CodecFile,
): readonly P[] {
  return params.map((param, i) => {
    const type = func.params[i]?.type
    const block = type === undefined ? undefined : blockType(type)
    return block === undefined
      ? param
      : { ...param, type: `${param.type} | ${file.useType('ArgumentBlock')}<'${block}'>` }
  })
}

/** What the types of a views file are called there. */
export interface ViewNames {
  /** The type parameter: what the user's function returns. */
  readonly typeParameter: string
  /** The class of views on a record. */
  recordView(def: TypeDef): string
}

/** The TypeScript type of a view. */
export function viewType(view: Viewable, names: ViewNames, file: CodecFile): string {
  const type =
    view.kind === 'numbers'
      ? `${file.useType('NumberList')}<'${view.number}'>`
      : `${file.useType('RecordList')}<${names.recordView(view.def)}>`
  return view.optional ? `${type} | undefined` : type
}

/**
 * The method that calls an exported function. Lists of numbers may be blocks; where its result can be viewed, a function of
 * the user's is handed the view.
 */
export function viewFunction(
  func: Func,
  view: Viewable | undefined,
  member: string,
  face: Face,
  names: ViewNames,
  file: CodecFile,
  fields: Names,
): ViewsFileModel['methods'][number] {
  if (view === undefined) {
    const model = exportFunction(func, member, face, 'interface', file, fields)
    return { ...model, partial: 'export/method', params: withBlocks(func, model.params, file) }
  }
  const { typeParameter } = names
  const full = quote(`${face.prefix}${func.name}`)
  let use = ''
  const makeResult: ResultMaker = (_, __, ___, post, scoped, ____, locals) => {
    use = locals.claim('use')
    const { result } = func
    if (result === undefined) throw new TypeError(`${func.name} has no result to view`)
    for (const helper of ['block', 'beginPostReturn', 'endPostReturn', 'closeView', 'checkUse', 'viewed'])
      file.use(helper)
    file.useType('ViewFailure')
    const outer = outerResult(func)
    const common = {
      scoped,
      size: elemSize(result),
      align: alignment(result),
      post,
      use,
      failure: locals.claim('failure'),
      viewName: locals.claim('view'),
      optional: view.optional,
    }
    const source = memoryAt('ret')
    if (outer?.ok === undefined)
      return { partial: 'views/whole', ...common, view: viewExpression(view, full, source, names, file) }
    file.use('guestError')
    const err: LiftModel =
      outer.err === undefined
        ? { partial: 'lift/expression', text: 'undefined' }
        : lift(outer.err, payload(result, outer.err, source, file), file)
    return {
      partial: 'views/ok',
      ...common,
      test: `${file.use('isErr')}(cx, ${discriminant(2, source, file)})`,
      view: viewExpression(view, full, payload(result, outer.ok, source, file), names, file),
      err,
    }
  }
  const model = exportFunction(func, member, face, 'interface', file, fields, '', '', makeResult)
  const param = { name: use, type: `(view: ${viewType(view, names, file)}) => ${typeParameter}` }
  return {
    ...model,
    partial: 'views/method',
    head: `${member}<${typeParameter}>`,
    params: [...withBlocks(func, model.params, file), param],
    resultType: typeParameter,
  }
}

/** The expression that makes the view of what lies at `source`; `undefined` for the `none` of an option. */
function viewExpression(view: Viewable, full: string, source: LiftSource, names: ViewNames, file: CodecFile): string {
  const whole = dealias(view.type)
  if (whole.kind === 'option') {
    const some = listExpression(view, full, payload(view.type, whole.some, source, file), names, file)
    return `${file.use('isSome')}(cx, ${discriminant(2, source, file)}) ? ${some} : undefined`
  }
  return listExpression(view, full, source, names, file)
}

function listExpression(view: Viewable, full: string, source: LiftSource, names: ViewNames, file: CodecFile): string {
  if (source.kind !== 'memory') throw new TypeError('a list lies in memory')
  const word = file.use('loadU32')
  const at = (offset: number): string => `${word}(cx, ${address(source.ptr, source.offset + offset)})`
  const where = `cx, ${full}, ${at(0)}, ${at(4)}`
  if (view.kind === 'numbers') return `${file.use('viewNumbers')}.${view.number}(${where})`
  const layout = `${elemSize(view.element)}, ${alignment(view.element)}`
  return `${file.use('viewRecords')}(${where}, ${layout}, ${names.recordView(view.def)})`
}
