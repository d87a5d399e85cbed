// Our own: the package `semver` keeps numbers as doubles and refuses those above 2^53, which WIT allows up to 64 bits.

const number = '(?:0|[1-9][0-9]*)'
const identifier = '[0-9A-Za-z-]+'
const pre = `(?:${number}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)`
const pattern = new RegExp(
  `^(${number})\\.(${number})\\.(${number})(?:-(${pre}(?:\\.${pre})*))?(?:\\+(${identifier}(?:\\.${identifier})*))?$`,
)
const largest = 2n ** 64n - 1n

/** Whether a text is a semantic version (semver.org 2.0.0; the three numbers fit in 64 bits). */
export function isVersion(text: string): boolean {
  const match = pattern.exec(text)
  return match !== null && [1, 2, 3].every((i) => BigInt(match[i] ?? '') <= largest)
}

function compareIdentifiers(a: string | undefined, b: string | undefined): number {
  const [x, y] = [a?.split('.') ?? [], b?.split('.') ?? []]
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const [p, q] = [x[i] ?? '', y[i] ?? '']
    if (p === q) continue
    const numeric = [/^[0-9]+$/.test(p), /^[0-9]+$/.test(q)]
    if (numeric[0] && numeric[1] && BigInt(p) !== BigInt(q)) return BigInt(p) < BigInt(q) ? -1 : 1
    if (numeric[0] !== numeric[1]) return numeric[0] ? -1 : 1
    return p < q ? -1 : 1
  }
  return x.length - y.length
}

/** Orders two semantic versions; build metadata decides last, so that equal means the same text. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [pattern.exec(a), pattern.exec(b)]
  for (const i of [1, 2, 3]) {
    const [p, q] = [BigInt(x?.[i] ?? 0), BigInt(y?.[i] ?? 0)]
    if (p !== q) return p < q ? -1 : 1
  }
  const [p, q] = [x?.[4], y?.[4]]
  if ((p === undefined) !== (q === undefined)) return p === undefined ? 1 : -1
  return compareIdentifiers(p, q) || compareIdentifiers(x?.[5], y?.[5])
}
