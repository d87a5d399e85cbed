import { expect, test } from 'vitest'
import { logging } from '../../src/runtime/wasi/logging.ts'
import { recorder } from './probes.ts'

test('wasi:logging reaches the logger, with its level', () => {
  const { logger, lines } = recorder()
  const { log } = logging({ module: 'm', logger, denied() {}, flush() {} }) as {
    log(level: string, context: string, message: string): void
  }
  for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'critical']) log(level, 'here', 'text')
  expect(lines.map(([level]) => level)).toEqual(['trace', 'debug', 'info', 'warn', 'error', 'fatal'])
  expect(lines[0]).toEqual(['trace', { module: 'm', context: 'here' }, 'text'])
})
