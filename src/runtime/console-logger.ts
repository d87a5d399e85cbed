import type { Logger } from './logger.ts'

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const

/** What `consoleLogger` writes, and where to. */
export interface ConsoleLoggerOptions {
  /** The least level that is written; default: `info`. */
  readonly level?: keyof Logger | undefined
  /** Default: the global console. In Node, `new Console(process.stderr)` keeps stdout for what a program prints. */
  readonly console?: Pick<Console, 'debug' | 'info' | 'warn' | 'error'> | undefined
}

/**
 * A logger that writes to a console, each entry as one line: `WARN  the message  module=… call=3`. Guests cannot forge lines:
 * what would end a line, or steer a terminal, is written as an escape.
 */
export function consoleLogger({ level = 'info', console: to = console }: ConsoleLoggerOptions = {}): Logger {
  const least = LEVELS.indexOf(level)
  if (least < 0) throw new TypeError(`level: expected one of ${LEVELS.join(', ')}, got ${JSON.stringify(level)}`)
  const at = (name: keyof Logger, write: (line: string) => void): Logger[keyof Logger] =>
    LEVELS.indexOf(name) < least ? () => {} : (fields, message) => write(lineOf(name, fields, message))
  return {
    trace: at('trace', (line) => to.debug(line)),
    debug: at('debug', (line) => to.debug(line)),
    info: at('info', (line) => to.info(line)),
    warn: at('warn', (line) => to.warn(line)),
    error: at('error', (line) => to.error(line)),
    fatal: at('fatal', (line) => to.error(line)),
  }
}

function lineOf(level: string, fields: object, message: string): string {
  const texts = Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : `${key}=${textOf(value)}`))
  return [level.toUpperCase().padEnd(5), escaped(message), texts.join(' ')].filter((text) => text !== '').join('  ')
}

function textOf(value: unknown): string {
  if (value instanceof Error) return escaped(JSON.stringify(String(value)))
  if (typeof value === 'bigint') return String(value)
  const text = typeof value === 'string' ? value : (JSON.stringify(value, bigints) ?? String(value))
  return typeof value === 'string' && /[\s"=]/u.test(text) ? escaped(JSON.stringify(text)) : escaped(text)
}

function bigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

/** Control characters, and what else ends a line, as `\n` or `\u001b`. */
function escaped(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, (c) => {
    const code = c.charCodeAt(0)
    return c === '\n' ? '\\n' : c === '\r' ? '\\r' : c === '\t' ? c : `\\u${code.toString(16).padStart(4, '0')}`
  })
}
