import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Rounds } from '../../src/watch/rounds.ts'

test('requests in quick succession are one round; those during a round lead to one more, never at the same time', async () => {
  const log: string[] = []
  let running = 0
  const rounds = new Rounds(async (reasons) => {
    log.push(`${++running}: ${reasons.join()}`)
    await sleep(250)
    running--
  })
  for (const reason of ['b', 'a', 'b']) rounds.request(reason)
  await sleep(150)
  for (const reason of ['c', 'd']) rounds.request(reason)
  await sleep(500)
  await rounds.stop()
  rounds.request('too late')
  await sleep(150)
  expect(log).toEqual(['1: a,b', '1: c,d'])
})

test('stopping waits for the round that runs, and drops those that wait', async () => {
  const log: string[] = []
  const rounds = new Rounds(async ([reason = '']) => {
    await sleep(200)
    log.push(reason)
  })
  rounds.request('first')
  await sleep(120)
  rounds.request('second')
  await rounds.stop()
  expect(log).toEqual(['first'])
})
