import { expect, it } from 'vitest'
import { funcOf, interfaceOf, load, worldOf } from '../helpers/wit.ts'

const docsOf = (comment: string): string | undefined =>
  funcOf(load(`package a:b;\ninterface i {\n${comment}\nf: func();\n}`), 'i', 'f').docs

it.each([
  ['/// one\n/// two', 'one\ntwo'],
  ['/// one\n///   two', 'one\n  two'],
  ['///   one\n///   two', 'one\ntwo'],
  ['/// one\n///\n/// two', 'one\n\ntwo'],
  ['/// one\n///', 'one'],
  ['/** one */', 'one'],
  ['/**one\ntwo*/', 'one\ntwo'],
  ['// plain', 'plain'],
  ['//// four', 'four'],
  ['/**/', ''],
  ['', undefined],
])('%j documents what follows as %j', (comment, docs) => {
  expect(docsOf(comment)).toBe(docs)
})

it('keeps docs on every kind of item', () => {
  const resolve = load(`
    /// package
    package a:b;
    /// interface
    interface i {
      /// record
      record r {
        /// field
        x: u32,
      }
      /// resource
      resource s {
        /// method
        m: func();
      }
    }
    /// world
    world w {
      /// import
      import i;
      /// inline
      export j: interface {}
    }`)
  const face = interfaceOf(resolve, 'i')
  const record = face.types.get('r')
  expect(resolve.root.docs).toBe('package')
  expect(face.docs).toBe('interface')
  expect(record?.docs).toBe('record')
  expect(record?.type.kind === 'record' && record.type.fields[0]?.docs).toBe('field')
  expect(face.types.get('s')?.docs).toBe('resource')
  expect(face.functions.get('[method]s.m')?.docs).toBe('method')
  const world = worldOf(resolve, 'w')
  expect(world.docs).toBe('world')
  expect(world.imports.get('a:b/i')).toMatchObject({ kind: 'interface', docs: 'import' })
  expect(world.exports.get('j')).toMatchObject({ kind: 'interface', interface: { docs: 'inline' } })
})
