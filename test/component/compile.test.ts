import { describe, expect, test } from 'vitest'
import { planComponent } from '../../src/component/compile.ts'
import type { CoreDef, LinkPlan } from '../../src/component/link-plan.ts'
import { funcSignature, interfaceId, typeSignature, type Interface } from '../../src/ir/index.ts'
import { fixture, named } from './fixtures.ts'

function face(plan: LinkPlan, side: 'imports' | 'exports', name: string): Interface {
  const item = plan[side].get(name)
  if (item?.kind !== 'interface') throw new Error(`${name} is ${item?.kind}`)
  return item.interface
}

const functions = (of: Interface): string[] =>
  [...of.functions.values()].map((f) => `${f.name}: ${funcSignature(f, named)}`)
const types = (of: Interface): string[] =>
  [...of.types.values()].map((def) => `${def.name} = ${typeSignature(def.type, named)}`)

function core(def: CoreDef | undefined): string {
  if (def === undefined) return '-'
  switch (def.kind) {
    case 'core-export':
      return `${def.instance}.${def.name}`
    case 'lower': {
      const { memory, realloc, stringEncoding } = def.options
      const name = def.function.kind === 'import' ? `${def.function.item}#${def.function.name}` : 'lifted'
      return `lower ${name} in ${def.componentInstance} (${core(memory)} ${core(realloc)} ${stringEncoding})`
    }
    case 'unsupported':
      return def.name
    default:
      return `${def.kind} ${def.resource.type.name} in ${def.componentInstance}`
  }
}

const steps = (plan: LinkPlan): string[] =>
  plan.steps.flatMap((step) =>
    step.kind === 'start'
      ? ['start']
      : [`module ${step.module}`, ...step.imports.map((i) => `  ${i.module} ${i.name} = ${core(i.value)}`)],
  )

describe('a guest as wit-component makes it', () => {
  const bytes = fixture('guest')
  const plan = planComponent(bytes)

  test('imports', () => {
    expect([...plan.imports.keys()]).toEqual(['test:guest/host@0.1.0', 'exit'])
    const host = face(plan, 'imports', 'test:guest/host@0.1.0')
    expect(interfaceId(host)).toBe('test:guest/host@0.1.0')
    expect(types(host)).toEqual(['level = enum { low, high }'])
    expect(functions(host)).toEqual(['log: func(level: level, text: string)', 'now: func() -> u64'])
    expect([...host.types.values()].every((def) => def.owner === host)).toBe(true)
    const exit = plan.imports.get('exit')
    expect(exit?.kind === 'function' && funcSignature(exit.function, named)).toBe('func(status: u8)')
  })

  test('exports carry the types that the nested component gives them', () => {
    expect([...plan.exports.keys()]).toEqual(['test:guest/api', 'run'])
    const api = face(plan, 'exports', 'test:guest/api')
    expect(types(api)).toEqual(['counter = resource'])
    expect(functions(api)).toEqual([
      '[constructor]counter: func(start: u32) -> own<counter>',
      '[method]counter.name: func(self: borrow<counter>) -> string',
    ])
    const counter = api.types.get('counter')
    expect([...api.functions.values()].map((f) => f.kind)).toEqual([
      { kind: 'constructor', resource: counter },
      { kind: 'method', resource: counter },
    ])
  })

  test('an exported resource is one TypeDef in functions, built-ins and the table of resources', () => {
    const item = plan.exports.get('test:guest/api')
    if (item?.kind !== 'interface') throw new Error('not exported')
    const counter = item.interface.types.get('counter')
    const made = item.functions.get('[constructor]counter')?.type.result
    expect(made?.kind === 'own' && made.resource).toBe(counter)
    const resource = item.resources.get('counter')
    expect(resource?.type).toBe(counter)
    expect([...plan.resources]).toEqual([[counter, resource]])
    expect(resource?.kind === 'defined' && core(resource.dtor)).toBe('0.1')
  })

  test('links shim, main module and fixup in this order', () => {
    expect(steps(plan)).toEqual([
      'module 1',
      'module 0',
      '  test:guest/host@0.1.0 log = 0.0',
      '  test:guest/host@0.1.0 now = lower test:guest/host@0.1.0#now in 0 (- - utf8)',
      '  $root exit = lower exit#undefined in 0 (- - utf8)',
      '  [export]test:guest/api [resource-new]counter = resource-new counter in 0',
      'module 2',
      '  actual 0 = lower test:guest/host@0.1.0#log in 0 (1.memory - utf16)',
      '  actual 1 = 1.test:guest/api#[dtor]counter',
      '  shim $imports = 0.$imports',
    ])
    expect(plan.componentInstances).toEqual([{ parent: undefined }, { parent: 0 }])
  })

  test('lifts with the options of the binary', () => {
    const run = plan.exports.get('run')
    if (run?.kind !== 'function' || run.function.kind !== 'lift') throw new Error('not lifted')
    const { core: func, options, type } = run.function
    expect(core(func)).toBe('1.run')
    expect(type.name).toBe('run')
    expect([core(options.memory), core(options.realloc), core(options.postReturn), options.stringEncoding]).toEqual([
      '1.memory',
      '1.cabi_realloc',
      '-',
      'latin1+utf16',
    ])
    const item = plan.exports.get('test:guest/api')
    const name = item?.kind === 'interface' ? item.functions.get('[method]counter.name') : undefined
    expect(name?.kind === 'lift' && core(name.options.postReturn)).toBe(
      '1.cabi_post_test:guest/api#[method]counter.name',
    )
    // One definition is one object, so that the linker can cache by identity.
    expect(name?.kind === 'lift' && name.options.memory).toBe(options.memory)
  })

  test('core modules are views of the input', () => {
    expect(plan.modules.map((module) => module.buffer === bytes.buffer)).toEqual([true, true, true])
    expect(plan.modules.every((module) => WebAssembly.validate(module.slice()))).toBe(true)
  })
})

describe('nested components', () => {
  const plan = planComponent(fixture('nested'))

  test('are inlined once for each instantiation, their modules kept once', () => {
    expect(plan.modules.length).toBe(2)
    expect(steps(plan)).toEqual([
      'module 0',
      'module 1',
      '  in drop = resource-drop item in 2',
      'module 0',
      'module 1',
      '  in drop = resource-drop item in 3',
    ])
    expect(plan.componentInstances).toEqual([{ parent: undefined }, { parent: 0 }, { parent: 1 }, { parent: 1 }])
  })

  test('resources passed through them stay those of the host', () => {
    const [first] = plan.steps.flatMap((step) => (step.kind === 'instantiate' ? step.imports : []))
    expect(first?.value.kind === 'resource-drop' && first.value.resource).toEqual({
      kind: 'import',
      item: 'test:nested/items',
      name: 'item',
      type: face(plan, 'imports', 'test:nested/items').types.get('item'),
    })
  })

  test('each instance has functions and types of its own', () => {
    const first = plan.exports.get('test:nested/first')
    const picked = plan.exports.get('test:nested/picked')
    if (first?.kind !== 'interface' || picked?.kind !== 'interface') throw new Error('not exported')
    const f = first.functions.get('f')
    const g = picked.functions.get('g')
    expect(f?.kind === 'lift' && [core(f.core), f.componentInstance]).toEqual(['0.f', 2])
    expect(g?.kind === 'lift' && [core(g.core), g.componentInstance]).toEqual(['2.f', 3])
    expect(functions(picked.interface)).toEqual(['g: func(x: small) -> u32'])
  })

  test('an instance exported under two names is two interfaces, the second uses the types of the first', () => {
    const first = face(plan, 'exports', 'test:nested/first')
    const again = face(plan, 'exports', 'test:nested/again')
    expect([first.name, again.name]).toEqual(['first', 'again'])
    expect(first.package).toBe(again.package)
    expect(again.types.get('small')?.type).toEqual({ kind: 'ref', def: first.types.get('small') })
  })

  test('an imported instance can be exported', () => {
    expect(face(plan, 'exports', 'test:nested/items')).toBe(face(plan, 'imports', 'test:nested/items'))
    const items = plan.exports.get('test:nested/items')
    expect(items?.kind === 'interface' && items.functions.get('[static]item.count')).toMatchObject({
      kind: 'import',
      item: 'test:nested/items',
      name: '[static]item.count',
    })
  })
})

describe('resources', () => {
  const plan = planComponent(fixture('resources'))

  test('of the world belong to the world', () => {
    const handle = plan.imports.get('handle')
    if (handle?.kind !== 'type') throw new Error('not imported')
    expect(handle.type.owner).toBe(plan.world)
    expect(plan.resources.get(handle.type)).toEqual({
      kind: 'import',
      item: 'handle',
      name: undefined,
      type: handle.type,
    })
    const id = plan.imports.get('[method]handle.id')
    expect(id?.kind === 'function' && id.function.kind).toEqual({ kind: 'method', resource: handle.type })
  })

  test('used by another interface are aliases', () => {
    const io = face(plan, 'imports', 'test:resources/io')
    const files = face(plan, 'imports', 'test:resources/files')
    expect(files.types.get('stream')?.type).toEqual({ kind: 'ref', def: io.types.get('stream') })
    const opened = files.functions.get('open')?.result
    expect(opened?.kind === 'own' && opened.resource).toBe(files.types.get('stream'))
  })

  test('defined here get their name from the first export', () => {
    const node = plan.exports.get('node')
    const again = plan.exports.get('again')
    if (node?.kind !== 'type' || again?.kind !== 'type') throw new Error('not exported')
    expect(node.type).toMatchObject({ name: 'node', type: { kind: 'resource' } })
    expect(node.resource).toBe(plan.resources.get(node.type))
    expect(again.type).toMatchObject({ name: 'again', type: { kind: 'ref', def: node.type } })
    expect(again.resource).toBe(node.resource)
    expect([...plan.resources.keys()].map((def) => def.name)).toEqual(['handle', 'stream', 'node', 'leaf'])
  })
})

test('a start function is a step', () => {
  const { steps: all } = planComponent(fixture('start'))
  expect(all).toMatchObject([
    { kind: 'start', function: { kind: 'import', item: 'init', name: undefined }, componentInstance: 0 },
  ])
})

test('core types are stepped over, imported modules and components are named', () => {
  const plan = planComponent(fixture('core-types'))
  expect([...plan.imports].map(([name, item]) => `${name} ${item.kind}`)).toEqual([
    'inner component',
    'code module',
    'plain interface',
  ])
  expect(functions(face(plan, 'imports', 'plain'))).toEqual(['z: func()'])
  expect(interfaceId(face(plan, 'imports', 'plain'))).toBeUndefined()
})

test('built-ins that are not served are read', () => {
  expect(planComponent(fixture('built-ins')).steps.length).toBe(1)
})
