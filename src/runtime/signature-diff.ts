/** How much of a long signature is shown on each side of the first difference. */
const CONTEXT = 60

/**
 * Two texts under each other with a caret at the first difference; long ones are cut around it.
 *
 * ```text
 *     expected  func(samples: list<f64>) -> u32
 *     found     func(samples: list<f32>) -> u32
 *                                  ^
 * ```
 */
export function signatureDiff(expected: string, found: string): string {
  let at = 0
  while (at < expected.length && expected[at] === found[at]) at++
  // The caret points at the beginning of the word that differs: at `f64`, not at its `6`.
  while (at > 0 && /[\w-]/.test(expected[at - 1] ?? '')) at--
  const from = at > CONTEXT + 20 ? at - CONTEXT : 0
  const cut = (text: string): string => {
    const end = text.length > at + CONTEXT + 20 ? at + CONTEXT : text.length
    return `${from > 0 ? '…' : ''}${text.slice(from, end)}${end < text.length ? '…' : ''}`
  }
  const caret = ' '.repeat(at - from + (from > 0 ? 1 : 0))
  return [`    expected  ${cut(expected)}`, `    found     ${cut(found)}`, `              ${caret}^`].join('\n')
}
