import { Console } from 'node:console'
import { Writable } from 'node:stream'
import { expect, test, vi } from 'vitest'
import { consoleLogger, type Logger } from 'witgen/runtime'

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const

/** Writes one entry of each level, and gives what reached which method of the console. */
function written(level?: keyof Logger): readonly string[] {
  const lines: string[] = []
  const to = (method: string) => (line: string) => void lines.push(`${method}: ${line}`)
  const console_ = { debug: to('debug'), info: to('info'), warn: to('warn'), error: to('error') }
  const logger = consoleLogger({ level, console: console_ })
  for (const name of LEVELS) logger[name]({ call: 1 }, `at ${name}`)
  return lines
}

test('levels: from info on, or what is asked for', () => {
  const all = [
    'debug: TRACE  at trace  call=1',
    'debug: DEBUG  at debug  call=1',
    'info: INFO   at info  call=1',
    'warn: WARN   at warn  call=1',
    'error: ERROR  at error  call=1',
    'error: FATAL  at fatal  call=1',
  ]
  expect(written()).toEqual(all.slice(2))
  expect(written('trace')).toEqual(all)
  expect(written('fatal')).toEqual(all.slice(5))
  expect(() => consoleLogger({ level: 'loud' as 'info' })).toThrow(
    new TypeError('level: expected one of trace, debug, info, warn, error, fatal, got "loud"'),
  )
})

test('an entry is one line, whatever a guest puts into it', () => {
  let text = ''
  const stream = new Writable({ write: (chunk, _encoding, done) => ((text += String(chunk)), done()) })
  const logger = consoleLogger({ console: new Console(stream) })
  logger.info(
    { module: 'a b', note: 'x\ny', n: 12n, list: [1, 2n], none: undefined },
    'fine\nERROR  forged\r\u001b[2J\u2028',
  )
  logger.error({ err: new TypeError('first\nsecond') }, '')
  expect(text.split('\n')).toEqual([
    'INFO   fine\\nERROR  forged\\r\\u001b[2J\\u2028  module="a b" note="x\\ny" n=12 list=[1,"2"]',
    'ERROR  err="TypeError: first\\nsecond"',
    '',
  ])
})

test('the global console by default, as it is at the time', () => {
  const info = vi.spyOn(console, 'info').mockImplementation(() => {})
  consoleLogger().info({}, 'hello')
  expect(info).toHaveBeenCalledWith('INFO   hello')
  info.mockRestore()
})
