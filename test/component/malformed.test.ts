import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ComponentError } from '../../src/component/component-error.ts'
import { planComponent } from '../../src/component/compile.ts'
import { readCoreModule } from '../../src/component/core-module.ts'
import { isComponent, isCoreModule } from '../../src/component/preamble.ts'
import { component, fixture, FIXTURES, section, text } from './fixtures.ts'

/** Whether `read` succeeds; anything but a `ComponentError` is rethrown. */
function accepted(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch (error) {
    if (error instanceof ComponentError && /^CMP\d{4}$/.test(error.code) && error.offset >= 0) return false
    throw error
  }
}

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00]

test.each([
  [[], 'CMP1001', 'expected a component, got something that is not WebAssembly (at byte 0)'],
  [[0x7f, 0x45, 0x4c, 0x46], 'CMP1001', 'expected a component, got something that is not WebAssembly (at byte 0)'],
  [
    HEADER.slice(0, 5),
    'CMP1003',
    'expected version 13, layer 1 of the binary format, got version 13, layer undefined (at byte 0)',
  ],
  [
    [0x00, 0x61, 0x73, 0x6d, 0x0c, 0x00, 0x01, 0x00],
    'CMP1003',
    'expected version 13, layer 1 of the binary format, got version 12, layer 1 (at byte 0)',
  ],
  [
    [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    'CMP1002',
    'expected a component, got a core module; `wasm-tools component new` makes a component of it (at byte 0)',
  ],
])('what is no component is named: %j', (bytes, code, message) => {
  expect(() => planComponent(Uint8Array.from(bytes))).toThrow(expect.objectContaining({ code, message }))
})

test('the error has a name, a code and an offset', () => {
  const error = new ComponentError('CMP1004', 'expected more', 7)
  expect([error.name, error.code, error.offset, error.message]).toEqual([
    'ComponentError',
    'CMP1004',
    7,
    'expected more (at byte 7)',
  ])
})

test('isComponent and isCoreModule tell them apart', () => {
  expect(
    [fixture('guest'), fixture('core-module'), new Uint8Array(8)].map((b) => [isComponent(b), isCoreModule(b)]),
  ).toEqual([
    [true, false],
    [false, true],
    [false, false],
  ])
})

/** `value` below 2 ** 14 in LEB128. */
const leb = (value: number): number[] => (value < 0x80 ? [value] : [0x80 | (value & 0x7f), value >> 7])

const instanceType = section(7, [1, 0x42, 0])

test.each([
  ['an unknown section', component([0x0d, 0]), 'CMP1005', 'expected a section of a component, got 0x0d (at byte 10)'],
  ['a section past the end', component([0x07, 9, 0]), 'CMP1004', 'expected 9 bytes, only 1 bytes are left (at byte 9)'],
  [
    'a section with a rest',
    component(section(7, [0, 1, 2])),
    'CMP1004',
    'section 7 is 2 bytes longer than what it holds (at byte 11)',
  ],
  [
    'more items than bytes',
    component(section(7, [0x7f, 0x7d])),
    'CMP1004',
    'expected 127 items, only 1 bytes are left (at byte 10)',
  ],
  [
    'a huge count',
    component(section(7, [0xff, 0xff, 0xff, 0xff, 0x0f])),
    'CMP1004',
    'expected 4294967295 items, only 0 bytes are left (at byte 10)',
  ],
  [
    'a count beyond 32 bits',
    component(section(7, [0xff, 0xff, 0xff, 0xff, 0x1f])),
    'CMP1005',
    'expected an integer of 32 bits, this one is longer (at byte 10)',
  ],
  ['values', component(section(12, [0])), 'CMP1008', 'component-level values are not supported (at byte 9)'],
  [
    'a custom section without a name',
    component(section(0, [5])),
    'CMP1004',
    'expected 5 bytes, only 0 bytes are left (at byte 10)',
  ],
  [
    'an import twice',
    component(instanceType, section(10, [2, 0], text('a'), [5, 0, 0], text('a'), [5, 0])),
    'CMP1005',
    'expected each import only once, `a` is there twice (at byte 21)',
  ],
  [
    'an alias to what is not exported',
    component(instanceType, section(10, [1, 0], text('a'), [5, 0]), section(6, [1, 0x01, 0x00, 0], text('f'))),
    'CMP1006',
    'expected an instance that exports `f` (at byte 24)',
  ],
  [
    'an outer alias too far out',
    component(section(6, [1, 0x03, 0x02, 1, 0])),
    'CMP1006',
    'expected an outer alias to reach an enclosing component or type (at byte 11)',
  ],
  [
    'an outer alias to a function',
    component(section(6, [1, 0x01, 0x02, 0, 0])),
    'CMP1005',
    'expected an outer alias to a type, module or component, not to a func (at byte 11)',
  ],
  [
    'an alias without target',
    component(section(6, [1, 0x01, 0x03])),
    'CMP1005',
    'expected the target of an alias, got 0x03 (at byte 12)',
  ],
  ['an unknown sort', component(section(6, [1, 0x06])), 'CMP1005', 'expected a sort, got 0x06 (at byte 11)'],
  [
    'an unknown core sort',
    component(section(6, [1, 0x00, 0x05])),
    'CMP1005',
    'expected a core sort, got 0x05 (at byte 12)',
  ],
  [
    'a module that is none',
    component(section(1, [1, 2, 3]), section(2, [1, 0x00, 0, 0])),
    'CMP1001',
    'expected a core module, got something else (at byte 10)',
  ],
  [
    'an import in an instance type',
    component(section(7, [1, 0x42, 1, 0x03])),
    'CMP1005',
    'expected a declaration of an instance or component type, got 0x03 (at byte 13)',
  ],
  [
    'an instantiation without an argument',
    component(section(4, HEADER, instanceType, section(10, [1, 0], text('a'), [5, 0])), section(5, [1, 0x00, 0, 0])),
    'CMP1006',
    'expected an argument `a` (at byte 35)',
  ],
  [
    'a core module without an argument',
    component(
      section(1, [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], section(2, [1], text('m'), text('f'), [0, 0])),
      section(2, [1, 0x00, 0, 0]),
    ),
    'CMP1006',
    'expected an argument `m` for the core module (at byte 31)',
  ],
])('refuses %s', (_, bytes, code, message) => {
  expect(() => planComponent(bytes)).toThrow(expect.objectContaining({ code, message }))
})

test('components that instantiate each other to no end are refused', () => {
  // Each level holds the next one and instantiates it twice.
  let bytes: number[] = [...HEADER]
  for (let level = 0; level < 26; level++) {
    const length = bytes.length
    bytes = [...HEADER, 4, ...leb(length), ...bytes, ...section(5, [2, 0, 0, 0, 0, 0, 0])]
  }
  expect(() => planComponent(Uint8Array.from(bytes))).toThrow(
    expect.objectContaining({ code: 'CMP1007', message: expect.stringContaining('more than 1000000 items') }),
  )
})

test('components that nest too deeply are refused', () => {
  let bytes: number[] = [...HEADER]
  for (let level = 0; level < 101; level++) {
    const length = bytes.length
    bytes = [...HEADER, 4, ...leb(length), ...bytes, ...section(5, [1, 0, 0, 0])]
  }
  expect(() => planComponent(Uint8Array.from(bytes))).toThrow(
    expect.objectContaining({ code: 'CMP1007', message: expect.stringContaining('at most 100 levels of nesting') }),
  )
})

describe.each(FIXTURES)('%s', (name) => {
  const bytes = fixture(name)

  test('cut off anywhere: a ComponentError, or a component that ends there', () => {
    const complete = Array.from({ length: bytes.length }, (_, end) =>
      accepted(() => planComponent(bytes.subarray(0, end))),
    )
    // Right behind the preamble, for one.
    expect(complete.indexOf(true)).toBe(8)
    expect(complete.filter((ok) => !ok).length).toBeGreaterThan(bytes.length / 2)
  })

  test('changed at random: a ComponentError, or another component', () => {
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const mutated = bytes.slice()
        for (const [at, value] of changes) mutated[at] = value
        accepted(() => planComponent(mutated))
      }),
      { numRuns: 2000 },
    )
  })
})

test('a core module cut off or changed anywhere: a ComponentError, or another module', () => {
  const bytes = fixture('core-module')
  for (let end = 0; end < bytes.length; end++) accepted(() => readCoreModule(bytes.subarray(0, end)))
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
      accepted(() => readCoreModule(bytes.with(at, value)))
    }),
    { numRuns: 2000 },
  )
})

test('instance types that hold each other too deeply are refused', () => {
  const types = Array.from({ length: 120 }, (_, i) =>
    i === 0 ? [0x42, 0] : [0x42, 2, 0x02, 0x03, 0x02, 1, ...leb(i - 1), 0x04, 0, ...text('i'), 0x05, 0],
  ).flat()
  const content = [120, ...types]
  const deep = component([7, ...leb(content.length), ...content], section(10, [1, 0], text('a'), [0x05, 119]))
  expect(() => planComponent(deep)).toThrow(
    expect.objectContaining({ code: 'CMP1007', message: expect.stringContaining('at most 100 levels of nesting') }),
  )
})

test('what is used over and over is charged each time', () => {
  // An instance type with a name of 4,000 bytes, held 10,000 times by another one, would be read into 40 MB of names.
  const longName = [
    0x42,
    2,
    0x01,
    0x40,
    0,
    1,
    0,
    0x04,
    0,
    ...leb(4000),
    ...Array.from({ length: 4000 }, () => 0x61),
    0x01,
    0,
  ]
  const nested = (times: number): number[] => [
    0x42,
    ...leb(times + 1),
    0x02,
    0x03,
    0x02,
    1,
    0,
    ...Array.from({ length: times }, () => [0x04, 0, 0, 0x05, 0]).flat(),
  ]
  const content = [2, ...longName, ...nested(10_000)]
  const bytes = component([
    7,
    0x80 | (content.length & 0x7f),
    0x80 | ((content.length >> 7) & 0x7f),
    content.length >> 14,
    ...content,
  ])
  expect(() => planComponent(bytes)).toThrow(
    expect.objectContaining({ code: 'CMP1007', message: expect.stringContaining('more than 1000000 items') }),
  )
})
