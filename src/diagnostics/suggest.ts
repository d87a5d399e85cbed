import { distance } from '../ir/distance.ts'

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
