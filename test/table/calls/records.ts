import type { Point, Sample } from '../../guests/generated/test/toolbox/compute.ts'
import type { Calls } from '../call.ts'

const at = (x: number, y: number): Point => ({ x, y })

const sample = (id: number, weight: number, label = 'a', note?: string): Sample => ({ id, weight, label, note })

const badSample = (id: number): { error: { tag: 'bad-sample'; val: number } } => ({
  error: { tag: 'bad-sample', val: id },
})

const empty = { error: { tag: 'empty' } } as const

const MANY = Array.from({ length: 3000 }, (_, id) => sample(id, id % 3, ` ${id} `, 'ü'.repeat(id % 20)))

/**
 * Calls with records and variants. Weights that are NaN are cleaned only, and no mean is taken of coordinates that are all −0:
 * what comes of those is not defined.
 */
export const records: Calls<'centroid' | 'heaviest' | 'clean' | 'classify' | 'area'> = {
  centroid: [
    { what: 'of nothing', args: [[]], gives: { value: undefined } },
    { what: 'of one', args: [[at(-1.5, 1e308)]], gives: { value: at(-1.5, 1e308) } },
    { what: 'of two', args: [[at(1, -1), at(2, 5)]], gives: { value: at(1.5, 2) } },
    {
      what: 'from left to right',
      args: [[at(1e16, 0.1), at(1, 0.2), at(-1e16, 0.3)]],
      gives: { value: at(0, (0.1 + 0.2 + 0.3) / 3) },
    },
    { what: 'out of range', args: [[at(1.7e308, 1), at(1.7e308, 2)]], gives: { value: at(Infinity, 1.5) } },
  ],

  heaviest: [
    { what: 'of nothing', args: [[]], gives: { value: undefined } },
    {
      what: 'the first of two',
      args: [[sample(1, -1), sample(2, 7, 'ü', ''), sample(3, 7)]],
      gives: { value: sample(2, 7, 'ü', '') },
    },
    {
      what: 'below zero',
      args: [[sample(1, -2), sample(4_294_967_295, -1, '', '🎉')]],
      gives: { value: sample(4_294_967_295, -1, '', '🎉') },
    },
    { what: 'infinite', args: [[sample(1, 1e308), sample(2, Infinity)]], gives: { value: sample(2, Infinity) } },
    { what: 'of many', args: [MANY], gives: { value: sample(2, 2, ' 2 ', 'üü') } },
  ],

  clean: [
    { what: 'nothing', args: [[]], gives: empty },
    { what: 'nothing is left', args: [[sample(1, 0), sample(2, 0)]], gives: empty },
    {
      what: 'drops weight 0, keeps the order',
      args: [[sample(9, 1), sample(8, 0), sample(7, 5e-324)]],
      gives: { value: [sample(9, 1), sample(7, 5e-324)] },
    },
    {
      what: 'labels lose spaces',
      args: [[sample(1, 1, '  日本 語 '), sample(2, 1, '   '), sample(3, 1, '')]],
      gives: { value: [sample(1, 1, '日本 語'), sample(2, 1, ''), sample(3, 1, '')] },
    },
    {
      what: 'no other white space',
      args: [[sample(1, 1, ' \tx\u00A0 '), sample(2, 1, '\u3000\n')]],
      gives: { value: [sample(1, 1, '\tx\u00A0'), sample(2, 1, '\u3000\n')] },
    },
    {
      what: 'notes',
      args: [[sample(1, 1, 'a', ''), sample(2, 1, 'b', ' '), sample(3, 1, 'c', '🎉'), sample(4, 1, 'd')]],
      gives: { value: [sample(1, 1, 'a'), sample(2, 1, 'b', ' '), sample(3, 1, 'c', '🎉'), sample(4, 1, 'd')] },
    },
    { what: 'a negative weight', args: [[sample(1, 1), sample(2, -5e-324)]], gives: badSample(2) },
    { what: 'a weight that is no number', args: [[sample(4_294_967_295, NaN)]], gives: badSample(4_294_967_295) },
    { what: 'an infinite weight', args: [[sample(3, Infinity)]], gives: badSample(3) },
    { what: 'the first bad one', args: [[sample(0, 0), sample(5, -Infinity), sample(6, NaN)]], gives: badSample(5) },
    { what: 'a bad one after many', args: [[...MANY, sample(77, -1)]], gives: badSample(77) },
    {
      what: 'many',
      args: [MANY],
      gives: {
        value: MANY.filter((_, id) => id % 3 > 0).map(({ id, weight, note }) =>
          sample(id, weight, `${id}`, note || undefined),
        ),
      },
    },
  ],

  classify: [
    { what: 'below zero', args: [sample(1, -Infinity)], gives: { value: 'light' } },
    { what: 'just light', args: [sample(1, 0.25 - 2 ** -54)], gives: { value: 'light' } },
    { what: 'just regular', args: [sample(1, 0.25)], gives: { value: 'regular' } },
    { what: 'still regular', args: [sample(1, 0.75 - 2 ** -53, '', '')], gives: { value: 'regular' } },
    { what: 'just heavy', args: [sample(1, 0.75, '🎉', 'with a note')], gives: { value: 'heavy' } },
    { what: 'infinite', args: [{ id: 1, weight: Infinity, label: '' }], gives: { value: 'heavy' } },
  ],

  area: [
    { what: 'of a dot', args: [{ tag: 'dot' }], gives: { value: 0 } },
    { what: 'of a circle', args: [{ tag: 'circle', val: 2 }], gives: { value: 12.566370614359172 } },
    { what: 'of a small circle', args: [{ tag: 'circle', val: 0.1 }], gives: { value: Math.PI * (0.1 * 0.1) } },
    { what: 'of a circle without size', args: [{ tag: 'circle', val: 0 }], gives: { value: 0 } },
    { what: 'of a circle out of range', args: [{ tag: 'circle', val: 1e200 }], gives: { value: Infinity } },
    { what: 'of a negative radius', args: [{ tag: 'circle', val: -1 }], gives: { error: 'negative radius' } },
    { what: 'of a triangle', args: [{ tag: 'polygon', val: [at(0, 0), at(0, 3), at(4, 0)] }], gives: { value: 6 } },
    {
      what: 'of the same triangle the other way round',
      args: [{ tag: 'polygon', val: [at(4, 0), at(0, 3), at(0, 0)] }],
      gives: { value: 6 },
    },
    {
      what: 'of a polygon that is not convex',
      args: [{ tag: 'polygon', val: [at(0, 0), at(4, 0), at(4, 4), at(2, 1), at(0, 4)] }],
      gives: { value: 10 },
    },
    {
      what: 'of a bow tie',
      args: [{ tag: 'polygon', val: [at(0, 0), at(1, 1), at(1, 0), at(0, 1)] }],
      gives: { value: 0 },
    },
    {
      what: 'of two corners',
      args: [{ tag: 'polygon', val: [at(0, 0), at(1, 1)] }],
      gives: { error: 'a polygon has at least 3 corners' },
    },
    {
      what: 'of no corners',
      args: [{ tag: 'polygon', val: [] }],
      gives: { error: 'a polygon has at least 3 corners' },
    },
    { what: 'of a known name', args: [{ tag: 'named', val: 'unit-square' }], gives: { value: 1 } },
    {
      what: 'of an unknown name',
      args: [{ tag: 'named', val: 'Häuschen 🏠' }],
      gives: { error: 'unknown shape: Häuschen 🏠' },
    },
    { what: 'of an empty name', args: [{ tag: 'named', val: '' }], gives: { error: 'unknown shape: ' } },
  ],
}
