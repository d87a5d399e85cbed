/** The one of `given` that was probably meant: the same letters in another case or with other separators. */
export function nearMiss(wanted: string, given: Iterable<string>): string | undefined {
  const letters = lettersOf(wanted)
  for (const name of given) if (name !== wanted && lettersOf(name) === letters) return name
  for (const name of given) if (name !== wanted && oneEditApart(letters, lettersOf(name))) return name
  return undefined
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** Whether one letter more, less or different (or two swapped) makes `b` of `a`; only for words long enough to be sure. */
function oneEditApart(a: string, b: string): boolean {
  if (a.length < 4 || Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  const restA = a.slice(start)
  const restB = b.slice(start)
  if (restA.slice(1) === restB || restA === restB.slice(1) || restA.slice(1) === restB.slice(1)) return true
  return restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0]
}
