/** Files are replaced one by one without a break: an interruption waits for the one that is being written. */
const end = (): void => process.exit(130)

let onInterrupt: () => void = end

/** Lets Ctrl-C end the command; `main.ts` calls it once. */
export function handleInterrupts(): void {
  process.on('SIGINT', () => onInterrupt())
}

/** What Ctrl-C does from now on, in place of ending the command with 130. */
export function interruptWith(action: () => void): void {
  onInterrupt = action
  process.once('SIGTERM', action)
}
