const CONTEXT = 3

/**
 * A unified diff of two texts; empty where they are equal. A carriage return at the end of a line is a part of it.
 *
 * @param from name of the old file, `/dev/null` for none
 */
export function unifiedDiff(from: string, to: string, before: string, after: string): string {
  if (before === after) return ''
  const script = editScript(lines(before), lines(after))
  const changed = script.flatMap((line, i) => (line.mark === ' ' ? [] : [i]))
  const hunks: { start: number; end: number }[] = []
  for (const i of changed) {
    const last = hunks.at(-1)
    if (last !== undefined && i - CONTEXT <= last.end) last.end = i + CONTEXT + 1
    else hunks.push({ start: Math.max(0, i - CONTEXT), end: i + CONTEXT + 1 })
  }
  let text = `--- ${from}\n+++ ${to}\n`
  for (const { start, end } of hunks) {
    const hunk = script.slice(start, end)
    const head = script.slice(0, start)
    const range = (mark: '-' | '+'): string => {
      const count = hunk.filter((l) => l.mark !== other(mark)).length
      const first = head.filter((l) => l.mark !== other(mark)).length + (count === 0 ? 0 : 1)
      return `${mark}${first}${count === 1 ? '' : `,${count}`}`
    }
    text += `@@ ${range('-')} ${range('+')} @@\n`
    for (const { mark, text: line } of hunk) {
      text += line.endsWith('\n') ? mark + line : `${mark}${line}\n\\ No newline at end of file\n`
    }
  }
  return text
}

interface DiffLine {
  readonly mark: ' ' | '-' | '+'
  readonly text: string
}

const other = (mark: '-' | '+'): '-' | '+' => (mark === '-' ? '+' : '-')

function lines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/gu) ?? []
}

/** The shortest way from one list of lines to the other, by the longest common subsequence. */
function editScript(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  let head = 0
  while (head < before.length && before[head] === after[head]) head++
  let tail = 0
  const shorter = Math.min(before.length, after.length) - head
  while (tail < shorter && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  const a = before.slice(head, before.length - tail)
  const b = after.slice(head, after.length - tail)
  // lengths[i * width + j]: the longest common subsequence of a from i and b from j.
  const width = b.length + 1
  const lengths = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const line = (mark: DiffLine['mark'], text: string | undefined): DiffLine => ({ mark, text: text ?? '' })
  const middle: DiffLine[] = []
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      middle.push(line(' ', a[i++]))
      j++
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) middle.push(line('-', a[i++]))
    else middle.push(line('+', b[j++]))
  }
  const equal = (text: string): DiffLine => line(' ', text)
  return [...before.slice(0, head).map(equal), ...middle, ...before.slice(before.length - tail).map(equal)]
}
