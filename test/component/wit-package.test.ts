import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ComponentError } from '../../src/component/component-error.ts'
import { customSections } from '../../src/component/custom-sections.ts'
import { readWitOfComponent } from '../../src/component/wit-package.ts'
import { funcSignature, interfaceId, packageId, typeSignature, type Interface, type World } from '../../src/ir/index.ts'
import { fixture, named } from './fixtures.ts'

const resolve = readWitOfComponent(fixture('docs'))
const { root } = resolve

function face(name: string): Interface {
  const found = root.interfaces.get(name)
  if (found === undefined) throw new Error(`no interface ${name}`)
  return found
}

function world(of = root, name = 'guest'): World {
  const found = of.worlds.get(name)
  if (found === undefined) throw new Error(`no world ${name}`)
  return found
}

test('an encoded package has its interfaces and worlds', () => {
  expect(packageId(root.name)).toBe('demo:docs@1.2.0')
  expect(resolve.packages).toEqual([root])
  expect([...root.interfaces.keys()]).toEqual(['types', 'other'])
  expect([...root.worlds.keys()]).toEqual(['guest'])
  expect([...face('types').types.values()].map((def) => `${def.name} = ${typeSignature(def.type, named)}`)).toEqual([
    'point = record { x: u32, y: u32 }',
    'color = enum { red, green }',
    'thing = resource',
  ])
  expect([...face('types').functions.values()].map((f) => `${f.name}: ${funcSignature(f, named)}`)).toEqual([
    '[constructor]thing: func(x: u32) -> own<thing>',
    '[method]thing.at: func(self: borrow<thing>) -> point',
    'paint: func(p: point, c: color) -> own<thing>',
  ])
})

test('an interface is one object wherever it is used, and so are its types', () => {
  const types = face('types')
  const thing = types.types.get('thing')
  expect(face('other').types.get('thing')?.type).toEqual({ kind: 'ref', def: thing })
  expect(types.functions.get('[method]thing.at')?.kind).toEqual({ kind: 'method', resource: thing })
  const { imports, exports } = world()
  const imported = imports.get('demo:docs/types@1.2.0')
  const exported = exports.get('demo:docs/types@1.2.0')
  expect(imported?.kind === 'interface' && imported.interface).toBe(types)
  expect(exported?.kind === 'interface' && exported.interface).toBe(types)
  const point = imports.get('point')
  expect(point?.kind === 'type' && point.type).toMatchObject({ type: { kind: 'ref' }, owner: world() })
  expect(point?.kind === 'type' && point.type.type.kind === 'ref' && point.type.type.def).toBe(types.types.get('point'))
})

test('a world has its functions, types and inline interfaces', () => {
  const { imports, exports } = world()
  expect([...imports.keys()]).toEqual(['demo:docs/types@1.2.0', 'log', 'point', 'points'])
  expect([...exports.keys()]).toEqual(['run', 'demo:docs/types@1.2.0'])
  const log = imports.get('log')
  expect(log?.kind === 'interface' && [log.interface.name, log.interface.package === root]).toEqual([undefined, true])
  const run = exports.get('run')
  expect(run?.kind === 'function' && funcSignature(run.function, named)).toBe('func(p: points)')
})

test('docs and stability come from the package-docs section', () => {
  const types = face('types')
  expect([root.docs, types.docs, world().docs]).toEqual(['The package.', 'Shared types.', 'A world.'])
  expect(types.stability).toEqual({ level: 'stable', since: '1.0.0', deprecated: undefined })
  const point = types.types.get('point')
  expect(point?.docs).toBe('A point.')
  expect(point?.type.kind === 'record' && point.type.fields.map((f) => f.docs)).toEqual(['To the right.', undefined])
  const color = types.types.get('color')?.type
  expect(color?.kind === 'enum' && color.cases.map((c) => c.docs)).toEqual([undefined, 'Like grass.'])
  expect(types.functions.get('[constructor]thing')?.docs).toBe('Makes one.')
  expect(types.functions.get('paint')).toMatchObject({
    docs: 'Paints.',
    stability: { level: 'stable', since: '1.1.0', deprecated: '1.2.0' },
  })
  const { imports } = world()
  expect(imports.get('demo:docs/types@1.2.0')).toMatchObject({ docs: 'Needed.' })
  expect(imports.get('log')).toMatchObject({
    interface: { docs: 'Inline.', functions: new Map([['say', expect.objectContaining({ docs: 'Says it.' })]]) },
  })
})

test('a component that runs gives its world', () => {
  const found = readWitOfComponent(fixture('guest'))
  expect(found.packages.map((p) => packageId(p.name))).toEqual(['test:guest@0.1.0', 'test:guest', 'root:component'])
  const own = world(found.root, 'root')
  expect([...own.imports.keys()]).toEqual(['test:guest/host@0.1.0', 'exit'])
  expect([...own.exports.keys()]).toEqual(['test:guest/api', 'run'])
  const api = own.exports.get('test:guest/api')
  expect(api?.kind === 'interface' && interfaceId(api.interface)).toBe('test:guest/api')
  expect(
    api?.kind === 'interface' && [...api.interface.types.values()].every((def) => def.owner === api.interface),
  ).toBe(true)
})

test('world-level resources belong to the world', () => {
  const own = world(readWitOfComponent(fixture('resources')).root, 'root')
  const handle = own.imports.get('handle')
  const id = own.imports.get('[method]handle.id')
  if (handle?.kind !== 'type' || id?.kind !== 'function') throw new Error('not imported')
  expect(handle.type.owner).toBe(own)
  expect(id.function.kind).toEqual({ kind: 'method', resource: handle.type })
})

test('custom sections are found by prefix, as views', () => {
  const bytes = fixture('docs')
  const [section, ...rest] = customSections(bytes, 'package-')
  expect([section?.name, rest]).toEqual(['package-docs', []])
  expect(section?.bytes[0]).toBe(1)
  expect(section?.bytes.buffer).toBe(bytes.buffer)
  expect(customSections(fixture('core-module'), 'note').map((s) => new TextDecoder().decode(s.bytes))).toEqual([
    'hello',
  ])
})

test('a package changed at random: a ComponentError, or another package', () => {
  const bytes = fixture('docs')
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
      try {
        readWitOfComponent(bytes.with(at, value))
      } catch (error) {
        if (!(error instanceof ComponentError)) throw error
      }
    }),
    { numRuns: 3000 },
  )
})
