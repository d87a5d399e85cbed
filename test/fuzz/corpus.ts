import { readdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Larger files take long and show little that small ones do not. */
const LARGEST = 64 * 1024

/** The files of the repository below these folders that end so, in a fixed order; large ones are left out. */
export function corpus(folders: readonly string[], extension: string): readonly Uint8Array[] {
  const paths = folders.flatMap((folder) =>
    readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith(extension))
      .map((name) => `${root}${folder}/${name}`),
  )
  return paths
    .toSorted()
    .filter((path) => statSync(path).size <= LARGEST)
    .map((path) => Uint8Array.from(readFileSync(path)))
}
