/** Imports that a worker answers itself: it remembers, and tells by an error, which thread it is. */
import { isMainThread, threadId } from 'node:worker_threads'

export const imports = {
  'demo:pipeline/log': {
    log(_level: string, message: string): void {
      if (message.includes('of 7777')) throw new Error(isMainThread ? 'main' : `thread ${threadId}`)
      if (message.includes('of 6666')) process.exit(3)
      if (message.includes('of 5555')) {
        const hoard: unknown[] = []
        for (;;) hoard.push(Array.from({ length: 100_000 }, (_, i) => ({ i })))
      }
    },
  },
}
