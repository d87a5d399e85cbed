import { splitVersion, versionTrack } from '../versions.ts'

/**
 * Whether the bridge takes an import upon itself: everything of WASI 0.2, to serve or to deny it, and the logging interface,
 * which has no release yet.
 *
 * @param item the import's name
 */
export function servesWasi(item: string): boolean {
  const { base, version } = splitVersion(item)
  if (base === 'wasi:logging/logging') return true
  return base.startsWith('wasi:') && versionTrack(version) === '0.2'
}
