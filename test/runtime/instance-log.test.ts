// Which call a line is said to be of, also where calls nest.
import { expect, test } from 'vitest'
import { IDLE, RUNNING } from '../../src/runtime/context.ts'
import { InstanceLog } from '../../src/runtime/instance-log.ts'
import type { Logger } from '../../src/runtime/logger.ts'

interface Line {
  readonly text: string
  readonly function?: string
  readonly call?: number
}

function logOf(lines: string[]): InstanceLog {
  const write = (fields: object, text: string): void => {
    const { call, function: func } = fields as Line
    lines.push(call === undefined ? text : `${func} ${call}: ${text}`)
  }
  const logger: Logger = { trace: write, debug: write, info: write, warn: write, error: write, fatal: write }
  return new InstanceLog(logger, 'guest')
}

/** A context whose calls enter it, as generated code does. */
function contextOf(peers: readonly unknown[] = []): { state: number; readonly peers: readonly unknown[] } {
  return { state: IDLE, peers }
}

function entering(context: { state: number }, run: () => void): () => void {
  return () => {
    if (context.state !== IDLE) throw new Error('refused')
    context.state = RUNNING
    try {
      run()
    } finally {
      context.state = IDLE
    }
  }
}

test('two lines of one call share a number, lines of two calls do not, and what is outside has none before the first', () => {
  const lines: string[] = []
  const log = logOf(lines)
  const context = contextOf()
  const twice = entering(context, () => {
    log.info({}, 'a')
    log.callEvent('warn', 'denied', {}, 'b')
  })
  const f = log.numbered(twice, 'f', context)
  log.info({}, 'start')
  f()
  f()
  log.event('info', 'dispose', {}, 'end')
  expect(lines).toEqual(['start', 'f 1: a', 'f 1: b', 'f 2: a', 'f 2: b', 'end'])
})

test('a call that is refused takes neither number nor name', () => {
  const lines: string[] = []
  const log = logOf(lines)
  const context = contextOf()
  const g = log.numbered(
    entering(context, () => {}),
    'g',
    context,
  )
  const call = entering(context, () => {
    expect(g).toThrow('refused')
    log.info({}, 'after')
  })
  log.numbered(call, 'f', context)()
  g()
  log.info({}, 'last')
  expect(lines).toEqual(['f 1: after', 'g 2: last'])
})

test('in a composed guest the name of the outer call comes back, also when the inner one throws', () => {
  const lines: string[] = []
  const log = logOf(lines)
  const peers: unknown[] = [1, 2]
  const [outer, inner] = [contextOf(peers), contextOf(peers)]
  const fail = entering(inner, () => {
    log.info({}, 'inside')
    throw new Error('trap')
  })
  const g = log.numbered(fail, 'g', inner)
  const call = entering(outer, () => {
    expect(g).toThrow('trap')
    log.info({}, 'after')
  })
  log.numbered(call, 'f', outer)()
  log.info({}, 'flushed')
  expect(lines).toEqual(['g 2: inside', 'f 1: after', 'f 1: flushed'])
})
