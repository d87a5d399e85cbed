import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A build of a guest. */
export interface GuestFile {
  /** For the titles of tests. */
  readonly title: string
  readonly path: string
}

const committed = fileURLToPath(new URL('.', import.meta.url))

/**
 * The builds of a guest that the end-to-end tests run with: the committed one and, where `WITGEN_GUESTS` names a folder that
 * `npm run guests -- --out DIR` has filled, the one built there.
 *
 * @param component path below the folder of guests, such as `rust/pipeline.wasm`
 */
export function guestFiles(component: string): readonly GuestFile[] {
  const rebuilt = process.env['WITGEN_GUESTS']
  return [
    { title: component, path: join(committed, component) },
    ...(rebuilt ? [{ title: `${component}, rebuilt`, path: join(rebuilt, component) }] : []),
  ]
}
