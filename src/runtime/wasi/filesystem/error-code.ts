import { throwErr } from '../err.ts'

/** The `error-code` of `wasi:filesystem/types` for the codes of Node. */
const CODES: Readonly<Record<string, string>> = {
  EACCES: 'access',
  EAGAIN: 'would-block',
  EALREADY: 'already',
  EBADF: 'bad-descriptor',
  EBUSY: 'busy',
  EDEADLK: 'deadlock',
  EDQUOT: 'quota',
  EEXIST: 'exist',
  EFBIG: 'file-too-large',
  EILSEQ: 'illegal-byte-sequence',
  EINPROGRESS: 'in-progress',
  EINTR: 'interrupted',
  EINVAL: 'invalid',
  EIO: 'io',
  EISDIR: 'is-directory',
  ELOOP: 'loop',
  EMFILE: 'insufficient-memory',
  EMLINK: 'too-many-links',
  EMSGSIZE: 'message-size',
  ENAMETOOLONG: 'name-too-long',
  ENFILE: 'insufficient-memory',
  ENODEV: 'no-device',
  ENOENT: 'no-entry',
  ENOLCK: 'no-lock',
  ENOMEM: 'insufficient-memory',
  ENOSPC: 'insufficient-space',
  ENOTDIR: 'not-directory',
  ENOTEMPTY: 'not-empty',
  ENOTSUP: 'unsupported',
  ENOTTY: 'no-tty',
  ENXIO: 'no-such-device',
  EOPNOTSUPP: 'unsupported',
  EOVERFLOW: 'overflow',
  EPERM: 'not-permitted',
  EPIPE: 'pipe',
  EROFS: 'read-only',
  ESPIPE: 'invalid-seek',
  ETXTBSY: 'text-file-busy',
  EXDEV: 'cross-device',
}

/** The code of an error of Node, `EACCES`; undefined for anything else. */
export function nodeCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** The WASI code of what Node threw; what has none is thrown again, for the host to see. */
export function errorCodeOf(error: unknown): string {
  const code = nodeCode(error)
  const known = code === undefined ? undefined : CODES[code]
  if (known !== undefined) return known
  // Node checks paths and numbers before the system sees them.
  if (code === 'ERR_INVALID_ARG_VALUE' || code === 'ERR_OUT_OF_RANGE') return 'invalid'
  if (code !== undefined && /^E[A-Z0-9]+$/.test(code)) return 'io'
  throw error
}

/** Runs `run`; what Node throws becomes the `err` that the guest gets. */
export function attempt<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (nodeCode(error) === undefined) throw error
    return throwErr(errorCodeOf(error))
  }
}
