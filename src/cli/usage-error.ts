/** The command line itself is wrong; `message` is one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
