import { describe, expect, it } from 'vitest'
import type { World } from '../../src/ir/index.ts'
import { load, problems, worldOf } from '../helpers/wit.ts'

const keys = (world: World): { imports: string[]; exports: string[] } => ({
  imports: [...world.imports].map(([key, item]) => `${item.kind} ${key}`),
  exports: [...world.exports].map(([key, item]) => `${item.kind} ${key}`),
})

describe('worlds', () => {
  it('import and export interfaces, inline interfaces, functions, labels and types', () => {
    const world = worldOf(
      load(`package a:b@1.0.0;
        interface i {}
        world w {
          export run: async func() -> u8;
          import log: func(s: string);
          import label: i;
          import i;
          export inline: interface { f: func(); }
          record r { x: u8 }
          resource c { constructor(); m: func(r: r); }
          @external-id("some id") export i;
        }`),
      'w',
    )
    expect(keys(world)).toEqual({
      imports: [
        'interface label',
        'interface a:b/i@1.0.0',
        'type r',
        'type c',
        'function log',
        'function [constructor]c',
        'function [method]c.m',
      ],
      exports: ['function run', 'interface inline', 'interface a:b/i@1.0.0'],
    })
    expect(world.exports.get('run')).toMatchObject({ function: { async: true, name: 'run' } })
    expect(world.exports.get('a:b/i@1.0.0')).toMatchObject({ externalId: 'some id' })
    expect(world.imports.get('label')).toMatchObject({ interface: { name: 'i' } })
    expect(world.exports.get('inline')).toMatchObject({ interface: { name: undefined } })
  })

  it('import what their imports, exports and types use, each before what needs it', () => {
    const resolve = load(`package a:b;
      interface base { type t = u8; }
      interface middle { use base.{t}; type s = t; }
      interface top { use middle.{s}; }
      interface other { use base.{t}; }
      world imports { import top; }
      world exports { export top; }
      world both { export top; export middle; export base; }
      world types { use middle.{s}; import f: func(s: s); }
      world mixed { export base; import top; export other; }`)
    expect(keys(worldOf(resolve, 'imports')).imports).toEqual([
      'interface a:b/base',
      'interface a:b/middle',
      'interface a:b/top',
    ])
    expect(keys(worldOf(resolve, 'exports'))).toEqual({
      imports: ['interface a:b/base', 'interface a:b/middle'],
      exports: ['interface a:b/top'],
    })
    expect(keys(worldOf(resolve, 'both'))).toEqual({
      imports: [],
      exports: ['interface a:b/base', 'interface a:b/middle', 'interface a:b/top'],
    })
    expect(keys(worldOf(resolve, 'types')).imports).toEqual([
      'interface a:b/base',
      'interface a:b/middle',
      'type s',
      'function f',
    ])
    expect(keys(worldOf(resolve, 'mixed'))).toEqual({
      imports: ['interface a:b/base', 'interface a:b/middle', 'interface a:b/top'],
      exports: ['interface a:b/base', 'interface a:b/other'],
    })
  })

  it('cannot need one interface as import and as export', () => {
    expect(
      problems(`package a:b;
        interface base { type t = u8; }
        interface middle { use base.{t}; }
        interface top { use base.{t}; use middle.{t as u}; }
        world w { export base; export top; }`),
    ).toEqual([
      '5:39 WIT0053 exporting `a:b/top` needs an interface of the world `w` both as import and as export / export the interfaces in between too',
    ])
  })
})

describe('include', () => {
  it('copies imports and exports, renamed where asked', () => {
    const world = worldOf(
      load(`package a:b;
        interface i {}
        world base {
          import i;
          import f: func(c: borrow<c>);
          export g: func();
          resource c { m: func(); }
        }
        world w {
          include base with { f as ff, c as cc }
          export h: func();
        }`),
      'w',
    )
    expect(keys(world)).toEqual({
      imports: ['interface a:b/i', 'type cc', 'function ff', 'function [method]cc.m'],
      exports: ['function h', 'function g'],
    })
    const type = world.imports.get('cc')
    const method = world.imports.get('[method]cc.m')
    const func = world.imports.get('ff')
    if (type?.kind !== 'type' || method?.kind !== 'function' || func?.kind !== 'function')
      throw new Error('wrong kinds')
    expect(type.type).toMatchObject({ name: 'cc' })
    expect(type.type.owner).toBe(world)
    expect(method.function).toMatchObject({ name: '[method]cc.m', kind: { kind: 'method', resource: type.type } })
    expect(func.function.params[0]?.type).toEqual({ kind: 'borrow', resource: type.type })
  })

  it('copies inline interfaces and says of what', () => {
    const resolve = load(`package a:b;
      world base { import j: interface { record r { x: u8 } f: func(r: r); } }
      world w { include base; }`)
    const [original, copy] = ['base', 'w'].map((name) => worldOf(resolve, name).imports.get('j'))
    if (original?.kind !== 'interface' || copy?.kind !== 'interface') throw new Error('wrong kinds')
    expect(copy.interface).not.toBe(original.interface)
    expect(copy.interface.cloneOf).toBe(original.interface)
    expect(copy.interface.types.get('r')?.owner).toBe(copy.interface)
    expect(copy.interface.functions.get('f')?.params[0]?.type).toEqual({
      kind: 'ref',
      def: copy.interface.types.get('r'),
    })
  })

  it('joins an interface that both have', () => {
    const resolve = load(
      'package a:b; interface i {} world base { import i; } world w { import i; include base; include base; }',
    )
    expect(keys(worldOf(resolve, 'w')).imports).toEqual(['interface a:b/i'])
  })

  it('finds the getter of a setter in the included world', () => {
    const resolve = load(
      'package a:b; world base { import p: get() -> u8; } world w { import p: set(v: u8); include base; }',
    )
    expect(keys(worldOf(resolve, 'w')).imports).toEqual(['function [get]p', 'function [set]p'])
  })
})

describe('features', () => {
  const text = `package a:b@1.1.0;
    interface i {
      @since(version = 1.0.0) @deprecated(version = 1.1.0)
      f: func();
      @unstable(feature = fancy)
      type t = u8;
      @unstable(feature = fancy)
      g: func(t: t);
    }
    @unstable(feature = fancy)
    interface j {
      @unstable(feature = other)
      h: func();
    }
    world w {
      import i;
      @unstable(feature = fancy) import j;
      @unstable(feature = fancy) export k: func();
    }`

  it('are off unless they are named', () => {
    const off = load(text)
    expect([...off.root.interfaces.keys()]).toEqual(['i'])
    expect([...(off.root.interfaces.get('i')?.functions.keys() ?? [])]).toEqual(['f'])
    expect(keys(worldOf(off, 'w'))).toEqual({ imports: ['interface a:b/i@1.1.0'], exports: [] })
    const fancy = load(text, { features: new Set(['fancy']) })
    expect([...(fancy.root.interfaces.get('j')?.functions.keys() ?? [])]).toEqual([])
    expect(keys(worldOf(fancy, 'w'))).toEqual({
      imports: ['interface a:b/i@1.1.0', 'interface a:b/j@1.1.0'],
      exports: ['function k'],
    })
    expect([...(load(text, { features: 'all' }).root.interfaces.get('j')?.functions.keys() ?? [])]).toEqual(['h'])
  })

  it('leave their mark on what is in', () => {
    const functions = load(text, { features: 'all' }).root.interfaces.get('i')?.functions
    expect(functions?.get('f')?.stability).toEqual({ level: 'stable', since: '1.0.0', deprecated: '1.1.0' })
    expect(functions?.get('g')?.stability).toEqual({ level: 'unstable', feature: 'fancy', deprecated: undefined })
  })

  it('let something that is off refer to what is not there', () => {
    const gated =
      'package a:b; package c:d { interface i {} } interface j { @unstable(feature = x) use c:d/nothing.{t}; @unstable(feature = x) f: func(t: t); }'
    expect(problems(gated)).toEqual([])
    expect(problems(gated, { features: 'all' })).toEqual(['1:90 WIT0032 the package `c:d` has no interface `nothing`'])
  })
})
