// Guests that misbehave on purpose, each from text.
import { compile, instantiate, type ComponentInstance, type DynamicOptions, type SecurityPolicy } from 'witgen/runtime'
import { ALLOCATOR, componentOf } from '../helpers/wat.ts'
import { HostileHost } from './hostile-host.ts'

export { HostileHost } from './hostile-host.ts'

/** What hostile guests export and import: the WIT of their world `w`. */
export const HOSTILE_WIT = `
package test:hostile;
interface host {
  ping: func();
  sleep: func(ms: u32);
  write: func(text: string);
}
interface api {
  spin: func();
  spin-and-catch: func();
  grow: func(pages: u32) -> s32;
  grow-or-die: func(pages: u32);
  grow-table: func(n: u32) -> s32;
  recurse: func(n: u32) -> u32;
  flood: func(n: u32) -> u32;
  sleep: func(ms: u32);
  write: func(times: u32, bytes: u32);
  text: func(bytes: u32) -> string;
  fill: func(times: u32);
  count: func(n: u32) -> u32;
  memory-bomb: func();
  table-bomb: func();
  crash: func();
}
world w {
  import host;
  export api;
}`

const CORE = `(module
  (import "test:hostile/host" "ping" (func $ping))
  (import "test:hostile/host" "sleep" (func $sleep (param i32)))
  (import "test:hostile/host" "write" (func $write (param i32 i32)))
  ${ALLOCATOR}
  (table $t 1 funcref)
  (func (export "test:hostile/api#spin") (loop $l (br $l)))
  (func (export "test:hostile/api#spin-and-catch")
    (loop $l
      try call $ping catch_all end
      (br $l)))
  (func $grower (export "test:hostile/api#grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "test:hostile/api#grow-or-die") (param i32)
    (if (i32.lt_s (memory.grow (local.get 0)) (i32.const 0)) (then (unreachable))))
  (func (export "test:hostile/api#grow-table") (param i32) (result i32)
    (table.grow $t (ref.null func) (local.get 0)))
  (func $recurse (export "test:hostile/api#recurse") (param i32) (result i32)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 0))))
    (i32.add (i32.const 1) (call $recurse (i32.sub (local.get 0) (i32.const 1)))))
  (func (export "test:hostile/api#flood") (param i32) (result i32)
    (local $n i32)
    (loop $l
      (call $ping)
      (br_if $l (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (local.get 0))))
    (local.get $n))
  (func (export "test:hostile/api#sleep") (param i32) (call $sleep (local.get 0)))
  (func (export "test:hostile/api#write") (param i32 i32)
    (loop $l
      (call $write (i32.const 4096) (local.get 1))
      (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
  (func (export "test:hostile/api#text") (param i32) (result i32)
    (i32.store (i32.const 16) (i32.const 4096))
    (i32.store (i32.const 20) (local.get 0))
    (i32.const 16))
  (func (export "test:hostile/api#fill") (param i32)
    (loop $l
      (memory.fill (i32.const 0) (i32.const 0) (i32.const 65536))
      (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
  (func (export "test:hostile/api#memory-bomb")
    (loop $l (br_if $l (i32.ge_s (memory.grow (i32.const 16)) (i32.const 0))))
    unreachable)
  (func (export "test:hostile/api#table-bomb")
    (loop $l (br_if $l (i32.ge_s (table.grow $t (ref.null func) (i32.const 1000)) (i32.const 0))))
    unreachable)
  (func (export "test:hostile/api#crash") (drop (i32.div_u (i32.const 1) (i32.const 0))))
  (func (export "test:hostile/api#count") (param i32) (result i32)
    (local $n i32)
    (loop $l
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (br_if $l (i32.lt_u (local.get $n) (local.get 0))))
    (local.get $n)))`

/** The exports of the hostile guest. */
export interface Hostile {
  spin(): void
  spinAndCatch(): void
  grow(pages: number): number
  growOrDie(pages: number): void
  growTable(n: number): number
  recurse(n: number): number
  flood(n: number): number
  sleep(ms: number): void
  write(times: number, bytes: number): void
  text(bytes: number): string
  fill(times: number): void
  count(n: number): number
  memoryBomb(): void
  tableBomb(): void
  crash(): void
}

interface Exports {
  readonly 'test:hostile/api': Hostile
}

let bytes: Promise<Uint8Array> | undefined

/** The bytes of the hostile guest. */
export function hostileGuest(): Promise<Uint8Array> {
  return (bytes ??= componentOf(CORE, HOSTILE_WIT))
}

/** An instance of the hostile guest under a policy. */
export async function loadHostile(
  policy: SecurityPolicy | undefined,
  options: Omit<DynamicOptions, 'imports' | 'policy'> = {},
): Promise<{ readonly instance: ComponentInstance<Exports>; readonly api: Hostile; readonly host: HostileHost }> {
  const host = new HostileHost()
  const compiled = await compile(await hostileGuest(), { policy })
  const instance = instantiate<Exports>(compiled, {
    name: 'hostile',
    ...options,
    policy,
    imports: { 'test:hostile/host': host },
  })
  return { instance, api: instance.exports['test:hostile/api'], host }
}
