import { MetricsCollector } from 'witgen/runtime'
import type { CleanerOptions } from '../../generated/cleaner.ts'
import type { Printer } from './printer.ts'
import { stages, type Stage } from './guests.ts'

/** What the host gives to all guests: a place for their log lines, and hooks that measure their calls. */
export class Host {
  readonly metrics: MetricsCollector = new MetricsCollector()
  readonly printer: Printer
  /** While this holds, log lines are taken but not printed. */
  isQuiet = false

  constructor(printer: Printer) {
    this.printer = printer
  }

  /** The options of an instance. The worlds of all stages have the same imports, so that they fit each. */
  options(name: string): CleanerOptions {
    const log = (level: string, message: string): void => {
      if (!this.isQuiet) this.printer.logged(name, level, message)
    }
    return { name, hooks: this.metrics, imports: { 'demo:pipeline/log': { log } } }
  }

  /** The languages of which a guest has returned from a call. */
  languagesThatRan(): readonly Stage['language'][] {
    const returned = this.metrics.snapshot().filter((m) => m.direction === 'export' && m.count > m.errors)
    const names = new Set(returned.map((m) => m.module))
    const all = Object.values(stages).map(({ language }) => language)
    return all.filter((language) => names.has(moduleName(language)))
  }
}

/** How instances of a language's guest are called in errors, metrics and log lines. */
export function moduleName(language: Stage['language']): string {
  return language.toLowerCase()
}
