import { join, relative } from 'node:path'
import type { Settings } from '../config/settings.ts'
import { fileText } from '../render/file-text.ts'
import { filesOf, hash, isAsWritten, readManifest } from '../render/manifest.ts'
import { locksAtHand, runFingerprint } from './run-fingerprint.ts'

/**
 * Says whether a run would find nothing to do, without parsing or rendering anything: when the inputs, the options, the lock
 * files, the version and every file of the output are those of the run that the manifest speaks of.
 *
 * @param version witgen's own
 * @param inputs what `inputDigest` gives
 * @returns the files that such a run calls unchanged, in its order and relative to the working folder; undefined where it
 * has to be made
 */
export function unchangedFiles(
  settings: Settings,
  version: string,
  inputs: string | undefined,
): readonly string[] | undefined {
  if (inputs === undefined) return undefined
  const manifest = readManifest(settings.out)
  if (manifest.runs.size === 0 || !isAsWritten(settings.out, manifest)) return undefined
  const locks = locksAtHand(settings)
  for (const [run, fingerprint] of manifest.runs) {
    const files = filesOf(run, manifest.files)
    if (runFingerprint(version, inputs, locks, files) !== fingerprint) continue
    const isThere = [...files].every(([path, { written }]) => {
      const text = fileText(join(settings.out, path))
      return text !== undefined && hash(text) === written
    })
    if (!isThere) return undefined
    const lockPaths = locks.filter(([, text]) => text !== undefined).map(([path]) => path)
    const paths = [...files.keys()].map((path) => relative('.', join(settings.out, path)))
    return [...lockPaths, ...paths].map((path) => path.replaceAll('\\', '/'))
  }
  return undefined
}
