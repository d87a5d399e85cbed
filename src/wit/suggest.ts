/** How many edits (insert, delete, replace, swap neighbours) lead from one text to the other. */
function distance(a: string, b: string): number {
  let older: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let best = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (older[j - 2] ?? 0) + 1)
      row.push(best)
    }
    older = previous
    previous = row
  }
  return previous[b.length] ?? 0
}

/** The known name that is most like a wrong one; undefined if none is near. The first of equals wins. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = Math.max(1, Math.floor(name.length / 3)) + 1
  for (const candidate of known) {
    const edits = distance(name.toLowerCase(), candidate.toLowerCase())
    if (edits < least && candidate !== name) {
      best = candidate
      least = edits
    }
  }
  return best
}

/** ``did you mean `x`?``, or undefined. */
export function didYouMean(name: string, known: Iterable<string>): string | undefined {
  const best = nearest(name, known)
  return best === undefined ? undefined : `did you mean \`${best}\`?`
}
