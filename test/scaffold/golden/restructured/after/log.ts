import type { Level, Log, Field } from './generated/demo/plugins/log.js'

/** Writes with a prefix. */
export class Logger implements Log {
  readonly prefix: string
  lines: string[] = []

  constructor(prefix: string) {
    this.prefix = prefix
  }

  /** WIT: `write: func(level: level, message: string, fields: list<field>)` */
  write(level: Level, message: string, fields: Field[]): void {
    this.lines.push(`${this.prefix} ${level} ${message}`)
    this.trim()
  }

  // witgen: demo:plugins/log#flush is no longer in the world
  /** WIT: `flush: func()` */
  flush(): void {
    this.lines = []
  }

  /** A helper of ours. */
  trim(): void {
    if (this.lines.length > 100) this.flush()
  }

  /** WIT: `threshold: func() -> level` */
  threshold(): Level {
    throw new Error('not implemented: demo:plugins/log#threshold')
  }
}
