import { ts } from 'ts-morph'
import type { FunctionNode } from './implementation.ts'
import type { Source } from './source.ts'
import { takes, typeTextOf } from './type-text.ts'
import type { ModuleScope } from './module-scope.ts'

/** A parameter as it has to be. */
export interface WantedParam {
  /** In WIT, with its type there. */
  readonly wit: { readonly name: string; readonly type: string }
  readonly name: string
  /** The TypeScript as it is compared; see type-text.ts. */
  readonly canonical: string
  /** The TypeScript to write; imports what it names. */
  type(): string
}

export interface ParamsFix {
  readonly changed: boolean
  /** Removed parameters that the function still uses. */
  readonly missed: readonly string[]
  /** Why the parameters were left alone. */
  readonly refused: string | undefined
}

const DONE: ParamsFix = { changed: false, missed: [], refused: undefined }

/**
 * Brings parameters up to date: types, added and removed ones, order. Names that the user gave, and comments, stay.
 *
 * @param before the parameters in WIT when the function was last brought up to date; undefined where nothing says so
 */
export function fixParams(
  node: FunctionNode,
  wanted: readonly WantedParam[],
  before: readonly { readonly name: string; readonly type: string }[] | undefined,
  source: Source,
  scope: ModuleScope,
): ParamsFix {
  const own = node.parameters.filter((p) => p.name.getText(source.node) !== 'this')
  if (own.some((p) => p.dotDotDotToken !== undefined)) {
    const same = before !== undefined && JSON.stringify(before) === JSON.stringify(wanted.map((w) => w.wit))
    return same || before === undefined ? DONE : { ...DONE, refused: 'its parameters are a rest parameter' }
  }
  const plan = before === undefined ? planBlind(own, wanted, source, scope) : planKnown(own, wanted, before)
  if (plan === undefined) return { ...DONE, refused: 'it has more parameters than the WIT' }

  const isTyped = own.length === 0 || own.some((p) => p.type !== undefined)
  const texts = plan.map(({ param, want, retype }) => {
    if (param === undefined)
      return { param, text: isTyped ? `${want.name}: ${want.type()}` : want.name, type: undefined }
    const { type } = param
    const isSame = type === undefined || !retype || typeTextOf(type, source, scope).text === want.canonical
    return { param, text: source.textOf(param), type: isSame ? undefined : { node: type, text: want.type() } }
  })
  const kept = new Set(plan.map((p) => p.param))
  const changed = texts.length !== own.length || texts.some((t, i) => t.param !== own[i] || t.type !== undefined)
  if (!changed) return DONE
  write(node, own, texts, source)
  const gone = own.filter((p) => !kept.has(p))
  const missed = gone.flatMap((p) => (ts.isIdentifier(p.name) && uses(node, p.name.text) ? [p.name.text] : []))
  return { changed, missed, refused: undefined }
}

interface Planned {
  /** The user's parameter that stays; undefined for a new one. */
  readonly param: ts.ParameterDeclaration | undefined
  readonly want: WantedParam
  /** Whether the WIT has another type for it now. */
  readonly retype: boolean
}

/** Follows the WIT's names: the user's parameters stand where those of the earlier WIT stood. */
function planKnown(
  own: readonly ts.ParameterDeclaration[],
  wanted: readonly WantedParam[],
  before: readonly { readonly name: string; readonly type: string }[],
): readonly Planned[] {
  const names = new Set(wanted.map((w) => w.wit.name))
  const plan = wanted.map((want, i) => {
    const named = before.findIndex((b) => b.name === want.wit.name)
    const there = before[i]
    // A parameter of the same type at the same place under another name.
    const renamed = named < 0 && there !== undefined && !names.has(there.name) && there.type === want.wit.type ? i : -1
    const index = named >= 0 ? named : renamed
    return { param: own[index], want, retype: before[index]?.type !== want.wit.type, isNew: index < 0 }
  })
  // Parameters at the end that the user left out stay out.
  const last = plan.findLastIndex((p) => p.isNew || p.param !== undefined)
  return plan.slice(0, last + 1)
}

/** Nothing tells what changed: parameters are taken as they stand, those whose names the WIT does not know are too many. */
function planBlind(
  own: readonly ts.ParameterDeclaration[],
  wanted: readonly WantedParam[],
  source: Source,
  scope: ModuleScope,
): readonly Planned[] | undefined {
  let kept = own.filter((p, i) => i < wanted.length || isOptional(p))
  if (own.filter((p) => !isOptional(p)).length > wanted.length) {
    kept = own.filter((p) => wanted.some((w) => w.name === p.name.getText(source.node)))
    if (kept.length > wanted.length || (kept.length === 0 && wanted.length > 0)) return undefined
  }
  return wanted.slice(0, kept.length).map((want, i) => {
    const param = kept[i]
    const type = param?.type
    return { param, want, retype: type !== undefined && !takes(typeTextOf(type, source, scope), want.canonical) }
  })
}

const isOptional = (p: ts.ParameterDeclaration): boolean => p.initializer !== undefined || p.questionToken !== undefined

interface ParamText {
  readonly param: ts.ParameterDeclaration | undefined
  readonly text: string
  readonly type: { readonly node: ts.TypeNode; readonly text: string } | undefined
}

function write(
  node: FunctionNode,
  own: readonly ts.ParameterDeclaration[],
  texts: readonly ParamText[],
  source: Source,
): void {
  const start = (n: ts.Node): number => n.getStart(source.node)
  const withType = ({ param, text, type }: ParamText): string =>
    param === undefined || type === undefined
      ? text
      : text.slice(0, start(type.node) - start(param)) + type.text + text.slice(type.node.end - start(param))
  const [first] = own
  const last = own.at(-1)
  if (first === undefined || last === undefined) {
    source.insert(node.parameters.pos, texts.map(withType).join(', '))
    return
  }
  const isBare =
    ts.isArrowFunction(node) && source.text[node.getStart(source.node)] !== '(' && start(first) === start(node)
  if (isBare) {
    source.replace(start(first), first.end, `(${texts.map(withType).join(', ')})`)
    return
  }
  for (const [i, text] of texts.entries()) {
    const there = own[i]
    if (there === undefined) continue
    if (text.param !== there) source.replace(start(there), there.end, withType(text))
    else if (text.type !== undefined) source.replace(start(text.type.node), text.type.node.end, text.type.text)
  }
  if (texts.length > own.length) {
    const isList = source.text.slice(node.parameters.pos, start(first)).includes('\n')
    const between = isList ? `,\n${source.indentAt(start(first))}` : ', '
    source.insert(
      last.end,
      texts
        .slice(own.length)
        .map((t) => between + withType(t))
        .join(''),
    )
  }
  if (texts.length < own.length) {
    const before = own[texts.length - 1]
    const end = before === undefined && node.parameters.hasTrailingComma ? node.parameters.end : last.end
    source.replace(before === undefined ? start(first) : before.end, end, '')
  }
}

/** Whether a function's body names something. */
function uses(node: FunctionNode, name: string): boolean {
  const visit = (child: ts.Node): boolean =>
    (ts.isIdentifier(child) && child.text === name && !isMemberName(child)) || ts.forEachChild(child, visit) === true
  return node.body !== undefined && visit(node.body)
}

function isMemberName(name: ts.Identifier): boolean {
  const { parent } = name
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === name) ||
    (ts.isPropertyAssignment(parent) && parent.name === name)
  )
}
