import type { Level, Log } from './generated/demo/plugins/log.js'

/** Writes with a prefix. */
export class Logger implements Log {
  readonly prefix: string
  lines: string[] = []

  constructor(prefix: string) {
    this.prefix = prefix
  }

  /** WIT: `write: func(level: level, message: string)` */
  write(level: Level, message: string): void {
    this.lines.push(`${this.prefix} ${level} ${message}`)
    this.trim()
  }

  /** WIT: `flush: func()` */
  flush(): void {
    this.lines = []
  }

  /** A helper of ours. */
  trim(): void {
    if (this.lines.length > 100) this.flush()
  }
}
