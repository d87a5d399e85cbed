import { ts } from 'ts-morph'
import type { HostFunction } from '../plan/host-imports.ts'
import type { HostDeclarationModel, HostFunctionModel } from '../plan/model.ts'
import { format, renderTemplate } from '../render/index.ts'
import { functionModel, NOT_IMPLEMENTED } from './declarations.ts'
import type { FunctionNode } from './implementation.ts'
import type { ModuleScope } from './module-scope.ts'
import type { Style } from './style.ts'

/** Functions that are still to be written, as members of an object or a class: one text each, not indented. */
export async function memberStubs(
  functions: readonly HostFunctionModel[],
  container: 'object' | 'class',
  style: Style,
): Promise<readonly string[]> {
  const texts: string[] = []
  for (const func of functions) {
    const template = container === 'object' ? 'scaffold/object-members' : 'scaffold/class-members'
    const lines = (
      await format(renderTemplate({ template, functions: [{ ...func, comma: container === 'object' }] }), style)
    )
      .trimEnd()
      .split('\n')
      .slice(1, -1)
    const text = lines
      .map((line) => (line.startsWith(style.indent) ? line.slice(style.indent.length) : line))
      .join('\n')
    texts.push(text.trim().replace(/,$/u, ''))
  }
  return texts
}

/** Declarations, one text each. */
export async function declarationStubs(
  declarations: readonly HostDeclarationModel[],
  style: Style,
): Promise<readonly string[]> {
  const texts: string[] = []
  for (const declaration of declarations) {
    const model = { template: 'scaffold/declarations', declarations: [declaration] } as const
    texts.push((await format(renderTemplate(model), style)).trim())
  }
  return texts
}

/** What a function throws that is not written yet; undefined for one that is. */
export function stubMessage(node: FunctionNode): string | undefined {
  if (node.body === undefined || !ts.isBlock(node.body)) return undefined
  const [statement, ...others] = node.body.statements
  if (statement === undefined || others.length > 0 || !ts.isThrowStatement(statement)) return undefined
  const thrown = statement.expression
  const [message] = ts.isNewExpression(thrown) ? (thrown.arguments ?? []) : []
  if (message === undefined || !ts.isStringLiteralLike(message)) return undefined
  return message.text.startsWith(NOT_IMPLEMENTED) ? message.text : undefined
}

/** The code of a stub from its name on, without comments: what takes the place of an older stub. */
export async function stubFromName(
  func: HostFunction,
  name: string | undefined,
  scope: ModuleScope,
  style: Style,
): Promise<string> {
  const model = { ...functionModel(func, scope, name), docs: [], head: '' }
  const [text = ''] = await memberStubs([model], 'class', style)
  return text
}
