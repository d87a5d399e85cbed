import { becomes, kind, same, wrong, type Kind } from './kind.ts'

export const options: readonly Kind[] = [
  kind(
    'option',
    'option<u32>',
    [same(1), same(undefined), same(0), same(2 ** 32 - 1)],
    [
      wrong(null, 'expected u32, got null'),
      wrong(-1, 'expected u32, got -1'),
      wrong({ tag: 'some', val: 1 }, 'expected u32, got an object'),
    ],
  ),
  kind(
    'option',
    'option<string>',
    [same('a'), same(undefined), same(''), becomes('\udc00', '\ufffd')],
    [wrong(null, 'expected string, got null'), wrong(1, 'expected string, got 1')],
  ),
  kind(
    'option',
    'option<list<f32>>',
    [same(Float32Array.of(1, -0)), same(undefined), becomes([], Float32Array.of())],
    [
      wrong(null, 'expected Float32Array or array, got null'),
      wrong([1, undefined], 'expected f32, got undefined', '[1]'),
    ],
  ),
  kind(
    'option',
    'option<option<u32>>',
    [
      same({ tag: 'some', val: 1 }),
      same({ tag: 'none' }),
      same({ tag: 'some', val: undefined }),
      same({ tag: 'some', val: 0 }),
    ],
    [
      wrong(undefined, 'expected option<option<u32>>, got undefined'),
      wrong(1, 'expected option<option<u32>>, got 1'),
      wrong({ tag: 'one' }, 'expected none or some, got "one"', '.tag'),
      wrong({ tag: 'some', val: -1 }, 'expected u32, got -1', '.val'),
      wrong({ tag: 'some', val: null }, 'expected u32, got null', '.val'),
    ],
  ),
  kind(
    'option',
    'option<option<option<bool>>>',
    [
      same({ tag: 'some', val: { tag: 'some', val: true } }),
      same({ tag: 'some', val: { tag: 'some', val: undefined } }),
      same({ tag: 'some', val: { tag: 'none' } }),
      same({ tag: 'none' }),
    ],
    [
      wrong({ tag: 'some', val: undefined }, 'expected option<option<bool>>, got undefined', '.val'),
      wrong({ tag: 'some', val: { tag: 'some', val: 1 } }, 'expected bool, got 1', '.val.val'),
    ],
  ),
]

const notResults = (type: string): ReturnType<typeof wrong>[] => [
  wrong(undefined, `expected ${type}, got undefined`),
  wrong('ok', `expected ${type}, got "ok"`),
  wrong({}, 'expected ok or err, got undefined', '.tag'),
  wrong({ tag: 'error' }, 'expected ok or err, got "error"', '.tag'),
]

export const results: readonly Kind[] = [
  kind('result', 'result', [same({ tag: 'ok' }), same({ tag: 'err' })], notResults('result')),
  kind(
    'result',
    'result<u8>',
    [same({ tag: 'ok', val: 255 }), same({ tag: 'err' }), becomes({ tag: 'err', val: 1 }, { tag: 'err' })],
    [...notResults('result<u8>'), wrong({ tag: 'ok', val: 256 }, 'expected u8, got 256', '.val')],
  ),
  kind(
    'result',
    'result<_, string>',
    [
      same({ tag: 'ok' }),
      same({ tag: 'err', val: '😀' }),
      becomes({ tag: 'err', val: '\ud800' }, { tag: 'err', val: '\ufffd' }),
    ],
    [...notResults('result<_, string>'), wrong({ tag: 'err', val: 1 }, 'expected string, got 1', '.val')],
  ),
  kind(
    'result',
    'result<list<u16>, tuple<f64, bool>>',
    [same({ tag: 'ok', val: Uint16Array.of(1, 65535) }), same({ tag: 'err', val: [-0, true] })],
    [
      ...notResults('result<list<u16>, tuple<f64, bool>>'),
      wrong({ tag: 'ok' }, 'expected Uint16Array or array, got undefined', '.val'),
      wrong({ tag: 'ok', val: [1, 65536] }, 'expected u16, got 65536', '.val[1]'),
      wrong({ tag: 'err', val: [1] }, 'expected array of 2, got an array of 1', '.val'),
      wrong({ tag: 'err', val: [1, 1] }, 'expected bool, got 1', '.val[1]'),
    ],
  ),
]

/** The host's class for the resource of the handles. */
export class Thing {
  readonly id: number
  constructor(id: number) {
    this.id = id
  }
}

const THING = 'resource thing;'
const things = [1, 2, 3].map((id) => same(new Thing(id)))
const notThings = [
  wrong({ id: 1 }, 'expected an object of the class Thing, got an object'),
  wrong(null, 'expected an object of the class Thing, got null'),
  wrong(1, 'expected an object of the class Thing, got 1'),
  wrong(Thing, 'expected an object of the class Thing, got a function'),
]

export const handles: readonly Kind[] = [
  kind('own', 'thing', things, notThings, { name: 'own', declarations: THING }),
  kind('borrow', 'borrow<thing>', things, notThings, { name: 'borrow', declarations: THING }),
]
