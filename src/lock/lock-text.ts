import { DiagnosticError, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { SourceFile } from '../ir/index.ts'

/** The numbers of error cases by `ns:pkg/iface#type.case`. */
export type Numbers = ReadonlyMap<string, number>

/** The text of a lock file: one case a line, sorted by code units. */
export function lockText(numbers: Numbers): string {
  const keys = [...numbers.keys()].sort()
  const lines = keys.map((key) => `  ${JSON.stringify(key)}: ${numbers.get(key)}`)
  return `{\n${lines.join(',\n')}\n}\n`
}

/** `ns:pkg/iface#type` of a key. */
export function typeOfKey(key: string): string {
  return key.slice(0, key.lastIndexOf('.'))
}

/**
 * Reads the text of a lock file.
 *
 * @throws DiagnosticError where it is no lock file, or a number stands for two cases of a type: nothing can be numbered
 * then without giving a number a second meaning
 */
export function parseLock(file: SourceFile): Numbers {
  let data: unknown
  try {
    data = JSON.parse(file.text)
  } catch {
    throw new DiagnosticError([problem(file, undefined, 'the lock file is not JSON')])
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw new DiagnosticError([problem(file, undefined, 'expected an object with the numbers of error cases')])
  }
  const numbers = new Map<string, number>()
  const taken = new Map<string, string>()
  const problems: Diagnostic[] = []
  for (const [key, value] of Object.entries(data)) {
    const type = typeOfKey(key)
    if (!/^[^#]+:[^#]+#[^#.]+\.[^#.]+$/u.test(key)) {
      problems.push(problem(file, key, `expected a key like \`ns:pkg/iface#type.case\`, got \`${key}\``))
    } else if (!Number.isSafeInteger(value) || value < 1) {
      problems.push(problem(file, key, `expected a whole number from 1 for \`${key}\`, got ${JSON.stringify(value)}`))
    } else {
      const other = taken.get(`${type} ${value}`)
      if (other === undefined) {
        numbers.set(key, value as number)
        taken.set(`${type} ${value}`, key)
      } else {
        const text = `\`${key}\` has the number ${value}, which \`${other}\` has already`
        problems.push({ ...problem(file, key, text), suggestion: DUPLICATE })
      }
    }
  }
  if (problems.length > 0) throw new DiagnosticError(problems)
  return numbers
}

const DUPLICATE = 'of two cases that came in on two branches, delete the newer one: it gets the next free number'

function problem(file: SourceFile, key: string | undefined, message: string): Diagnostic {
  const quoted = JSON.stringify(key ?? '')
  const start = key === undefined ? -1 : file.text.indexOf(quoted)
  return {
    code: 'GEN0005',
    severity: 'error',
    message,
    span: start < 0 ? undefined : { file, start, end: start + quoted.length },
    file: file.path,
    suggestion: 'restore the file from version control',
  }
}
