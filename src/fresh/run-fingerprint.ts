import type { Settings } from '../config/settings.ts'
import { lockPath, normalized, readLock } from '../lock/lock-path.ts'
import { entryLine, hash, type ManifestFiles } from '../render/manifest.ts'

/** A lock file as a run leaves it; undefined where there is none. */
export type LockText = readonly [path: string, text: string | undefined]

/**
 * The hash that stands for a run in the manifest: of what went in and what came out. A run that would get the same hash
 * again has nothing to do. Since what came out is part of it, a manifest that a merge has put together fits no run.
 *
 * @param version witgen's own
 * @param inputs what `inputDigest` gives
 * @param locks the lock files of all inputs
 * @param files what the manifest says of the run's files
 */
export function runFingerprint(
  version: string,
  inputs: string,
  locks: readonly LockText[],
  files: ManifestFiles,
): string {
  const lockHashes = locks.map(([, text]) => (text === undefined ? '' : hash(text)))
  const lines = [...files].map(([path, entry]) => entryLine(path, entry)).sort()
  return hash(JSON.stringify([version, inputs, lockHashes, lines]))
}

/** The lock files of all inputs as they are. */
export function locksAtHand({ inputs }: Settings): readonly LockText[] {
  return [...new Set(inputs.map(lockPath))].map((path) => {
    const text = readLock(path)
    return [path, text === undefined ? undefined : normalized(text)]
  })
}
