/** One peer's process: it answers what run.ts and many.ts ask over IPC, one question at a time. */
import { isDeepStrictEqual } from 'node:util'
import type { Api } from './api.ts'
import { CASES, isMeasured, type BenchCase } from './cases.ts'
import { measureMany } from './many-calls.ts'
import { measure, type Effort } from './measure.ts'
import { loadPeer, type Instantiate, type PeerFiles, type PeerName } from './peers.ts'
import type { Watch } from './watch.ts'

export type Question =
  | { readonly kind: 'load'; readonly peer: PeerName; readonly files: PeerFiles; readonly watch: Watch }
  /** Runs every case once; the answer has what was wrong. */
  | { readonly kind: 'verify' }
  | { readonly kind: 'measure'; readonly name: string; readonly effort: Effort }
  | { readonly kind: 'many'; readonly guests: readonly number[]; readonly call: string; readonly effort: Effort }
export type Answer =
  | { readonly kind: 'done' }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] }
  | { readonly kind: 'time'; readonly nanoseconds: number }
  | { readonly kind: 'failed'; readonly message: string }

interface Loaded {
  readonly peer: PeerName
  readonly instantiate: Instantiate
  readonly api: Api
}

let current: Loaded | undefined
/** The call of each case is made once: V8 optimises a function best as long as there is one closure of it. */
const calls = new Map<string, () => unknown>()

process.on('message', (question: Question) => {
  answer(question).then(
    (result) => process.send?.(result),
    (error: unknown) =>
      process.send?.({ kind: 'failed', message: error instanceof Error ? error.stack : String(error) }),
  )
})

async function answer(question: Question): Promise<Answer> {
  switch (question.kind) {
    case 'load': {
      const { peer, files, watch } = question
      const instantiate = await loadPeer(peer, files, watch)
      current = { peer, instantiate, api: instantiate(0) as Api }
      return { kind: 'done' }
    }
    case 'verify': {
      const { peer } = loaded()
      return { kind: 'wrong', problems: CASES.filter((c) => isMeasured(c, peer)).flatMap(problemsOf) }
    }
    case 'measure': {
      const found = CASES.find((c) => c.name === question.name)
      if (found === undefined) throw new Error(`there is no case ${question.name}`)
      return { kind: 'time', nanoseconds: await measure(callOf(found), question.effort) }
    }
    case 'many': {
      const { guests, call, effort } = question
      return { kind: 'time', nanoseconds: await measureMany(loaded().instantiate, guests, call, effort) }
    }
    default:
      return question satisfies never
  }
}

function callOf({ name, prepare, call }: BenchCase): () => unknown {
  let made = calls.get(name)
  if (made === undefined) {
    const { api } = loaded()
    prepare?.(api)
    calls.set(name, (made = call(api)))
  }
  return made
}

function loaded(): Loaded {
  if (current === undefined) throw new Error('no peer is loaded')
  return current
}

function problemsOf(c: BenchCase): string[] {
  let got = callOf(c)()
  if (got instanceof Error && 'payload' in got) got = got.payload
  return isDeepStrictEqual(got, c.answer) ? [] : [`${c.name}: expected ${shown(c.answer)}, got ${shown(got)}`]
}

function shown(value: unknown): string {
  const text = JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? `${v}n` : v)) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
