import { dealias, type Func, type Type } from '../ir/index.ts'
import { outerResult } from './export-function.ts'
import { tsType, type TypeScope } from './ts-type.ts'
import { witName } from './wit-name.ts'

/** More cases than this are left to the docs of the type. */
const MOST_CASES = 8

/** The `@throws` tags of a function that a guest exports. */
export function exportThrows(func: Func, scope: TypeScope): readonly string[] {
  const what =
    func.params.length > 0 ? '`InvalidParam` for a wrong argument, or what ended the call' : 'what ended the call'
  const other = `@throws \`WasmError\`: ${what}`
  const result = outerResult(func)
  if (result === undefined) return [other]
  return [`@throws \`GuestError<${payloadType(result.err, scope)}>\`${casesOf(result.err)}`, other]
}

/** How an imported function, which the host implements, returns an `err`. */
export function importThrows(func: Func, scope: TypeScope): readonly string[] {
  const result = outerResult(func)
  if (result === undefined) return []
  return [
    `@throws \`{ payload: ${payloadType(result.err, scope)} }\` to return an \`err\`${casesOf(result.err)}`,
    '@throws anything else to end the guest',
  ]
}

function payloadType(err: Type | undefined, scope: TypeScope): string {
  return err === undefined ? 'undefined' : tsType(err, scope)
}

/** `: one of …` for a type that has few cases. */
function casesOf(err: Type | undefined): string {
  const type = err === undefined ? undefined : dealias(err)
  if (type?.kind !== 'variant' && type?.kind !== 'enum') return ''
  if (type.cases.length > MOST_CASES) return `: one of its ${type.cases.length} cases`
  const cases = type.cases.map((c) => {
    const payload = 'type' in c && c.type !== undefined ? `(${witName(c.type)})` : ''
    return `\`${c.name}${payload}\``
  })
  return `: ${cases.join(', ')}`
}
