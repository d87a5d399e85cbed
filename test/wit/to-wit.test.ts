import { describe, expect, it } from 'vitest'
import { resolveToWit } from '../../src/wit/to-wit.ts'
import { load } from '../helpers/wit.ts'

const printed = `/// The package.
package a:%use@1.0.0;

/// An interface.
interface i {
  use c:d/types@0.2.0-rc.1.{t};
  use c:d/types@0.2.0-rc.1.{r as other};
  f: func(a: t) -> result<_, string>;
  /// A resource.
  @since(version = 1.0.0)
  @deprecated(version = 1.0.0)
  resource res {
    constructor(x: list<u8, 4>);
    m: async func() -> option<res>;
    s: static func(r: borrow<res>);
    /// A property.
    p: get() -> u8;
    p: set(value: u8) -> result;
  }
  type alias = res;
  type handle = own<res>;
  record %record {
    /// A field.
    %list: map<string, tuple<u8, bool>>,
  }
  variant v {
    none,
    some(stream<u8>),
  }
  enum e {
    a,
  }
  flags fs {
    b,
  }
  g: func() -> result<alias, future>;
}

world w {
  import c:d/types@0.2.0-rc.1;
  import label: i;
  use c:d/types@0.2.0-rc.1.{t};
  resource wr {
    constructor() -> result<wr, string>;
  }
  import log: func(s: t);
  @external-id("a \\"b\\"")
  export run: func();
  export inline: interface {
    h: func();
  }
  export i;
}

package c:d@0.2.0-rc.1 {
  interface types {
    type t = u32;
    resource r;
  }
}
`

describe('resolveToWit', () => {
  it('prints every construct so that it can be read again', () => {
    expect(resolveToWit(load(printed))).toBe(printed)
  })

  it('prints what a world implies and includes', () => {
    const text = `package a:b;
      interface i { type t = u8; }
      interface j { use i.{t}; }
      world base { import f: func(); }
      @unstable(feature = x) world w { include base with { f as g } export j; }`
    expect(
      resolveToWit(load(text, { features: 'all' }))
        .split('\n')
        .slice(-7)
        .join('\n'),
    ).toBe('@unstable(feature = x)\nworld w {\n  import i;\n  import g: func();\n  export j;\n}\n')
  })
})
