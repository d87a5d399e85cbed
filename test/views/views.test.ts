// Results that are looked at where they lie: what they show, and that they end when they have to.
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CallSite, NumberList, NumberType, RecordList } from 'witgen/runtime'
import { temporaryFolder, typeErrors } from '../helpers/echo-guest-world.ts'
import { messageOf, thrownBy } from '../hostile/guest.ts'
import { MODES } from './guest.ts'
import { viewsGuest, type Guest, type Parcel } from './world.ts'

const folder = temporaryFolder('views')
afterAll(() => rmSync(folder, { recursive: true }))

let fresh: (options?: object) => Guest
beforeAll(async () => {
  fresh = await viewsGuest(folder)
})

const parcels: Parcel[] = [
  { id: 1, weight: 1.5, label: 'erstes', tags: new Uint16Array([1, 2]), note: 'für dich', constructor: true },
  { id: 4294967295, weight: -0, label: '', tags: new Uint16Array(), note: undefined, constructor: false },
  { id: 3, weight: Number.NaN, label: '世界'.repeat(50), tags: new Uint16Array([65535]), note: '', constructor: true },
]
const plain = (p: Parcel): Parcel => ({
  id: p.id,
  weight: p.weight,
  label: p.label,
  tags: p.tags,
  note: p.note,
  constructor: p.constructor,
})
const EXPIRED = (func: string): string =>
  `[21 ExpiredView]: a view on the result of test:t/api#${func} was used after the function that was given it had ended`

const SAMPLES: readonly (readonly [NumberType, ArrayLike<number | bigint> & { slice(): unknown }])[] = [
  ['s8', new Int8Array([-128, 0, 127])],
  ['u8', new Uint8Array([0, 200, 255])],
  ['s16', new Int16Array([-32768, 5, 32767])],
  ['u16', new Uint16Array([0, 40000, 65535])],
  ['s32', new Int32Array([-2147483648, 1, 2147483647])],
  ['u32', new Uint32Array([0, 3000000000, 4294967295])],
  ['s64', new BigInt64Array([-(2n ** 63n), 1n])],
  ['u64', new BigUint64Array([0n, 2n ** 64n - 1n])],
  ['f32', new Float32Array([0.5, -0, Number.NaN, Number.POSITIVE_INFINITY])],
  ['f64', new Float64Array([0.1, -0, Number.NaN, Number.NEGATIVE_INFINITY])],
]

describe('numbers', () => {
  test.each(SAMPLES)('%s', (type, list) => {
    const { views } = fresh()
    const call = (views as unknown as Record<string, (list: unknown, use: unknown) => unknown>)[`${type}s`]
    const seen = call?.call(views, list, (view: NumberList<NumberType>) => {
      const byIndex = Array.from({ length: view.length }, (_, i) => view.at(i))
      return { byIndex, byIterator: [...view], copy: view.copy(), array: view.array.slice() }
    })
    expect(seen).toEqual({ byIndex: [...(list as never)], byIterator: [...(list as never)], copy: list, array: list })
  })

  test('nothing at all', () => {
    const { views } = fresh()
    expect(views.f64s([], (view) => [view.length, [...view], view.copy()])).toEqual([0, [], new Float64Array()])
  })

  test.each([-1, 3, 0.5, Number.NaN, 2 ** 32, '0', undefined])('there is no index %s', (index) => {
    const { views, api } = fresh()
    const error = thrownBy(() => views.f64s([1, 2, 3], (view) => view.at(index as number)))
    const text = `index ${String(index)} is out of range: the list has 3 elements`
    expect(messageOf(error)).toBe(`[1 InvalidParam]: ${text}`)
    expect(api.freed()).toBe(1)
  })
})

describe('records', () => {
  test('are what the ordinary function gives', () => {
    const { views, api } = fresh()
    expect(views.parcels(parcels, (view) => [...view].map(plain))).toEqual(api.parcels(parcels).map(plain))
    expect(views.parcels(parcels, (view) => view.length)).toBe(3)
  })

  test('views of two records are two views', () => {
    const { views } = fresh()
    expect(
      views.parcels(parcels, (view) => {
        const [a, b] = [view.at(0), view.at(2)]
        return [a.id, b.id, a.label, b.tags]
      }),
    ).toEqual([1, 3, 'erstes', new Uint16Array([65535])])
  })
})

describe('what ends with the function', () => {
  test('numbers, in every way to get at them', () => {
    const { views } = fresh()
    const view = views.f64s([1, 2], (v) => v)
    const uses = [() => view.length, () => view.at(0), () => view.array, () => view.copy(), () => [...view]]
    for (const use of uses) expect(messageOf(thrownBy(use))).toBe(EXPIRED('f64s'))
    expect(messageOf(thrownBy(() => view.at(7)))).toBe(EXPIRED('f64s'))
  })

  test('an iterator that is in the middle', () => {
    const { views } = fresh()
    const iterator = views.u8s([1, 2, 3], (view) => {
      const it = view[Symbol.iterator]()
      expect(it.next()).toEqual({ value: 1, done: false })
      return it
    })
    expect(messageOf(thrownBy(() => iterator.next()))).toBe(EXPIRED('u8s'))
  })

  test('records, and their lists', () => {
    const { views } = fresh()
    const kept: { list?: RecordList<Parcel>; record?: Parcel } = {}
    views.parcels(parcels, (view) => {
      kept.list = view
      kept.record = view.at(0)
    })
    for (const use of [
      () => kept.list?.length,
      () => kept.list?.at(0),
      () => kept.record?.id,
      () => kept.record?.label,
      () => kept.record?.note,
    ])
      expect(messageOf(thrownBy(use))).toBe(EXPIRED('parcels'))
  })

  test('typed arrays on the memory: they are empty from then on, and the instance goes on', () => {
    const { views, api } = fresh()
    let kept: Float64Array = new Float64Array()
    expect(
      views.f64s([1, 2, 3], (view) => {
        kept = view.array
        return kept.reduce((a, b) => a + b)
      }),
    ).toBe(6)
    expect(kept.length).toBe(0)
    expect(kept[0]).toBeUndefined()
    expect(api.parcels(parcels)).toHaveLength(3)
    expect(views.f64s([4], (view) => view.at(0))).toBe(4)
  })

  test('also when the function throws', () => {
    const { views, api } = fresh()
    const error = new Error('mine')
    let kept: NumberList<'f64'> | undefined
    expect(
      thrownBy(() =>
        views.f64s([1], (view) => {
          kept = view
          throw error
        }),
      ),
    ).toBe(error)
    expect(api.freed()).toBe(1)
    expect(messageOf(thrownBy(() => kept?.at(0)))).toBe(EXPIRED('f64s'))
  })
})

describe('the guest cleans up', () => {
  test('once, after the function', () => {
    const { views, api } = fresh()
    api.mode(MODES.overwrites)
    expect(views.f64s([1, 2], (view) => [...view])).toEqual([1, 2])
    expect(views.parcels(parcels, (view) => view.at(0).label)).toBe('erstes')
    expect(views.attempt([7], false, (view) => view.at(0))).toBe(7)
    expect(api.freed()).toBe(3)
  })

  test('also after an err, of which there is no view', () => {
    const { views, api } = fresh()
    let calls = 0
    const error = thrownBy(() => views.attempt([7], true, () => calls++))
    expect(error).toMatchObject({ codeName: 'GuestError', payload: 'worse', function: 'test:t/api#attempt' })
    expect([calls, api.freed()]).toEqual([0, 1])
  })
})

describe('what the function must not do', () => {
  test('call the instance, in any way', () => {
    const { views, api, world } = fresh()
    const codes = views.f64s([1], () =>
      [() => api.freed(), () => views.f64s([2], () => 0), () => world.dispose()].map(
        (act) => (thrownBy(act) as { codeName?: string }).codeName,
      ),
    )
    expect(codes).toEqual(['Reentrance', 'Reentrance', 'Reentrance'])
    expect(api.freed()).toBe(1)
  })

  test('return a Promise', async () => {
    const { views, api } = fresh()
    let late: unknown
    const error = thrownBy(() =>
      views.f64s([1], async (view) => {
        await Promise.resolve()
        try {
          return view.at(0)
        } catch (e) {
          late = e
          throw e
        }
      }),
    )
    expect(messageOf(error)).toBe(
      '[1 InvalidParam]: the function that is given the view returned a Promise: a view ends with that function, so it has to ' +
        'do its work before it returns; copy what is needed later',
    )
    expect(api.freed()).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(messageOf(late)).toBe(EXPIRED('f64s'))
  })
})

describe('a hostile guest', () => {
  test.each([
    [65536, 1, '[2 MemoryAccessViolation]: 8 bytes at 65536 do not lie in the memory of 65536 bytes'],
    [8, 2 ** 20, '[2 MemoryAccessViolation]: 8388608 bytes at 8 do not lie in the memory of 65536 bytes'],
    [8, 4294967295, '[14 AbiViolation]: a string or list of 34359738360 bytes is over the limit of 268435455'],
    [4, 1, '[14 AbiViolation]: pointer 4 is not aligned to 8'],
  ])('gives a list at %d, %d elements', (ptr, len, message) => {
    const { views, api } = fresh()
    let calls = 0
    expect(messageOf(thrownBy(() => views.at(ptr, len, () => calls++)))).toBe(message)
    expect(calls).toBe(0)
    expect(thrownBy(() => api.freed())).toMatchObject({ codeName: 'InstancePoisoned' })
  })

  test('gives records beyond its memory', () => {
    const { views } = fresh()
    const error = thrownBy(() => views.parcelsAt(65536 - 48, 2, () => 0))
    expect(messageOf(error)).toBe(
      '[2 MemoryAccessViolation]: 96 bytes at 65488 do not lie in the memory of 65536 bytes',
    )
  })

  test('gives a field that is none: the call fails, though the function swallowed the error', () => {
    const { views, api } = fresh()
    const seen: unknown[] = []
    const error = thrownBy(() =>
      views.spoiled(parcels, (view) => {
        seen.push(view.at(0).id)
        try {
          seen.push(view.at(0).label)
        } catch {
          seen.push('swallowed')
        }
        return 'fine'
      }),
    )
    expect(seen).toEqual([1, 'swallowed'])
    expect(messageOf(error)).toMatch(/^\[14 AbiViolation\]: the string of 6 bytes at \d+ is not valid UTF-8$/)
    expect(thrownBy(() => api.freed())).toMatchObject({ codeName: 'InstancePoisoned', cause: error })
  })

  test('grows its memory in the call, and in post-return', () => {
    const { views, api } = fresh()
    api.mode(MODES.grows)
    for (let i = 0; i < 5; i++) expect(views.grown([i, 2], (view) => [view.at(0), ...view.copy()])).toEqual([i, i, 2])
    expect(api.freed()).toBe(5)
  })

  test.each([
    ['traps', '[10 Unreachable]: unreachable'],
    ['callsImport', '[14 AbiViolation]: the guest called an import while realloc or post-return ran, or after a trap'],
  ] as const)('%s in post-return', (mode, message) => {
    const { views, api } = fresh()
    api.mode(MODES[mode])
    expect(messageOf(thrownBy(() => views.f64s([1], () => 'fine')))).toBe(message)
    expect(thrownBy(() => api.freed())).toMatchObject({ codeName: 'InstancePoisoned' })
  })
})

test('a wrong argument is refused as ever, and the instance goes on', () => {
  const { views, api } = fresh()
  expect(messageOf(thrownBy(() => views.f64s([1, 'x'], () => 0)))).toBe(
    '[1 InvalidParam]: f64s: l[1]: expected f64, got "x"',
  )
  expect(api.freed()).toBe(0)
})

test.each([undefined, null, 5, {}])('what is no function is refused before the guest runs: %o', (use) => {
  const { views, api } = fresh()
  const before = api.allocations()
  const error = thrownBy(() => views.f64s([1, 2], use as never))
  expect(error).toMatchObject({ codeName: 'InvalidParam', function: 'test:t/api#f64s' })
  expect(messageOf(error)).toContain('f64s: expected a function that is given the view as the last argument, got ')
  expect(api.allocations()).toBe(before)
  expect(views.f64s([1, 2], (view) => view.length)).toBe(2)
})

test('hooks see each call once, under the name of the function', () => {
  const seen: string[] = []
  const note =
    (what: string) =>
    (site: CallSite): void =>
      void seen.push(`${what} ${site.interface}#${site.function}`)
  const { views } = fresh({ hooks: { onCall: note('call'), onReturn: note('return'), onError: note('error') } })
  views.f64s([1], (view) => view.at(0))
  expect(seen).toEqual(['call test:t/api#f64s', 'return test:t/api#f64s'])
})

test('an instance that is disposed has no views, and gives none', () => {
  const { views, world, api } = fresh()
  world.dispose()
  expect(thrownBy(() => views.f64s([1], () => 0))).toMatchObject({ codeName: 'Disposed' })
  expect(api).toBeDefined()
})

test('the generated code passes under every flag', async () => {
  expect(await typeErrors(folder)).toEqual([])
})
