import { describe, expect, it } from 'vitest'
import { diagnosticCodes } from '../../src/diagnostics/codes.ts'
import { problems } from '../helpers/wit.ts'

const inInterface = (items: string): string => `package a:b;\ninterface i {\n${items}\n}`
const inWorld = (items: string): string => `package a:b;\ninterface i {}\nworld w {\n${items}\n}`

const cases: readonly (readonly [wit: string, ...expected: string[]])[] = [
  // Syntax
  ['package a:b', '1:12 WIT0006 expected `;` after the name of the package, found the end of the file'],
  ['package a;', '1:10 WIT0006 expected `:` after the namespace of the package, found `;`'],
  ['package a:b@1.0;', '1:16 WIT0006 expected `.` before the patch number of the version, found `;`'],
  [
    'package a:b@01.0.0;',
    '1:13 WIT0007 `01.0.0` is not a semantic version / versions look like `1.2.3` or `1.2.3-rc.1`',
  ],
  ['package a:b;\nfoo', '2:1 WIT0006 expected `interface`, `world`, `use` or `package`, found an identifier `foo`'],
  ['package a:b;\n}', '2:1 WIT0006 this `}` closes nothing'],
  ['package a:b;\ninterface i {\n', '2:13 WIT0006 the body of the interface has no closing `}`'],
  [
    'package a:b;\ninterface func {}',
    '2:11 WIT0006 expected the name of the interface, found the keyword `func` / `func` is a keyword: write `%func` to use it as a name',
  ],
  [inInterface('f: func()\ng: func();'), '3:10 WIT0006 expected `;` after the function, found an identifier `g`'],
  [inInterface('f: func(a: u8;'), '3:14 WIT0006 expected `,` or `)`, found `;`'],
  [
    inInterface('async f: func();'),
    '3:1 WIT0006 expected `use`, a type definition or the name of a function, found the keyword `async` / `async` stands behind the name: `name: async func()`',
  ],
  [
    inInterface('type: func();'),
    '3:1 WIT0006 expected the name of a function, found the keyword `type` / `type` is a keyword: write `%type` to use it as a name',
  ],
  [
    inInterface('badName: func();'),
    '3:1 WIT0005 `badName` is not a valid name: the word `badName` mixes upper and lower case / write `bad-name`',
  ],
  [
    inInterface('a--b: func();'),
    '3:1 WIT0005 `a--b` is not a valid name: each `-` must stand between two words / write `a-b`',
  ],
  [inInterface('a_b: func();'), '3:1 WIT0005 `a_b` is not a valid name: `_` cannot be part of a name / write `a-b`'],
  [
    inWorld('import f: fnc();'),
    '4:11 WIT0006 expected `func`, `async func`, `get`, `set` or an interface, found an identifier `fnc`',
  ],
  [inInterface(`type t = ${'list<'.repeat(100)}u8${'>'.repeat(100)};`), '3:510 WIT0008 types nest more than 100 deep'],
  // Attributes
  [
    inInterface('@unstabl(feature = x) f: func();'),
    '3:2 WIT0009 unknown attribute `@unstabl` / did you mean `unstable`?',
  ],
  [inInterface('@since(version = 1.0.0) @since(version = 1.0.0) f: func();'), '3:26 WIT0010 `@since` is given twice'],
  [
    inInterface('@deprecated(version = 1.0.0) f: func();'),
    '3:2 WIT0010 `@deprecated` needs `@since` or `@unstable` beside it / add `@since(version = …)` with the version that introduced the item',
  ],
  [
    'package a:b;\n@unstable(feature = x)\nuse c;\ninterface c {}',
    '2:1 WIT0009 a `use` at the top level of a file takes no attributes',
  ],
  // Packages
  ['interface i {}', 'test.wit WIT0020 no file names the package / begin one file with `package namespace:name;`'],
  [
    'package a:b;\npackage c:d {\n package e:f {}\n}',
    '3:10 WIT0023 a nested package must stand at the top level of a file',
  ],
  [
    'package a:b;\npackage c:d {}\npackage c:d {}',
    '3:9 WIT0024 the package `c:d` is defined twice, also in test.wit:2',
  ],
  [inWorld('import c:d/e;'), '4:8 WIT0025 the package `c:d` is not known / put it into the folder `deps`'],
  [inWorld('import a:bb/i;'), '4:8 WIT0025 the package `a:bb` is not known / did you mean `a:b`?'],
  [
    inWorld('import a:b/i;'),
    '4:8 WIT0026 the package `a:b` refers to itself by its full name / leave the name of the package out',
  ],
  // Names
  [inInterface('f: func(); f: func();'), '3:12 WIT0030 the name `f` is defined twice'],
  [inInterface('type t = u8; type t = u8;'), '3:19 WIT0030 the name `t` is defined twice'],
  [
    inInterface('foo-bar: func(); FOOBAR: func();'),
    '3:18 WIT0030 the name `FOOBAR` is too similar to `foo-bar` / names must differ in more than case and hyphens',
  ],
  [
    inInterface('record r { a: u8, A: u8 }'),
    '3:19 WIT0030 the field `A` is too similar to `a` / names must differ in more than case and hyphens',
  ],
  [inInterface('f: func(a: u8, a: u8);'), '3:16 WIT0030 the parameter `a` is defined twice'],
  [
    inInterface('record point { x: u8 }\nf: func(a: piont);'),
    '4:12 WIT0031 the type `piont` is not defined / did you mean `point`?',
  ],
  [
    inInterface('f: func(a: float32, b: strng);'),
    '3:12 WIT0031 the type `float32` is not defined / the type is called `f32`',
    '3:24 WIT0031 the type `strng` is not defined / did you mean `string`?',
  ],
  [inWorld('import ii;'), '4:8 WIT0032 the interface `ii` is not defined / did you mean `i`?'],
  [inWorld('import w;'), '4:8 WIT0033 `w` is a world, not an interface'],
  [inWorld('include i;'), '4:9 WIT0033 `i` is an interface, not a world'],
  [inInterface('f: func();\ng: func(a: f);'), '4:12 WIT0033 `f` is a function, not a type'],
  [
    inInterface('type a = list<b>; record b { a: a }'),
    '3:15 WIT0034 the type `b` depends on itself / WIT has no recursive types: use a resource or an index in between',
  ],
  [
    inInterface('use j.{t};') + 'interface j { type s = u8; }',
    '3:8 WIT0036 the interface `j` has no type `t` / did you mean `s`?',
  ],
  // Types
  [inInterface('record r {}'), '3:8 WIT0040 `r` needs at least one field'],
  [inInterface('type t = tuple<>;'), '3:10 WIT0040 a tuple needs at least one type'],
  [
    inInterface(`flags f { ${Array.from({ length: 33 }, (_, i) => `x${i}`).join(', ')} }`),
    '3:161 WIT0041 `f` has more than 32 flags',
  ],
  [
    inInterface('type t = map<f32, u8>;'),
    '3:14 WIT0042 the key of a map must be a bool, an integer, a char or a string',
  ],
  [
    inInterface('type t = u8; f: func(a: borrow<t>);'),
    '3:32 WIT0043 `t` is no resource, so there is no `borrow` of it',
  ],
  [
    inInterface('resource r; f: func() -> list<borrow<r>>;'),
    '3:26 WIT0044 the function `f` returns a `borrow` / return the resource itself (an `own` handle)',
  ],
  [
    inInterface('resource r { constructor() -> u8; }'),
    '3:31 WIT0045 a constructor of `r` returns nothing or `result<r, …>`',
  ],
  [
    inInterface('resource r { constructor() -> result<u8>; }'),
    "3:38 WIT0045 the ok type of a constructor's result must be the resource `r`",
  ],
  [inInterface('p: get();'), '3:4 WIT0046 a getter returns a value / add `-> type`'],
  [inInterface('p: set(v: u8);'), '3:1 WIT0047 the setter `[set]p` has no getter `[get]p`'],
  // Worlds
  [inWorld('import i; import i;'), '4:18 WIT0050 the interface `i` is imported twice'],
  [inWorld('import f: func(); import f: interface {}'), '4:26 WIT0030 the name `f` is defined twice'],
  [
    inWorld('include v with { g as h }') + 'world v { import f: func(); }',
    '4:18 WIT0051 the world `v` has no import or export `g` to rename / did you mean `f`?',
  ],
  [
    inWorld('import f: func(); include v;') + 'world v { import f: func(); }',
    '4:27 WIT0052 the import `f` of the included world `v` is there already / rename it: `with { f as … }`',
  ],
  // Features
  [
    inInterface('@since(version = 1.0.0) f: func();'),
    '3:25 WIT0060 `@since` needs a version of the package `a:b` / write `package a:b@1.0.0;`',
  ],
  [
    'package a:b@1.0.0;\n@since(version = 1.0.1)\ninterface i {}',
    '3:11 WIT0060 `@since` names the version 1.0.1, but the package `a:b` has the version 1.0.0',
  ],
  [
    inInterface('@unstable(feature = x) type t = u8;\nf: func(t: t);'),
    '4:12 WIT0061 the type `t` is behind the feature `x`, which is off / put this item behind the same feature, or turn the feature on',
  ],
]

describe('a mistake is reported where it is, with its code and a way out', () => {
  it.each(cases)('%j', (wit, ...expected) => {
    expect(problems(wit)).toEqual(expected)
  })

  it('with a code that the table explains', () => {
    const used = cases.flatMap(([, ...expected]) => expected.map((line) => / (WIT\d{4}) /.exec(line)?.[1] ?? line))
    for (const code of used) expect(diagnosticCodes).toHaveProperty(code)
  })
})

describe('several mistakes are reported in one run', () => {
  it('of syntax: reading goes on with the next item', () => {
    expect(problems(inInterface('f func();\ng: func();\nrecord r { a b }\nh: func(-);'))).toEqual([
      '3:3 WIT0006 expected `:` after `f`, found the keyword `func`',
      '5:14 WIT0006 expected `:` and a type after the field `a`, found an identifier `b`',
      '6:9 WIT0006 expected the name of a parameter, found `-`',
    ])
  })

  it('of meaning: every item is resolved', () => {
    expect(
      problems(inInterface('f: func(a: x);\nresource r { m: func() -> y; }\nrecord s {}') + 'world w { import z; }'),
    ).toEqual([
      '3:12 WIT0031 the type `x` is not defined / did you mean `r`?',
      '4:27 WIT0031 the type `y` is not defined / did you mean `r`?',
      '5:8 WIT0040 `s` needs at least one field',
      '6:19 WIT0032 the interface `z` is not defined / did you mean `i`?',
    ])
  })

  it('in order of files', () => {
    expect(problems({ 'b.wit': 'package a:b; x', 'a.wit': '\ny' })).toEqual([
      '2:1 WIT0006 expected `interface`, `world`, `use` or `package`, found an identifier `y`',
      '1:14 WIT0006 expected `interface`, `world`, `use` or `package`, found an identifier `x`',
    ])
  })
})
