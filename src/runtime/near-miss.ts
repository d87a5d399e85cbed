import { distance } from '../ir/distance.ts'

/** The one of `given` that was probably meant: the same letters in another case or with other separators. */
export function nearMiss(wanted: string, given: Iterable<string>): string | undefined {
  const letters = lettersOf(wanted)
  for (const name of given) if (name !== wanted && lettersOf(name) === letters) return name
  // Only words that are long enough to be sure.
  if (letters.length < 4) return undefined
  for (const name of given) if (name !== wanted && distance(letters, lettersOf(name)) === 1) return name
  return undefined
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}
