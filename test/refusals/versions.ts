/** A package whose interfaces are imported and exported, in one version; the world is `w`. */
export const versionedWit = (version: string): string => `package test:t;
package dep:d${version} {
  interface host { n: func(a: u32) -> u32; }
  interface api { f: func(a: u32) -> u32; }
}
world w { import dep:d/host${version}; export dep:d/api${version}; }`

/** A guest of that world, whose `f` is the host's `n`. */
export const versionedCore = (version: string): string => `(module
  (import "dep:d/host${version}" "n" (func $n (param i32) (result i32)))
  (func (export "dep:d/api${version}#f") (param i32) (result i32) (call $n (local.get 0))))`

/** Versions of a world and of a guest, and whether they may stand for each other. */
export const TRACKS: readonly (readonly [world: string, guest: string, fits: boolean])[] = [
  ['@1.2.0', '@1.2.0', true],
  ['@1.2.0', '@1.0.0', true],
  ['@1.2.0', '@1.9.3', true],
  ['@1.2.0', '@2.0.0', false],
  ['@1.0.0', '@10.0.0', false],
  ['@0.2.0', '@0.2.9', true],
  ['@0.2.1', '@0.2.0', true],
  ['@0.2.0', '@0.3.0', false],
  ['@0.2.0', '@0.20.0', false],
  ['@0.2.0', '@1.2.0', false],
  ['@0.0.3', '@0.0.3', true],
  ['@0.0.3', '@0.0.4', false],
  ['@1.0.0-rc.1', '@1.0.0-rc.1', true],
  ['@1.0.0-rc.1', '@1.0.0-rc.2', false],
  ['@1.0.0-rc.1', '@1.0.0', false],
  ['@1.0.0', '@1.0.0-rc.1', false],
  ['@0.2.0', '@0.2.0-rc', false],
  ['@1.0.0+a', '@1.0.0+b', true],
  ['', '@1.0.0', false],
  ['@1.0.0', '', false],
  ['', '', true],
]

/** A world that imports one interface in two versions, and its guest: `f` gives the first one's answer + 100 times the second's. */
export const twoVersionsWit = (a: string, b: string): string => `package test:t;
package dep:d@${a} { interface host { n: func(a: u32) -> u32; } }
package dep:d@${b} { interface host { n: func(a: u32) -> u32; } }
interface api { f: func(a: u32) -> u32; }
world w { import dep:d/host@${a}; import dep:d/host@${b}; export api; }`
export const twoVersionsCore = (a: string, b: string): string => `(module
  (import "dep:d/host@${a}" "n" (func $n (param i32) (result i32)))
  (import "dep:d/host@${b}" "n" (func $m (param i32) (result i32)))
  (func (export "test:t/api#f") (param i32) (result i32)
    (i32.add (call $n (local.get 0)) (i32.mul (i32.const 100) (call $m (local.get 0))))))`
