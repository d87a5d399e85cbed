/** An extern name in its parts: `ns:pkg/iface@1.2.3` → base `ns:pkg/iface`, version `1.2.3`. */
export interface VersionedName {
  readonly base: string
  readonly version: string | undefined
}

/** The parts of an extern name. */
export function splitVersion(id: string): VersionedName {
  const at = id.indexOf('@')
  return at < 0 ? { base: id, version: undefined } : { base: id.slice(0, at), version: id.slice(at + 1) }
}

/**
 * The versions that may stand for each other: `1` for 1.x.y, `0.2` for 0.2.x, `0.0.3` for itself alone; pre-releases match
 * only themselves, and so does no version at all. (Explainer.md, `canonversion`.)
 */
export function versionTrack(version: string | undefined): string {
  if (version === undefined) return ''
  const release = version.replace(/\+.*$/, '')
  if (release.includes('-')) return release
  const [major = '', minor = '', patch = ''] = release.split('.')
  if (major !== '0') return major
  return minor !== '0' ? `0.${minor}` : `0.0.${patch}`
}

/** Orders versions of one track, the highest first. */
export function newestFirst(a: string | undefined, b: string | undefined): number {
  const [x, y] = [numbers(a), numbers(b)]
  for (const [i, n] of x.entries()) if (n !== y[i]) return (y[i] ?? 0) - n
  return 0
}

function numbers(version: string | undefined): number[] {
  return (version ?? '')
    .replace(/[-+].*$/, '')
    .split('.')
    .map(Number)
}

/** Those of `ids` that may stand for `wanted`: the same name on the same track, the exact one first, then the highest. */
export function matchingIds(wanted: string, ids: Iterable<string>): string[] {
  const { base, version } = splitVersion(wanted)
  const track = versionTrack(version)
  const matching: { readonly id: string; readonly version: string | undefined }[] = []
  for (const id of ids) {
    const other = splitVersion(id)
    if (other.base === base && versionTrack(other.version) === track) matching.push({ id, version: other.version })
  }
  matching.sort((a, b) => Number(b.id === wanted) - Number(a.id === wanted) || newestFirst(a.version, b.version))
  return matching.map((m) => m.id)
}
