// Random worlds: their generated code passes the type check, and random values go through it unchanged. Seeded:
// WITGEN_RANDOM_SEED gives another seed, WITGEN_RANDOM_WORLDS another number of worlds.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { inspect, isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import * as runtime from 'witgen/runtime'
import { dealias, type Func, type World } from '../../src/ir/index.ts'
import { echoComponent } from '../helpers/echo-guest.ts'
import {
  generateWorld,
  importWorld,
  temporaryFolder,
  typeErrors,
  type GeneratedWorld,
} from '../helpers/echo-guest-world.ts'
import { camel, valuesOf, type Value } from './values.ts'
import { randomWorld, type RandomWorld } from './world-text.ts'

const seed = Number(process.env['WITGEN_RANDOM_SEED'] ?? 20_261_123)
const count = Number(process.env['WITGEN_RANDOM_WORLDS'] ?? 30)
/** Sets of arguments for each function. */
const ROUNDS = 8

type Fn = (...args: unknown[]) => unknown
type Functions = Record<string, Fn>

const folder = temporaryFolder('random')
afterAll(() => rmSync(folder, { recursive: true }))

const worlds = fc.sample(randomWorld, { seed, numRuns: count })
/** What was generated, by number of the world. */
const generated = new Map<number, GeneratedWorld>()

describe(`seed ${seed}`, () => {
  test.each(worlds.map((random, i) => ({ random, i })))('world $i', async ({ random, i }) => {
    try {
      await check(random, i)
    } catch (error) {
      throw new Error(`seed ${seed}, world ${i}: ${String(error)}\n\n${random.wit}`, { cause: error })
    }
  })

  test('the generated code of all worlds passes the type check', async () => {
    expect(generated.size).toBe(count)
    const errors = await typeErrors(folder)
    const first = /^(\d+)\//.exec(errors[0] ?? '')?.[1]
    expect(errors, `seed ${seed}\n${first === undefined ? '' : worlds[Number(first)]?.wit}`).toEqual([])
  }, 120_000)
})

async function check(random: RandomWorld, i: number): Promise<void> {
  const made = generateWorld(random.wit, 'random', join(folder, String(i)))
  generated.set(i, made)
  const component = await echoComponent(random.wit, made.world, Object.fromEntries(random.pairs))
  const Random = await importWorld(made.file, 'Random')
  const compiled = await Random.compile(component)
  const calls = callsOf(made.world, random)
  const host = new EchoHost()
  const imports = hostImports(calls, host)
  const instance = Random.instantiate(compiled, { imports, name: 'guest' }) as unknown as Record<string, unknown>
  for (const call of calls) {
    const target = (call.face === undefined ? instance : instance[camel(call.face)]) as Functions
    roundTrips(call, target, host)
  }
  // The codec that needs no generated code has to give the same.
  const dynamic = await runtime.instantiate(compiled, { imports, name: 'dynamic' })
  for (const call of calls) {
    const target = call.face === undefined ? dynamic.exports : dynamic.exports[call.exported]
    roundTrips(call, target as Functions, host)
  }
}

/** A function that is exported, and imported. */
interface Call {
  readonly func: Func
  /** The word of the exported interface; undefined for functions of the world. */
  readonly face: string | undefined
  /** The keys in the world. */
  readonly exported: string
  readonly imported: string
  readonly member: string
}

const TAKEN = new Set('then constructor prototype dispose name length toJSON load compile instantiate'.split(' '))

function callsOf(world: World, { pairs }: RandomWorld): readonly Call[] {
  const calls: Call[] = []
  for (const [exported, imported] of pairs) {
    const item = world.exports.get(exported)
    if (item?.kind !== 'interface') throw new Error(`${exported} is not exported`)
    for (const func of item.interface.functions.values()) {
      const name = camel(func.name)
      const face = exported.slice(exported.indexOf('/') + 1)
      calls.push({ func, face, exported, imported, member: TAKEN.has(name) ? `${name}_` : name })
    }
  }
  for (const [name, item] of world.exports) {
    if (item.kind !== 'function') continue
    calls.push({ func: item.function, face: undefined, exported: name, imported: name, member: name })
  }
  return calls
}

/** The host of all functions: notes its arguments, and ends as it is told. */
class EchoHost {
  seen: readonly unknown[] = []
  end: () => unknown = () => undefined
}

function hostImports(calls: readonly Call[], host: EchoHost): object {
  const imports: Record<string, Functions | Fn> = {}
  const echo: Fn = (...args) => {
    host.seen = args
    return host.end()
  }
  for (const { face, imported, member } of calls) {
    if (face === undefined) imports[imported] = echo
    else {
      imports[imported] ??= {}
      ;(imports[imported] as Functions)[member] = echo
    }
  }
  return imports
}

function roundTrips({ func, member }: Call, target: Functions, host: EchoHost): void {
  const all = fc.sample(fc.tuple(...func.params.map((p) => valuesOf(p.type))), { seed, numRuns: ROUNDS })
  const { result } = func
  const results = result === undefined ? [] : fc.sample(valuesOf(result), { seed, numRuns: ROUNDS })
  for (const [i, args] of all.entries()) {
    const wanted = results[i]
    host.seen = []
    host.end = () => (wanted === undefined ? undefined : give(func, wanted))
    const got = take(func, () => target[member]?.(...args.map((a) => a.given)))
    expectSame(
      host.seen,
      args.map((a) => a.lifted),
      `arguments of ${func.name}`,
    )
    expectSame(got, wanted?.lifted, `result of ${func.name}`)
  }
}

/** Strictly equal; vitest's own comparison is misled by a field that is called `constructor`. */
function expectSame(got: unknown, wanted: unknown, what: string): void {
  if (!isDeepStrictEqual(got, wanted))
    throw new Error(`${what}: got ${inspect(got, DEEP)}, wanted ${inspect(wanted, DEEP)}`)
}
const DEEP = { depth: Infinity } as const

const outermost = ({ result }: Func): boolean => result !== undefined && dealias(result).kind === 'result'

/** Ends a host function with a value. */
function give(func: Func, { given }: Value): unknown {
  if (!outermost(func)) return given
  const { tag, val } = given as { readonly tag: string; readonly val?: unknown }
  if (tag === 'ok') return val
  throw { payload: val }
}

/** What a call gives, an outermost result with its tag. */
function take(func: Func, call: () => unknown): unknown {
  if (!outermost(func) || func.result === undefined) return call()
  const t = dealias(func.result)
  if (t.kind !== 'result') throw new Error('a result was expected')
  try {
    const val = call()
    return t.ok === undefined ? { tag: 'ok' } : { tag: 'ok', val }
  } catch (error) {
    if (!(error instanceof runtime.GuestError)) throw error
    return t.err === undefined ? { tag: 'err' } : { tag: 'err', val: error.payload }
  }
}
