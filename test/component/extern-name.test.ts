import { expect, test } from 'vitest'
import { planComponent } from '../../src/component/compile.ts'
import { parseInterfaceName, readExternName } from '../../src/component/extern-name.ts'
import { Reader } from '../../src/component/reader.ts'
import { interfaceId } from '../../src/ir/index.ts'
import { component, section, text } from './fixtures.ts'

const read = (...bytes: number[]): unknown => readExternName(new Reader(Uint8Array.from(bytes)))

test('the three encodings of a name', () => {
  const plain = { name: 'a:b/c', id: 'a:b/c', implements: undefined, externalId: undefined, offset: 0 }
  expect(read(0x00, ...text('a:b/c'))).toEqual(plain)
  expect(read(0x01, ...text('a:b/c'))).toEqual(plain)
  expect(read(0x02, ...text('a:b/c'), 0)).toEqual(plain)
})

test('attributes', () => {
  expect(read(0x02, ...text('a:b/c@1'), 1, 0x01, ...text('.2.3'))).toMatchObject({ name: 'a:b/c@1', id: 'a:b/c@1.2.3' })
  expect(read(0x02, ...text('x'), 2, 0x02, ...text('key 1'), 0x00, ...text('a:b/c'))).toMatchObject({
    name: 'x',
    id: 'x',
    implements: 'a:b/c',
    externalId: 'key 1',
  })
})

test.each([
  [[0x03], 'CMP1005', 'expected an import or export name, got 0x03 (at byte 0)'],
  [[0x02, 0, 1, 0x03], 'CMP1005', 'expected a new attribute of the name, got 0x03 (at byte 3)'],
  [[0x02, 0, 2, 0x01, 0, 0x01, 0], 'CMP1005', 'expected a new attribute of the name, got 0x01 (at byte 5)'],
  [[0x00, 2, 0xc3, 0x28], 'CMP1005', 'expected a UTF-8 name (at byte 2)'],
  [[0x00, 5, 0x61], 'CMP1004', 'expected 5 bytes, only 1 bytes are left (at byte 1)'],
])('refuses %j', (bytes, code, message) => {
  expect(() => read(...bytes)).toThrow(expect.objectContaining({ code, message }))
})

test('non-ASCII names are decoded', () => {
  expect(read(0x00, ...text('é-😀'))).toMatchObject({ name: 'é-😀' })
})

test('interface names come apart', () => {
  expect(parseInterfaceName('ns:pkg/iface@1.0.0-rc.1+b')).toEqual({
    package: { namespace: 'ns', name: 'pkg', version: '1.0.0-rc.1+b' },
    name: 'iface',
  })
  expect(parseInterfaceName('ns:pkg/iface')).toEqual({
    package: { namespace: 'ns', name: 'pkg', version: undefined },
    name: 'iface',
  })
  for (const other of ['iface', 'a:b', '[method]a.b', 'unlocked-dep=<a:b/c>', 'url=<https://a/b>']) {
    expect(parseInterfaceName(other)).toBeUndefined()
  }
})

test('an import keeps its full version, and is named after the interface that it implements', () => {
  const instance = section(7, [1, 0x42, 0])
  const versioned = planComponent(
    component(instance, section(10, [1, 0x02], text('a:b/c@1'), [1, 0x01], text('.2.3'), [0x05, 0])),
  )
  expect([...versioned.imports.keys()]).toEqual(['a:b/c@1.2.3'])
  const implementing = planComponent(
    component(instance, section(10, [1, 0x02], text('mine'), [1, 0x00], text('a:b/c@1.0.0'), [0x05, 0])),
  )
  const mine = implementing.imports.get('mine')
  expect(mine?.kind === 'interface' && interfaceId(mine.interface)).toBe('a:b/c@1.0.0')
})
