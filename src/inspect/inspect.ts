import { readInput, type ReadInputOptions } from '../input/read-input.ts'
import { resolveToJson } from '../wit/to-json.ts'
import { resolveToWit } from '../wit/to-wit.ts'
import { summary } from './summary.ts'

/** A summary for people, the JSON of `wasm-tools component wit --json`, or WIT text. */
export type InspectFormat = 'summary' | 'json' | 'wit'

/**
 * What is in a WIT folder, a component, or whatever else `readInput` takes, as one text that ends with a line break.
 *
 * @throws DiagnosticError with everything that is wrong in the input
 */
export function inspect(path: string, format: InspectFormat, options: ReadInputOptions): string {
  const { resolve } = readInput(path, options)
  switch (format) {
    case 'json':
      return `${JSON.stringify(resolveToJson(resolve), null, 2)}\n`
    case 'wit':
      return resolveToWit(resolve)
    case 'summary':
      return summary(resolve)
  }
}
