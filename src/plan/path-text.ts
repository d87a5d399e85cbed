/** The TypeScript of a `Path`: constant where the place is known when code is generated, else an expression. */
export type PathText =
  | { readonly kind: 'constant'; readonly text: string }
  /** `parent` is a path that is at hand already, without what leads on to this one. */
  | { readonly kind: 'expression'; readonly text: string; readonly parent: string }

/** A path that is known when code is generated. */
export const constantPath = (text: string): PathText => ({ kind: 'constant', text })
/** A path that a variable of the generated code holds. */
export const pathVariable = (name: string): PathText => ({ kind: 'expression', text: name, parent: name })

/** The path of a member by its WIT name, or of an element by its index. */
export function below(path: PathText, key: string | number, use: (helper: 'field') => string): PathText {
  if (path.kind === 'constant')
    return constantPath(typeof key === 'number' ? `${path.text}[${key}]` : `${path.text}.${key}`)
  return {
    kind: 'expression',
    text: `${use('field')}(${path.text}, ${typeof key === 'number' ? key : quote(key)})`,
    parent: path.text,
  }
}

/** The expression that gives the path. */
export function pathExpression(path: PathText): string {
  return path.kind === 'constant' ? quote(path.text) : path.text
}

/** The nearest path that costs nothing: for errors that name the argument well enough by it. */
export function nearbyPath(path: PathText): string {
  return path.kind === 'constant' ? quote(path.text) : path.parent
}

/** A string literal. */
export function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** The member of an object that has a WIT name: `.echo`, `['echo-point']`. */
export function memberAccess(wit: string): string {
  return /^[a-z][a-z\d]*$/u.test(wit) ? `.${wit}` : `[${quote(wit)}]`
}
