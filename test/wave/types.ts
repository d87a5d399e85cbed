import type { Type } from '../../src/ir/index.ts'
import { load } from '../helpers/wit.ts'

/** The type of an alias `t` after some declarations. */
export function typeOf(type: string, declarations = ''): Type {
  const resolve = load(`package test:wave; interface types { ${declarations} type t = ${type}; }`)
  const found = resolve.root.interfaces.get('types')?.types.get('t')
  if (found === undefined) throw new Error(`no type ${type}`)
  return found.type
}

export const DECLARATIONS = `
  record point { x: u32, y-axis: option<s8>, label: option<string> }
  record loose { a: option<u8>, b: option<option<u8>> }
  variant shape { empty, circle(f64), err(string), named(tuple<string, bool>) }
  enum status { ok, not-found, HTTP3 }
  flags perms { read, write, can-exec }
  resource thing {}
`
