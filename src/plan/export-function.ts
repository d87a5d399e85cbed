import { alignment, elemSize, flattenFunc, recordLayout } from '../abi/index.ts'
import { dealias, type Func, type Type, type TypeOf } from '../ir/index.ts'
import { camelCase, Names } from './case.ts'
import type { Face } from './face.ts'
import { hasHandles } from './handles.ts'
import { localName, type CodecFile } from './codec-file.ts'
import { discriminant, flatValues, lift, memoryAt, payload, type FlatValue } from './lift.ts'
import { lowerFlat, type Lowering } from './lower.ts'
import { statement, type FunctionScope } from './lower-parts.ts'
import type { ExportModel, ExportResultModel, LiftModel, LowerModel } from './model.ts'
import { constantPath, memberAccess, quote } from './path-text.ts'
import { store } from './store.ts'
import { tsLoweredType, tsType } from './ts-type.ts'
import { declaration } from './type-key.ts'

const NOTHING: LiftModel = { partial: 'lift/expression', text: 'undefined' }
const LETTERS: Readonly<Record<FlatValue['type'], string>> = { i32: 'i', i64: 'l', f32: 'f', f64: 'd' }
const numberOf = (core: string): string => (core === 'i64' ? 'bigint' : 'number')

/** Where the code that calls a function stands: in the class of an interface, or in that of a resource. */
export type ExportStyle = 'interface' | 'method' | 'static'

/** Makes the part of the method from the core call on, whose result type is its maker's to say; `names` are its locals. */
export type ResultMaker = (
  func: Func,
  core: FlatValue['type'],
  indirect: boolean,
  post: string,
  scoped: boolean,
  file: CodecFile,
  names: Names,
) => ExportResultModel

/**
 * The method that calls one exported function: lowers the arguments, calls, lifts the result, post-returns.
 *
 * @param member its name in the class
 * @param fields the names of core functions that are taken in the object that holds them
 * @param coreName the type of that object, for functions of resources
 */
export function exportFunction(
  func: Func,
  member: string,
  face: Face,
  style: ExportStyle,
  file: CodecFile,
  fields: Names = new Names(),
  coreName = '',
  className = '',
  makeResult: ResultMaker = exportResult,
): ExportModel {
  const names = file.locals()
  const all = func.params.map((p) => ({ ...p, local: localName(names, p.name) }))
  const params = style === 'method' ? all.slice(1) : all
  const scope: FunctionScope = { file, names, typed: new Set(params.map((p) => p.local)) }
  const full = quote(`${face.prefix}${func.name}`)
  const core = flattenFunc(func, 'lift')
  const field = fields.claim(style === 'interface' && func.kind.kind === 'freestanding' ? camelCase(func.name) : member)
  const receiver = style === 'interface' ? 'this.#' : 'core.'
  const self: readonly LowerModel[] =
    style === 'method' ? [statement(`const self = ${file.use('lowerSelf')}(cx, handle)`)] : []
  const lowering = core.indirectParams ? lowerBlock(all, scope, style) : lowerParams(params, scope)
  const steps = [...self, ...lowering.steps]
  const lowers = steps.length > 0
  const args = [...(style === 'method' && !core.indirectParams ? ['self'] : []), ...lowering.flat.map((v) => v.text)]
  for (const helper of ['failed', lowers ? 'enter' : 'enterRunning']) file.use(helper)
  if (lowers) file.use('RUNNING')
  // Also for methods: in a composed guest, another component than the resource's may get a handle of it.
  const scoped = style === 'method' || file.takesBlocks || params.some((p) => hasHandles(p.type))
  if (scoped) file.use('endHandles')
  const outer = outerResult(func)
  const post = core.indirectResult ? fields.claim(`${field}PostReturn`) : ''
  const typed = params.map((p) => ({ name: p.local, type: tsLoweredType(p.type, file.scope) }))
  return {
    head: style === 'static' ? `static ${member}` : member,
    member,
    params: style === 'static' ? [{ name: 'core', type: coreName }, ...typed] : typed,
    forward: `(${typed.map((p) => `${p.name}: ${p.type}`).join(', ')}) => ${className}.${member}(${['core', ...typed.map((p) => p.name)].join(', ')})`,
    resultType:
      makeResult !== exportResult
        ? ''
        : style === 'static' && func.kind.kind === 'constructor'
          ? tsType(constructed(func), file.scope)
          : resultType(func, (t) => tsType(t, file.scope)),
    opening:
      style === 'interface'
        ? ['const cx = this.#cx']
        : style === 'static'
          ? ['const { cx } = core']
          : ['const core = this.#core', 'const handle = this.#handle', 'const { cx } = core'],
    func: full,
    core: {
      field,
      signature: quote(`${letters(core.params)}:${letters(core.results)}`),
      type: `(${core.params.map((type, i) => `p${i}: ${numberOf(type)}`).join(', ')}) => ${core.results[0] === undefined ? 'void' : numberOf(core.results[0])}`,
      key: quote(func.name),
    },
    posts: post === '' ? [] : [{ field: post, key: quote(func.name) }],
    enter: lowers ? 'enter' : 'enterRunning',
    steps,
    lowers,
    scoped,
    payloadType:
      core.indirectResult && outer !== undefined
        ? outer.err === undefined
          ? 'undefined'
          : tsType(outer.err, file.scope)
        : '',
    throws: outer === undefined ? '' : core.indirectResult ? `payload${errorCode(outer.err, file)}` : 'undefined',
    call: `${receiver}${field}(${args.join(', ')})`,
    seated: `dispatch${memberAccess(func.name)}(${['cx.seat', ...args].join(', ')})`,
    result:
      func.kind.kind === 'constructor' && outer === undefined
        ? made(className, scoped, file)
        : makeResult(func, core.results[0] ?? 'i32', core.indirectResult, `${receiver}${post}`, scoped, file, names),
  }
}

/** Core types, a letter each: what `dispatchOf` reads. */
function letters(types: readonly FlatValue['type'][]): string {
  return types.map((type) => LETTERS[type]).join('')
}

/** The result of a constructor that cannot fail: the object is made here, without a search for its class. */
function made(className: string, scoped: boolean, file: CodecFile): ExportResultModel {
  file.use('leave')
  const text = `new ${className}(core, ${file.use('liftHandle')}(cx, core.resource, ret))`
  return { partial: 'export/flat', scoped, annotation: '', value: { partial: 'lift/expression', text }, asIs: false }
}

/** The further argument of `guestError`: the number of the case in `payload`, where the lock file has one. */
function errorCode(err: Type | undefined, file: CodecFile): string {
  const def = err === undefined ? undefined : declaration(err)
  const table = def === undefined ? undefined : file.errorCodes(def)
  if (table === undefined) return ''
  return `, ${table}[payload${def?.type.kind === 'variant' ? '.tag' : ''}]`
}

/** What `new` makes: the resource, also where the constructor may fail. */
function constructed(func: Func): Type {
  const outer = outerResult(func)
  const type = outer === undefined ? func.result : outer.ok
  if (type === undefined) throw new TypeError(`the constructor ${func.name} makes nothing`)
  return type
}

/** The TypeScript result of a function: the ok type where it returns a `result`. */
export function resultType(func: Func, print: (type: NonNullable<Func['result']>) => string): string {
  const outer = outerResult(func)
  const type = outer === undefined ? func.result : outer.ok
  return type === undefined ? 'void' : print(type)
}

/** The `result` that a function returns outermost: its err is thrown. */
export function outerResult(func: Func): TypeOf<'result'> | undefined {
  if (func.result === undefined) return undefined
  const t = dealias(func.result)
  return t.kind === 'result' ? t : undefined
}

interface LocalParam {
  readonly name: string
  readonly type: Func['params'][number]['type']
  readonly local: string
}

function lowerParams(params: readonly LocalParam[], scope: FunctionScope): Lowering {
  const all = params.map((p) => lowerFlat(p.type, p.local, constantPath(camelCase(p.name)), scope))
  return { steps: all.flatMap((l) => l.steps), flat: all.flatMap((l) => l.flat) }
}

/** More than 16 core parameters travel in one block. Spec: `lower_flat_values`, `MAX_FLAT_PARAMS`. */
function lowerBlock(params: readonly LocalParam[], scope: FunctionScope, style: ExportStyle): Lowering {
  const { offsets, size, align } = recordLayout(params)
  const args = scope.names.claim('args')
  const allocated = statement(`const ${args} = ${scope.file.use('allocate')}(cx, 'arguments', ${size}, ${align})`)
  const steps = params.flatMap((p, i) =>
    i === 0 && style === 'method'
      ? [statement(`${scope.file.use('storeU32')}(cx, ${args}, self)`)]
      : store(p.type, p.local, args, offsets[i] ?? 0, constantPath(camelCase(p.name)), scope),
  )
  return { steps: [allocated, ...steps], flat: [{ text: args, type: 'i32' }] }
}

function exportResult(
  func: Func,
  core: FlatValue['type'],
  indirect: boolean,
  post: string,
  scoped: boolean,
  file: CodecFile,
): ExportResultModel {
  const { result } = func
  if (!indirect) file.use('leave')
  if (result === undefined) return { partial: 'export/none', scoped }
  const outer = outerResult(func)
  const source = indirect ? memoryAt('ret') : flatValues([{ text: 'ret', type: core }])
  if (indirect) for (const helper of ['block', 'beginPostReturn', 'endPostReturn']) file.use(helper)
  if (outer === undefined) {
    const value = lift(result, source, file)
    return indirect
      ? {
          partial: 'export/indirect',
          scoped,
          size: elemSize(result),
          align: alignment(result),
          post,
          annotation: annotation(value, result, file),
          value,
        }
      : { partial: 'export/flat', scoped, annotation: annotation(value, result, file), value, asIs: isCoreValue(value) }
  }
  file.use('guestError')
  const test = `${file.use('isErr')}(cx, ${discriminant(2, source, file)})`
  if (!indirect) return { partial: 'export/flat-result', test, scoped }
  const ok = outer.ok === undefined ? NOTHING : lift(outer.ok, payload(result, outer.ok, source, file), file)
  return {
    partial: 'export/indirect-result',
    scoped,
    size: elemSize(result),
    align: alignment(result),
    post,
    returns: outer.ok !== undefined,
    annotation: outer.ok === undefined ? '' : annotation(ok, outer.ok, file),
    ok,
    err: outer.err === undefined ? NOTHING : lift(outer.err, payload(result, outer.err, source, file), file),
    test,
  }
}

/** Whether nothing is to be done to the core value. */
function isCoreValue(value: LiftModel): boolean {
  return value.partial === 'lift/expression' && value.text === 'ret'
}

/** `: T` for a literal, whose type TypeScript would widen; calls of codecs have theirs. */
function annotation(value: LiftModel, type: Type, file: CodecFile): string {
  return value.partial === 'lift/expression' ? '' : `: ${tsType(type, file.scope)}`
}
