// Every kind of type at every position once more: without generated code, values and errors are those of generated code.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instantiate, WasmError } from 'witgen/runtime'
import { temporaryFolder } from '../helpers/echo-guest-world.ts'
import { handles, options, results, Thing } from './choices.ts'
import { compounds } from './compounds.ts'
import type { Kind, Value } from './kind.ts'
import { lists } from './lists.ts'
import { positions, refusal, type Position } from './positions.ts'
import { scalars } from './scalars.ts'
import { buildRow, Cell, returns, type RowWorld } from './world.ts'

type Host = (...args: unknown[]) => unknown

const kinds: readonly Kind[] = [...scalars, ...lists, ...compounds, ...options, ...results, ...handles]
const folder = temporaryFolder('matrix-dynamic')
afterAll(() => rmSync(folder, { recursive: true }))

const camel = (name: string): string => name.replace(/-(\w)/g, (_, c: string) => c.toUpperCase())

/** As `Cell`, by the component's own types. */
class DynamicCell {
  readonly #call: Host
  host: Host = () => undefined

  constructor({ compiled }: RowWorld, position: Position) {
    const functions = Object.fromEntries(
      positions.map(({ func }) => [camel(func), (...args: unknown[]): unknown => this.host(...args)]),
    )
    const imports = { 'test:matrix/host': functions, 'test:matrix/types': { Thing } }
    const { exports } = instantiate<{ readonly 'test:matrix/api': Record<string, Host> }>(compiled, {
      imports,
      name: 'guest',
    })
    const call = exports['test:matrix/api'][camel(position.func)]
    if (call === undefined) throw new Error(`there is no ${position.func}`)
    this.#call = call
  }

  call(...args: unknown[]): unknown {
    return this.#call(...args)
  }
}

/** Calls through one instance for as long as it is usable. */
class Runner {
  readonly #make: () => Cell | DynamicCell
  #cell: Cell | DynamicCell | undefined

  constructor(make: () => Cell | DynamicCell) {
    this.#make = make
  }

  /** What the host sees and what the caller gets. */
  run(host: Host, args: readonly unknown[]): unknown {
    const cell = (this.#cell ??= this.#make())
    let seen: unknown
    cell.host = (...given) => {
      seen = given
      return host()
    }
    try {
      return { value: cell.call(...args), seen }
    } catch (error) {
      if (!(error instanceof WasmError)) throw error
      if (error.codeName === 'HostError') this.#cell = undefined
      // Where the guest was depends on how deep the host's own calls are: engines keep the last ten.
      return { error: { ...error.toJSON(), frames: undefined }, seen }
    }
  }
}

describe.each(kinds.map((kind) => ({ kind, name: kind.name })))('$name', ({ kind }) => {
  let row: RowWorld
  beforeAll(async () => {
    row = await buildRow(kind, join(folder, kind.name.replace(/\W+/g, '_')))
  })

  test.each(positions.filter((p) => refusal(kind, p) === undefined))('$name', (position) => {
    const [first] = kind.values as [Value]
    // Objects that are passed on cannot be passed on twice, so each run makes its own.
    const whole = (value: Value): unknown => position.wrap(value, first, kind).given
    const wrong = (value: unknown): unknown => position.wrap({ given: value, lifted: undefined }, first, kind).given
    const ends: ((value: () => unknown) => Host)[] = [
      (value) => () => (returns(kind, position) ? value() : undefined),
      (value) => () => {
        throw { payload: value() }
      },
    ]
    const values = [
      ...kind.values.map((value) => () => whole(value)),
      ...position.absent(kind).map(
        ({ given }) =>
          (): unknown =>
            given,
      ),
      ...kind.wrong.map(
        ({ value }) =>
          () =>
            wrong(value),
      ),
      () => Promise.resolve(),
    ]
    const generated = new Runner(() => new Cell(row, position))
    const dynamic = new Runner(() => new DynamicCell(row, position))
    const good = (): unknown => whole(first)
    for (const [i, value] of values.entries()) {
      for (const [host, x] of [[good, value] as const, [value, good] as const]) {
        for (const end of ends) {
          const args = (): unknown[] => (position.in ? [...position.before, x()] : [])
          const expected = generated.run(end(host), args())
          expect(dynamic.run(end(host), args()), `value ${i}`).toStrictEqual(expected)
        }
      }
    }
  })
})
