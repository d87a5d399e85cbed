import type { LinkPlan } from '../component/link-plan.ts'
import type { DiagnosticCode } from '../diagnostics/codes.ts'
import { DiagnosticError, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { readGuest } from '../input/read-guest.ts'
import { dealias, type Param, type Span, type Type } from '../ir/index.ts'
import { compile } from '../runtime/compile.ts'
import { worldOfPlan } from '../runtime/dynamic/faces-of-plan.ts'
import { instantiate } from '../runtime/dynamic/instantiate.ts'
import { GuestError, WasmError } from '../runtime/errors.ts'
import type { WasiOptions } from '../runtime/wasi/options.ts'
import { flagFor } from '../run/flag-for.ts'
import { formatValue, parseArguments, WaveError } from '../wave/index.ts'
import { shownPath } from '../wit/read.ts'
import type { CallTrace } from './call-trace.ts'
import { importedFunc, standIns } from './stand-ins.ts'
import { stackText } from './stack-text.ts'
import { findFunction, pathOf, type ExportedFunc } from './find-function.ts'

/** What a call gave: its result in WAVE, and whether that is an `err`. */
export interface CallResult {
  readonly text: string
  readonly isErr: boolean
}

/** What looks on while a call runs. */
export interface Observer {
  /** Is told of the calls of exports and imports. */
  readonly trace?: CallTrace | undefined
  /** The component has been instantiated, its function is called next; the place to stop at for a debugger. */
  readonly beforeCall?: ((guest: LinkPlan) => void) | undefined
}

type AnyFunction = (...args: unknown[]) => unknown
type Members = Readonly<Record<string, AnyFunction>>

/**
 * Calls one exported function of a component. Of its imports, those of WASI 0.2 are served; those of others without a result
 * are told of, calling another ends the call.
 *
 * @param guest the component's path
 * @param call `[ns:pkg/iface[@version]#]func(args)`, the arguments in WAVE
 * @param onImport is told of each call of an import, in the same form
 * @param wasi what the component is granted of WASI
 * @param observer what looks on
 * @throws DiagnosticError `CMP3001` for a call that cannot be read, `CMP3002` for an unknown or ambiguous function, `CMP3003`
 * for a function of a resource, `CMP3004` for an error of the guest or the runtime
 */
export async function call(
  guest: string,
  call: string,
  onImport: (text: string) => void,
  wasi: WasiOptions = {},
  { trace, beforeCall }: Observer = {},
): Promise<CallResult> {
  const { plan, found, args } = readCall(guest, call)
  const { func } = found
  trace?.describe((id, name) => importedFunc(plan, id === '$root' ? '' : id, name))
  try {
    const instance = instantiate<Readonly<Record<string, unknown>>>(await compile(guest), {
      imports: standIns(plan, trace === undefined ? onImport : () => {}),
      hooks: trace,
      wasi,
    })
    try {
      const member = memberOf(plan, found)
      const object = (found.id === '' ? instance.exports : instance.exports[found.id]) as Members
      trace?.entering(func.params.map((p, i) => formatValue(args[i], p.type)).join(', '))
      beforeCall?.(plan)
      const result = resultOf(func.result, () => object[member]?.(...args))
      trace?.returned(result.text)
      return result
    } finally {
      instance.dispose()
    }
  } catch (error) {
    if (!(error instanceof WasmError)) throw error
    throw refused(
      'CMP3004',
      error.message + stackText(error.frames, guest),
      undefined,
      flagFor(error),
      shownPath(guest),
    )
  }
}

/** A call as it was written, read with the types of the component. */
interface ReadCall {
  readonly plan: LinkPlan
  readonly found: ExportedFunc
  readonly args: readonly unknown[]
}

/**
 * Reads a call without making it, and nothing of the guest runs.
 *
 * @throws DiagnosticError as `call` does, save for `CMP3004`
 */
export function readCall(guest: string, call: string): ReadCall {
  const plan = readGuest(guest)
  const open = call.indexOf('(')
  if (open < 0) throw refused('CMP3001', 'expected a call, as in `func(1, "text")`', spanIn(call, 0, call.length))
  const found = select(plan, call.slice(0, open).trim(), spanIn(call, 0, open))
  if (found.func.kind.kind !== 'freestanding') {
    const message = `${pathOf(found)} works on resources, which cannot be written as text`
    throw refused('CMP3003', message, spanIn(call, 0, open))
  }
  return { plan, found, args: readArguments(call, open, found.func.params) }
}

function resultOf(type: Type | undefined, run: () => unknown): CallResult {
  const t = type && dealias(type)
  const outcome = (value: unknown, isErr: boolean): CallResult => ({
    text: type === undefined ? '()' : formatValue(value, type),
    isErr,
  })
  try {
    const value = run()
    return outcome(t?.kind === 'result' ? { tag: 'ok', val: value } : value, false)
  } catch (error) {
    if (error instanceof GuestError) return outcome({ tag: 'err', val: error.payload }, true)
    throw error
  }
}

function select(plan: LinkPlan, path: string, span: Span): ExportedFunc {
  const { candidates, near } = findFunction(plan, path)
  const [found] = candidates
  if (found !== undefined && candidates.length === 1) return found
  const listed = (funcs: readonly ExportedFunc[]): string => funcs.map((f) => `\`${pathOf(f)}\``).join(', ')
  if (found !== undefined) {
    throw refused(
      'CMP3002',
      `the component exports several functions \`${path}\``,
      span,
      `say which: ${listed(candidates)}`,
    )
  }
  const suggestion = near.length === 0 ? undefined : `it exports ${listed(near)}`
  throw refused('CMP3002', `the component exports no function \`${path}\``, span, suggestion)
}

function readArguments(call: string, open: number, params: readonly Param[]): unknown[] {
  try {
    return parseArguments(call, open, params)
  } catch (error) {
    if (!(error instanceof WaveError)) throw error
    throw refused('CMP3001', error.message, spanIn(call, error.start, error.end))
  }
}

/** The member of the exports object that stands for a function. */
function memberOf(plan: LinkPlan, { id, name }: ExportedFunc): string {
  for (const face of worldOfPlan(plan).exports.keys()) {
    const member = face.id === id ? face.functions[name]?.member : undefined
    if (member !== undefined) return member
  }
  throw new TypeError(`no member for ${name}`)
}

/** A place in the call, as diagnostics show it. */
function spanIn(call: string, start: number, end: number): Span {
  return { file: { path: 'call', text: call }, start, end }
}

function refused(
  code: DiagnosticCode,
  message: string,
  span: Span | undefined,
  suggestion?: string,
  file?: string,
): DiagnosticError {
  const diagnostic: Diagnostic = { code, severity: 'error', message, span, file, suggestion }
  return new DiagnosticError([diagnostic])
}
