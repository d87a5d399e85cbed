import Handlebars from 'handlebars'

/** How deep blocks may be nested before a template is logic. */
const maxDepth = 3

/**
 * Holds a template to what templates may be: text with holes. Allowed are `each … as |x|`, `if`, `lookup` and partials with an
 * explicit context; not allowed are helpers, data variables (`@root`, `@index`), the context of a surrounding block (`../`), deep
 * nesting, and partials that do not exist.
 *
 * @param name path below `templates` without the extension
 * @param exists whether there is a template of a name
 */
export function checkTemplate(name: string, text: string, exists: (name: string) => boolean): readonly string[] {
  const linter = new Linter(name, exists)
  linter.accept(Handlebars.parse(text))
  return linter.found
}

class Linter extends Handlebars.Visitor {
  readonly found: string[] = []
  readonly #name: string
  readonly #exists: (name: string) => boolean
  #depth = 0

  constructor(name: string, exists: (name: string) => boolean) {
    super()
    this.#name = name
    this.#exists = exists
  }

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    const helper = block.path.original
    if (helper !== 'each' && helper !== 'if') this.#report(block, `{{#${helper}}} is not allowed, only each and if`)
    if (helper === 'each' && block.program.blockParams?.length !== 1) this.#report(block, '{{#each}} needs `as |x|`')
    if (block.params.length !== 1 || block.hash) this.#report(block, `{{#${helper}}} takes exactly one value`)
    // `else if` is a block in the inverse; it is not deeper.
    if (++this.#depth > maxDepth) this.#report(block, `blocks are nested deeper than ${maxDepth}`)
    for (const param of block.params) this.#value(param)
    this.accept(block.program)
    this.#depth--
    if (block.inverse) this.accept(block.inverse)
  }

  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    if (mustache.params.length > 0 || mustache.hash) {
      this.#report(mustache, `{{${this.#text(mustache.path)} …}} calls a helper`)
    }
    if (!mustache.escaped) this.#report(mustache, '{{{ is not needed: nothing is escaped')
    this.#value(mustache.path)
  }

  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    if (partial.params.length !== 1) this.#report(partial, 'a partial needs its context')
    if (partial.hash) this.#report(partial, 'a partial takes no named values')
    if (partial.name.type === 'SubExpression') this.#value(partial.name)
    else if (!this.#exists(this.#text(partial.name))) {
      this.#report(partial, `there is no template ${this.#text(partial.name)}`)
    }
    for (const param of partial.params) this.#value(param)
  }

  override PartialBlockStatement(block: hbs.AST.PartialBlockStatement): void {
    this.#report(block, '{{#> }} is not allowed')
  }

  override Decorator(decorator: hbs.AST.Decorator): void {
    this.#report(decorator, 'decorators are not allowed')
  }

  override DecoratorBlock(block: hbs.AST.DecoratorBlock): void {
    this.#report(block, 'decorators are not allowed')
  }

  /** A place where a value stands: a path, a literal, or `(lookup x "y")`. */
  #value(node: hbs.AST.Node): void {
    if (isPath(node)) {
      if (node.data) this.#report(node, `@${node.parts.join('.')} is not allowed`)
      if (node.depth > 0) this.#report(node, `${node.original} leaves its context`)
    } else if (isSubExpression(node)) {
      const helper = this.#text(node.path)
      if (helper !== 'lookup' || node.hash) this.#report(node, `(${helper} …) calls a helper`)
      for (const param of node.params) this.#value(param)
    }
  }

  #text(node: hbs.AST.Node): string {
    return 'original' in node ? String(node.original) : node.type
  }

  #report(node: hbs.AST.Node, message: string): void {
    this.found.push(`templates/${this.#name}.hbs:${node.loc.start.line}: ${message}`)
  }
}

function isPath(node: hbs.AST.Node): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression'
}

function isSubExpression(node: hbs.AST.Node): node is hbs.AST.SubExpression {
  return node.type === 'SubExpression'
}
