import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of the repository. */
export const root: string = fileURLToPath(new URL('../..', import.meta.url))

/** Where the sources of guests and their committed components are. */
export const committed: string = join(root, 'test/guests')

/**
 * What builds leave behind: private toolchains, object files, components by the hash of all that went into them.
 * `WITGEN_GUEST_CACHE` names another folder.
 */
export const cache: string = resolve(process.env['WITGEN_GUEST_CACHE'] ?? join(root, '.cache/guests'))
