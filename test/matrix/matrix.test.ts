// Every kind of type at every position, with values at the edges and wrong ones, through generated code and a guest that
// hands everything on.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GuestError, WasmError } from 'witgen/runtime'
import { DiagnosticError } from '../../src/diagnostics/diagnostic.ts'
import type { TypeKind } from '../../src/ir/index.ts'
import { temporaryFolder, typeErrors } from '../helpers/echo-guest-world.ts'
import { load } from '../helpers/wit.ts'
import { handles, options, results } from './choices.ts'
import { compounds } from './compounds.ts'
import type { Kind, Value, Wrong } from './kind.ts'
import { lists } from './lists.ts'
import { positions, refusal, type Position } from './positions.ts'
import { scalars } from './scalars.ts'
import { buildRow, Cell, returns, witOf, type RowWorld } from './world.ts'

const kinds: readonly Kind[] = [...scalars, ...lists, ...compounds, ...options, ...results, ...handles]

/** Kinds of types that have no row, and why. */
const NO_ROW: Partial<Record<TypeKind, string>> = {
  resource: 'a declaration, no type of values',
  ref: 'a name of another type: records, variants, enums and flags are all behind one',
  stream: 'refused by the generator until async is supported',
  future: 'refused by the generator until async is supported',
  'error-context': 'refused by the generator until async is supported',
}
const ALL_KINDS =
  'bool s8 u8 s16 u16 s32 u32 s64 u64 f32 f64 char string error-context list fixed-length-list map record tuple variant ' +
  'enum option result flags resource own borrow stream future ref'

const folder = temporaryFolder('matrix')
afterAll(() => rmSync(folder, { recursive: true }))
const folderOf = (kind: Kind): string => join(folder, kind.name.replace(/\W+/g, '_'))

test('every kind of type has a row', () => {
  const covered = new Set<string>([...kinds.map((k) => k.covers), ...Object.keys(NO_ROW)])
  expect([...covered].sort()).toEqual(ALL_KINDS.split(' ').sort())
  expect(new Set(kinds.map(folderOf)).size).toBe(kinds.length)
})

describe.each(kinds.map((kind) => ({ kind, name: kind.name })))('$name', ({ kind }) => {
  let row: RowWorld
  beforeAll(async () => {
    row = await buildRow(kind, folderOf(kind))
  })

  describe.each(positions)('$name', (position) => {
    const reason = refusal(kind, position)
    if (reason !== undefined) {
      test('cannot be: WIT refuses it', () => expect(messagesOf(witOf(kind, [position], () => true))).toContain(reason))
      return
    }
    test('values arrive and come back', () => {
      const cell = new Cell(row, position)
      for (const [i, value] of kind.values.entries()) {
        // Two objects, since an object that is passed on cannot be passed on twice.
        const other = kind.values[i === 0 ? 1 : 0] ?? value
        roundTrip(cell, kind, position, () => position.wrap(value, other, kind))
      }
      for (const whole of position.absent(kind)) roundTrip(cell, kind, position, () => whole)
    })
    const refused = wrongs(kind, position)
    if (position.in) {
      test('wrong arguments are refused', () => {
        expect(refused.length).toBeGreaterThan(0)
        const cell = new Cell(row, position)
        const [other] = kind.values as [Value]
        for (const wrong of refused) {
          cell.host = () => {
            throw new Error('the guest was called')
          }
          const { given } = position.wrap({ given: wrong.value, lifted: undefined }, other, kind)
          const error = thrown(() => cell.call(...position.before, given))
          const path = `x${position.at(kind)}${wrong.at}`
          expect(describeError(error)).toBe(
            `wasm module guest error [1 InvalidParam]: ${position.func}: ${path}: ${wrong.text}`,
          )
          const last = kind.values.at(-1) as Value
          roundTrip(cell, kind, position, () => position.wrap(last, other, kind))
        }
      })
    }
    if (returns(kind, position)) {
      test('wrong values of the host poison', () => {
        const [other] = kind.values as [Value]
        const possible = refused.flatMap((wrong) => outOf(kind, position, wrong))
        expect(possible.length).toBeGreaterThan(0)
        for (const { give, text } of possible) {
          const cell = new Cell(row, position)
          cell.host = () => give((value) => position.wrap({ given: value, lifted: undefined }, other, kind).given)
          const good = position.wrap(kind.values.at(-1) as Value, other, kind).given
          const args = position.in ? [...position.before, good] : []
          const error = thrown(() => cell.call(...args))
          expect(describeError(error)).toBe(`wasm module guest error [17 HostError]: ${text}`)
          expect(error).toMatchObject({ cause: expect.any(TypeError), function: `test:matrix/host#${position.func}` })
          expect(thrown(() => cell.call(...args))).toMatchObject({ codeName: 'InstancePoisoned', cause: error })
        }
      })
    }
  })
})

test('the generated code passes the type check', async () => {
  expect(await typeErrors(folder)).toEqual([])
})

/** One call with a value; the host sees it, and gives it back. */
function roundTrip(cell: Cell, kind: Kind, position: Position, make: () => Value): void {
  const { lifted } = make()
  let seen: unknown
  cell.host = (...args) => {
    seen = args
    if (!returns(kind, position)) return undefined
    return giveBack(kind, position, make().given)
  }
  const args = position.in ? [...position.before, make().given] : []
  const got = outcome(kind, position, () => cell.call(...args))
  expect(seen).toStrictEqual(position.in ? [...position.before, lifted] : [])
  expect(got).toStrictEqual(returns(kind, position) ? lifted : undefined)
}

/** Whether what the host gives and the caller gets is a result without its tag. */
const untagged = (kind: Kind, { name, out }: Position): boolean =>
  kind.covers === 'result' && out === 'value' && (name === 'sole result' || name === 'spilled')

/** How a host function ends with a value. */
function giveBack(kind: Kind, position: Position, value: unknown): unknown {
  if (position.out === 'err') throw { payload: value }
  if (!untagged(kind, position)) return value
  const { tag, val } = value as { readonly tag: string; readonly val?: unknown }
  if (tag === 'ok') return val
  throw { payload: val }
}

/** What a call gives, as the value that went in. */
function outcome(kind: Kind, position: Position, call: () => unknown): unknown {
  const tag = (name: string, val: unknown): unknown => (val === undefined ? { tag: name } : { tag: name, val })
  try {
    const value = call()
    if (position.out === 'err') throw new Error('the call did not throw')
    return untagged(kind, position) ? tag('ok', value) : value
  } catch (error) {
    if (!(error instanceof GuestError)) throw error
    if (position.out === 'err') return error.payload
    if (!untagged(kind, position)) throw error
    return tag('err', error.payload)
  }
}

/** The wrong values of a cell: an absent option is none, as a missing field of a record may be one. */
function wrongs(kind: Kind, { name }: Position): readonly Wrong[] {
  const absent = name === 'option payload' && kind.covers !== 'option'
  return kind.wrong.filter(({ value }) => !(absent && value === undefined))
}

interface HostMistake {
  /** What the host does; `wrap` puts what belongs around the value. */
  readonly give: (wrap: (value: unknown) => unknown) => unknown
  readonly text: string
}

/** A wrong value as a mistake of the host; none where the host gives results without their tags. */
function outOf(kind: Kind, position: Position, { value, at, text }: Wrong): readonly HostMistake[] {
  if (!untagged(kind, position)) {
    const base = position.out === 'err' ? 'payload' : 'result'
    const give: HostMistake['give'] = (wrap) => giveBack(kind, position, wrap(value))
    return [{ give, text: `${base}${position.at(kind)}${at}: ${text}` }]
  }
  if (!at.startsWith('.val')) {
    return kind.type === 'result' ? [{ give: () => Promise.resolve(), text: PROMISE }] : []
  }
  const base = (value as { readonly tag: string }).tag === 'ok' ? 'result' : 'payload'
  return [{ give: () => giveBack(kind, position, value), text: `${base}${at.slice('.val'.length)}: ${text}` }]
}

const PROMISE = 'expected nothing, got a Promise: an import that is not async has to return its value'

const describeError = (error: unknown): string => (error instanceof WasmError ? error.message : String(error))

function thrown(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

function messagesOf(wit: string): readonly string[] {
  try {
    load(wit)
    return []
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics.map((d) => d.message)
    throw error
  }
}
