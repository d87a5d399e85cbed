/** The TypeScript of a `Path`: constant where the place is known when code is generated, else an expression. */
export type PathText =
  { readonly kind: 'constant'; readonly text: string } | { readonly kind: 'expression'; readonly text: string }

export const constantPath = (text: string): PathText => ({ kind: 'constant', text })
export const pathVariable = (name: string): PathText => ({ kind: 'expression', text: name })

/** The path of a member by its WIT name, or of an element by its index. */
export function below(path: PathText, key: string | number, use: (helper: 'field') => string): PathText {
  if (path.kind === 'constant')
    return constantPath(typeof key === 'number' ? `${path.text}[${key}]` : `${path.text}.${key}`)
  return { kind: 'expression', text: `${use('field')}(${path.text}, ${typeof key === 'number' ? key : quote(key)})` }
}

export function pathExpression(path: PathText): string {
  return path.kind === 'constant' ? quote(path.text) : path.text
}

/** A string literal. */
export function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}
