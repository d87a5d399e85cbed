import { ts } from 'ts-morph'
import type { Member } from './members.ts'

/**
 * Gives a member its new name, and to what refers to it in the same file: `this.old` beside it, `log.old` of a constant `log`.
 *
 * @param isRewritten whether the member's own name is written by somebody else
 */
export function renameMember({ name, node, source }: Member, to: string, isRewritten: boolean): void {
  if (ts.isShorthandPropertyAssignment(node)) {
    source.insert(node.getStart(source.node), `${to}: `)
    return
  }
  const own = node.name
  if (own === undefined) return
  if (!isRewritten) source.replace(own.getStart(source.node), own.end, to)
  const container = node.parent
  const constant = container.parent
  const object = ts.isVariableDeclaration(constant) ? constant.name.getText(source.node) : undefined
  const visit = (child: ts.Node): void => {
    if (ts.isPropertyAccessExpression(child) && child.name.text === name) {
      const { expression } = child
      const isThis = expression.kind === ts.SyntaxKind.ThisKeyword && isInside(child, container)
      const isObject = object !== undefined && ts.isIdentifier(expression) && expression.text === object
      if (isThis || isObject) source.replace(child.name.getStart(source.node), child.name.end, to)
    }
    ts.forEachChild(child, visit)
  }
  visit(source.node)
}

function isInside(node: ts.Node, container: ts.Node): boolean {
  return node.pos >= container.pos && node.end <= container.end
}
