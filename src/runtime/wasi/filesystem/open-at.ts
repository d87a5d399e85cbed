import { throwErr } from '../err.ts'
import type { Directory } from './directory.ts'
import { attempt } from './error-code.ts'
import { requireRoom, type Grant } from './grant.ts'
import { OpenFile } from './open-file.ts'
import type { Place } from './walk.ts'

/** `open-flags` of `wasi:filesystem/types`. */
export interface OpenFlags {
  readonly create: boolean
  readonly directory: boolean
  readonly exclusive: boolean
  readonly truncate: boolean
}

/** `descriptor-flags` of `wasi:filesystem/types`. */
export interface DescriptorFlags {
  readonly read: boolean
  readonly write: boolean
  readonly fileIntegritySync?: boolean
  readonly dataIntegritySync?: boolean
  readonly requestedWriteSync?: boolean
  readonly mutateDirectory: boolean
}

/**
 * Opens what a path has led to: a regular file or a folder, and nothing else, since a pipe or a device could block the host
 * for good.
 *
 * @throws the `err` that the guest gets
 */
export function openAt(grant: Grant, place: Place, open: OpenFlags, flags: DescriptorFlags): OpenFile | Directory {
  requireRoom(grant)
  const { directory, name, wantsDirectory } = place
  const isDirectory = open.directory || wantsDirectory
  if (name === undefined) {
    if (open.create && open.exclusive) throwErr('exist')
    if (flags.write || open.truncate) throwErr('is-directory')
    return directory.share()
  }
  if (isDirectory && (open.create || open.truncate)) throwErr(open.directory ? 'invalid' : 'is-directory')
  if (isDirectory) {
    const child = attempt(() => directory.child(name))
    if (!flags.write) return child
    child.close()
    return throwErr('is-directory')
  }
  return openFile(grant, directory, name, open, flags)
}

function openFile(
  grant: Grant,
  directory: Directory,
  name: string,
  open: OpenFlags,
  flags: DescriptorFlags,
): OpenFile | Directory {
  const { fs } = grant
  const { constants } = fs
  if (open.truncate && !flags.write) throwErr('invalid')
  let mode = constants.O_NOFOLLOW | constants.O_NONBLOCK
  if (flags.write) mode |= flags.read ? constants.O_RDWR : constants.O_WRONLY
  if (open.create) mode |= constants.O_CREAT
  if (open.exclusive) mode |= constants.O_EXCL
  if (open.truncate) mode |= constants.O_TRUNC
  const fd = attempt(() => fs.openSync(directory.at(name), mode, 0o666))
  const stats = fs.fstatSync(fd, { bigint: true })
  if (stats.isFile()) return new OpenFile(grant, fd)
  fs.closeSync(fd)
  if (stats.isDirectory()) return attempt(() => directory.child(name))
  grant.denied('[method]descriptor.open-at', name, 'it is neither a file nor a folder')
  return throwErr('not-permitted')
}
