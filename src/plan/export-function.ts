import { alignment, elemSize, flattenFunc, recordLayout } from '../abi/index.ts'
import { dealias, type Func, type Type, type TypeOf } from '../ir/index.ts'
import { camelCase } from './case.ts'
import { localName, type CodecFile } from './codec-file.ts'
import { discriminant, flatValues, lift, memoryAt, payload, type FlatValue } from './lift.ts'
import { lowerFlat, statement, type FunctionScope, type Lowering } from './lower.ts'
import type { ExportModel, ExportResultModel, LiftModel } from './model.ts'
import { constantPath, quote } from './path-text.ts'
import { store } from './store.ts'
import { tsLoweredType, tsType } from './ts-type.ts'

const NOTHING: LiftModel = { partial: 'lift/expression', text: 'undefined' }
const numberOf = (core: string): string => (core === 'i64' ? 'bigint' : 'number')

/**
 * The method that calls one exported function: lowers the arguments, calls, lifts the result, post-returns.
 *
 * @param member its name on the exports object
 * @param id what stands before `#` in its full name
 */
export function exportFunction(func: Func, member: string, id: string, file: CodecFile): ExportModel {
  const names = file.locals()
  const params = func.params.map((p) => ({ ...p, local: localName(names, p.name) }))
  const scope: FunctionScope = { file, names, typed: new Set(params.map((p) => p.local)) }
  const full = quote(`${id}#${func.name}`)
  const core = flattenFunc(func, 'lift')
  const field = camelCase(func.name)
  const lowering = core.indirectParams ? lowerBlock(params, scope) : lowerParams(params, scope)
  const lowers = lowering.steps.length > 0
  const call = `this.#${field}(${lowering.flat.map((v) => v.text).join(', ')})`
  for (const helper of ['failed', lowers ? 'enter' : 'enterRunning']) file.use(helper)
  if (lowers) file.use('RUNNING')
  const post = `${field}PostReturn`
  return {
    signature: {
      docs: [],
      name: member,
      params: params.map((p) => ({ name: p.local, type: tsLoweredType(p.type, file.scope) })),
      result: resultType(func, (t) => tsType(t, file.scope)),
    },
    func: full,
    core: {
      field,
      type: `(${core.params.map((type, i) => `p${i}: ${numberOf(type)}`).join(', ')}) => ${core.results[0] === undefined ? 'void' : numberOf(core.results[0])}`,
      key: quote(func.name),
    },
    posts: core.indirectResult ? [{ field: post, key: quote(func.name) }] : [],
    enter: lowers ? 'enter' : 'enterRunning',
    steps: lowering.steps,
    lowers,
    call,
    result: exportResult(func, core.results[0] ?? 'i32', core.indirectResult, post, full, file),
  }
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
function lowerBlock(params: readonly LocalParam[], scope: FunctionScope): Lowering {
  const { offsets, size, align } = recordLayout(params)
  const args = scope.names.claim('args')
  const allocated = statement(`const ${args} = ${scope.file.use('allocate')}(cx, 'arguments', ${size}, ${align})`)
  const steps = params.flatMap((p, i) =>
    store(p.type, p.local, args, offsets[i] ?? 0, constantPath(camelCase(p.name)), scope),
  )
  return { steps: [allocated, ...steps], flat: [{ text: args, type: 'i32' }] }
}

function exportResult(
  func: Func,
  core: FlatValue['type'],
  indirect: boolean,
  post: string,
  full: string,
  file: CodecFile,
): ExportResultModel {
  const { result } = func
  file.use('leave')
  if (result === undefined) return { partial: 'export/none' }
  const outer = outerResult(func)
  const source = indirect ? memoryAt('ret') : flatValues([{ text: 'ret', type: core }])
  if (indirect) for (const helper of ['block', 'beginPostReturn', 'IDLE']) file.use(helper)
  if (outer === undefined) {
    const value = lift(result, source, file)
    return indirect
      ? {
          partial: 'export/indirect',
          size: elemSize(result),
          align: alignment(result),
          post,
          annotation: annotation(value, result, file),
          value,
        }
      : { partial: 'export/flat', annotation: annotation(value, result, file), value }
  }
  file.use('guestError')
  const test = `${file.use('isErr')}(cx, ${discriminant(2, source, file)})`
  if (!indirect) return { partial: 'export/flat-result', func: full, test }
  const ok = outer.ok === undefined ? NOTHING : lift(outer.ok, payload(result, outer.ok, source, file), file)
  return {
    partial: 'export/indirect-result',
    size: elemSize(result),
    align: alignment(result),
    post,
    func: full,
    returns: outer.ok !== undefined,
    annotation: outer.ok === undefined ? '' : annotation(ok, outer.ok, file),
    ok,
    err: outer.err === undefined ? NOTHING : lift(outer.err, payload(result, outer.err, source, file), file),
    test,
  }
}

/** `: T` for a literal, whose type TypeScript would widen; calls of codecs have theirs. */
function annotation(value: LiftModel, type: Type, file: CodecFile): string {
  return value.partial === 'lift/expression' ? '' : `: ${tsType(type, file.scope)}`
}
