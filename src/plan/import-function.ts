import { alignment, elemSize, flattenFunc, flattenType, holdsSpan, recordLayout } from '../abi/index.ts'
import { dealias, type Func, type Type } from '../ir/index.ts'
import { pascalCase, type Names } from './case.ts'
import type { Face } from './face.ts'
import { movesHandles } from './handles.ts'
import { outerResult } from './export-function.ts'
import { localName, type CodecFile } from './codec-file.ts'
import { flatValues, lift, memoryAt, type FlatValue } from './lift.ts'
import { lowerFlat } from './lower.ts'
import { statement, type FunctionScope } from './lower-parts.ts'
import type { ImportFunctionModel, ImportResultModel, LiftModel, LowerModel } from './model.ts'
import { constantPath, quote } from './path-text.ts'
import { payloadAt, store } from './store.ts'
import { tsType } from './ts-type.ts'

const numberOf = (core: string): string => (core === 'i64' ? 'bigint' : 'number')

/** Kinds whose lowering can neither run user code nor call realloc: the state need not change. */
const SIMPLE = new Set(['bool', 's8', 'u8', 's16', 'u16', 's32', 'u32', 's64', 'u64', 'f32', 'f64', 'char', 'enum'])

/** The core function that the guest calls for one imported function: lifts the parameters, calls the host, lowers the result. */
export function importFunction(
  func: Func,
  member: string,
  face: Face,
  signature: string,
  host: () => string,
  codecs: CodecFile,
): ImportFunctionModel {
  const file = codecs.as('imported')
  const names = codecs.locals()
  const scope: FunctionScope = { file, names, typed: new Set() }
  const core = flattenFunc(func, 'lower')
  const blocks: string[] = []
  const values: FlatValue[] = []
  const params: string[] = []
  const lifted: LiftModel[] = []
  for (const helper of ['enterImport', 'hostFailed']) file.use(helper)

  if (core.indirectParams) {
    const { offsets, size, align } = recordLayout(func.params)
    params.push('argsPtr: number')
    blocks.push(`const args = ${file.use('block')}(cx, argsPtr, ${size}, ${align})`)
    func.params.forEach((p, i) => lifted.push(lift(p.type, memoryAt('args', offsets[i]), file)))
  } else {
    for (const p of func.params) {
      const types = flattenType(p.type)
      const local = localName(names, p.name)
      const flat = types.map((type, i) => ({ text: flatName(p.type, local, i, names), type }))
      values.push(...flat)
      lifted.push(lift(p.type, flatValues(flat), file))
    }
    params.push(...values.map((v) => `${v.text}: ${numberOf(v.type)}`))
  }
  if (core.indirectResult && func.result !== undefined) {
    params.push('retPtr: number')
    blocks.push(`const ret = ${file.use('block')}(cx, retPtr, ${elemSize(func.result)}, ${alignment(func.result)})`)
  }
  const scoped = movesHandles(func)
  if (scoped) file.use('endScope')
  const readsMemory = !core.indirectParams && func.params.some((p) => holdsSpan(p.type))
  const freshens = readsMemory && !core.indirectResult
  if (freshens) file.use('freshen')
  const receiver = receiverOf(func, member, host, lifted, file)
  return {
    key: quote(func.name),
    signature: quote(signature),
    member: quote(member),
    func: quote(`${face.prefix}${func.name}`),
    invoke: receiver.invoke,
    host: receiver.host,
    params: params.join(', '),
    result: core.results[0] === undefined ? 'void' : numberOf(core.results[0]),
    freshen: freshens,
    blocks,
    callee: receiver.callee,
    args: receiver.args,
    scoped,
    body: importResult(func, core.indirectResult, scope),
  }
}

function importResult(func: Func, indirect: boolean, scope: FunctionScope): ImportResultModel {
  const { file } = scope
  const { result } = func
  if (result === undefined) {
    file.use('returnedNothing')
    return { partial: 'import/none' }
  }
  const outer = outerResult(func)
  const returned = returnedBy(outer === undefined ? result : outer.ok, file)
  if (outer === undefined) {
    if (!indirect) {
      const { steps, flat } = lowerFlat(result, 'result', constantPath('result'), scope)
      return { partial: 'import/flat', returned, steps: guarded(result, steps, file), value: flat[0]?.text ?? '' }
    }
    return {
      partial: 'import/indirect',
      returned,
      steps: guarded(result, store(result, 'result', 'ret', 0, constantPath('result'), scope), file),
    }
  }
  file.use('errPayload')
  const offset = payloadAt(result)
  const arm = (tag: number, type: Type | undefined, value: string, path: string): readonly LowerModel[] => {
    const tagged = indirect ? [statement(`${file.use('storeU8')}(cx, ret, ${tag})`)] : []
    if (type === undefined) return tagged
    return [...tagged, ...guarded(type, store(type, value, 'ret', offset, constantPath(path), scope), file)]
  }
  return {
    partial: 'import/result',
    returned,
    returnsValue: outer.ok !== undefined,
    takesPayload: outer.err !== undefined,
    ok: arm(0, outer.ok, 'result', 'result'),
    err: arm(1, outer.err, 'payload', 'payload'),
    flat: !indirect,
  }
}

/**
 * The helper that what the host function returns goes through before it is lowered, so that no Promise is taken for a value;
 * empty for what no object can be taken for.
 */
function returnedBy(type: Type | undefined, file: CodecFile): string {
  if (type === undefined) return file.use('returnedNothing')
  return SIMPLE.has(dealias(type).kind) ? '' : file.use('returnedValue')
}

/** While a result is lowered, the guest may not call imports and user code may not enter. */
function guarded(type: Type, steps: readonly LowerModel[], file: CodecFile): readonly LowerModel[] {
  if (SIMPLE.has(dealias(type).kind)) return steps
  file.use('LOWERING')
  file.use('RUNNING')
  return [statement('cx.state = LOWERING'), ...steps, statement('cx.state = RUNNING')]
}

/** What the `i`-th core value of a parameter is called: pointer and length, or by number. */
function flatName(type: Type, local: string, i: number, names: Names): string {
  const { kind } = dealias(type)
  if (flattenType(type).length === 1) return local
  if (kind === 'string' || kind === 'list' || kind === 'map') return names.claim(`${local}${i === 0 ? 'Ptr' : 'Len'}`)
  return names.claim(`${local}${i}`)
}

/** What the import calls: a function of the host's object, or what calls a method or a class and hooks can swap. */
function receiverOf(
  func: Func,
  member: string,
  host: () => string,
  lifted: readonly LiftModel[],
  file: CodecFile,
): { invoke: string; host: string; callee: string; args: readonly LiftModel[] } {
  const { kind } = func
  if (kind.kind === 'freestanding') return { invoke: '', host: host(), callee: `host.${member}`, args: lifted }
  const names = file.locals()
  const typed = func.params.map((p) => ({ local: localName(names, p.name), type: tsType(p.type, file.scope) }))
  const isMethod = kind.kind === 'method'
  const params = isMethod ? typed.slice(1) : typed
  const Class = pascalCase(kind.resource.name)
  const self = isMethod ? `self: ${typed[0]?.type ?? 'never'}` : `Class: ${host()}['${Class}']`
  const list = [self, ...params.map((p) => `${p.local}: ${p.type}`)].join(', ')
  const call = isMethod ? `self.${member}` : kind.kind === 'static' ? `Class.${member}` : 'new Class'
  const slot = `{ readonly ${quote(func.name)}: (${list}) => unknown }`
  return {
    invoke: `(${list}) => ${call}(${params.map((p) => p.local).join(', ')})`,
    host: isMethod ? slot : `${host()} & ${slot}`,
    callee: `host[${quote(func.name)}]`,
    args: isMethod ? lifted : [{ partial: 'lift/expression', text: `host.${Class}` }, ...lifted],
  }
}
