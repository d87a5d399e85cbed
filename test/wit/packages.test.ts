import { describe, expect, it } from 'vitest'
import { packageId } from '../../src/ir/index.ts'
import { interfaceOf, load, problems, worldOf } from '../helpers/wit.ts'

describe('packages', () => {
  it.each(['a:b', 'a:b@1.0.0', 'a:b@1.0.0-rc.1', 'a:b@1.0.0+build.5', 'a-a:b-1@0.0.1-alpha-x.2+7'])(
    '%s is a name',
    (name) => {
      expect(packageId(load(`package ${name};`).root.name)).toBe(name)
    },
  )

  it('are made of the files of a folder, which see each other but not their uses', () => {
    const files = {
      'b.wit': 'interface two { use one.{t}; }',
      'a.wit': 'package a:b; use two as deux; interface one { type t = u8; } world w { import deux; }',
    }
    expect([...load(files).root.interfaces.keys()]).toEqual(['one', 'two'])
    expect(problems({ ...files, 'c.wit': 'world x { import deux; }' })).toEqual([
      '1:18 WIT0032 the interface `deux` is not defined',
    ])
  })

  it('come dependencies first, else by name and version', () => {
    const resolve = load({
      'root.wit': 'package m:root; interface i { use z:dep/i.{t}; use z:dep/i@1.10.0.{t as u}; }',
      'deps/z/a.wit': 'package z:dep; interface i { type t = u8; }',
      'deps/z2/a.wit': 'package z:dep@1.10.0; interface i { type t = u8; }',
      'deps/z1/a.wit': 'package z:dep@1.9.0; interface i { type t = u8; }',
      'deps/a/a.wit': 'package a:unused;',
    })
    expect(resolve.packages.map((p) => packageId(p.name))).toEqual([
      'a:unused',
      'z:dep',
      'z:dep@1.10.0',
      'm:root',
      'z:dep@1.9.0',
    ])
    expect(packageId(resolve.root.name)).toBe('m:root')
  })

  it('can be nested in a file', () => {
    const resolve = load(
      'package a:b; package c:d@1.0.0 { interface i { type t = u8; } } interface j { use c:d/i@1.0.0.{t}; }',
    )
    expect(resolve.packages.map((p) => packageId(p.name))).toEqual(['c:d@1.0.0', 'a:b'])
  })

  it('may be given resolved', () => {
    const dep = load('package c:d; interface i { resource r; }')
    const resolve = load('package a:b; interface j { use c:d/i.{r}; f: func(r: r); }', { packages: dep.packages })
    expect(resolve.packages).toEqual([dep.root, resolve.root])
    const target = interfaceOf(resolve, 'j').types.get('r')?.type
    expect(target?.kind === 'ref' && target.def).toBe(interfaceOf(dep, 'i').types.get('r'))
  })

  it('read a version up to the braces of a use', () => {
    const resolve = load(
      'package a:b; package c:d@1.0.0-rc.2 { interface i { type t = u8; } } interface j { use c:d/i@1.0.0-rc.2.{t}; }',
    )
    expect([...interfaceOf(resolve, 'j').types.keys()]).toEqual(['t'])
  })

  it('keep Windows line ends out of spans and docs', () => {
    const text = 'package a:b;\n/// one\n/// two\ninterface i {\n  f: func(x: u8);\n}\n'
    expect(load(text.replaceAll('\n', '\r\n'))).toEqual(load(text))
    expect(problems('package a:b;\r\n\r\n  nonsense')).toEqual(problems('package a:b;\n\n  nonsense'))
  })

  it('skip a byte order mark', () => {
    expect(load('\ufeffpackage a:b;').root.name.name).toBe('b')
  })
})

describe('use', () => {
  it('gives a name of its own that refers to the type', () => {
    const resolve = load(
      'package a:b; interface i { record r { x: u8 } } interface j { use i.{r as s}; f: func(a: s); }',
    )
    const [r, s] = [interfaceOf(resolve, 'i').types.get('r'), interfaceOf(resolve, 'j').types.get('s')]
    expect(s).toMatchObject({ name: 's', type: { kind: 'ref', def: r } })
    expect(s?.owner).toBe(interfaceOf(resolve, 'j'))
    expect(interfaceOf(resolve, 'j').functions.get('f')?.params[0]?.type).toEqual({ kind: 'ref', def: s })
  })

  it('works at the top level of a file, with and without a new name', () => {
    const resolve = load({
      'root.wit': 'package a:b; use c:d/i; use c:d/i as k; world w { import i; export k; }',
      'deps/c.wit': 'package c:d; interface i {}',
    })
    expect([...worldOf(resolve, 'w').imports.keys()]).toEqual(['c:d/i'])
    expect([...worldOf(resolve, 'w').exports.keys()]).toEqual(['c:d/i'])
  })
})
