/** What an error says, or what was thrown in its place as text. Never throws, whatever it is. */
export function textOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.message) : String(thrown)
  } catch {
    return 'something that cannot be read was thrown'
  }
}
