import { describe, expect, test } from 'vitest'
import type { Func } from '../../src/ir/index.ts'
import { exportThrows, importThrows } from '../../src/plan/throws.ts'
import { load } from '../helpers/wit.ts'

const cases = Array.from({ length: 9 }, (_, index) => `c${index}`).join(', ')
const { root } = load(`package a:b;
interface i {
  variant failure { gone, bad(list<u8>), worse(failed) }
  enum failed { now, later }
  enum many { ${cases} }
  type alias = failed;
  none: func();
  plain: func(x: u8) -> string;
  variants: func() -> result<u8, failure>;
  enums: func(x: u8) -> result<_, alias>;
  crowd: func() -> result<_, many>;
  text: func() -> result<_, string>;
  empty: func() -> result<u8>;
}`)
const scope = { typeName: (def: { name: string }) => def.name.toUpperCase(), global: (name: string) => name }
const func = (name: string): Func => {
  const found = root.interfaces.get('i')?.functions.get(name)
  if (found === undefined) throw new Error(name)
  return found
}
const ended = '@throws `WasmError`: what ended the call'
const wrong = '@throws `WasmError`: `InvalidParam` for a wrong argument, or what ended the call'

describe('what a function throws', () => {
  test.each([
    ['none', [ended]],
    ['plain', [wrong]],
    ['variants', ['@throws `GuestError<FAILURE>`: `gone`, `bad(list<u8>)`, `worse(failed)`', ended]],
    ['enums', ['@throws `GuestError<ALIAS>`: `now`, `later`', wrong]],
    ['crowd', ['@throws `GuestError<MANY>`: one of its 9 cases', ended]],
    ['text', ['@throws `GuestError<string>`', ended]],
    ['empty', ['@throws `GuestError<undefined>`', ended]],
  ])('%s, exported', (name, tags) => {
    expect(exportThrows(func(name), scope)).toEqual(tags)
  })

  test.each([
    ['plain', []],
    [
      'enums',
      ['@throws `{ payload: ALIAS }` to return an `err`: `now`, `later`', '@throws anything else to end the guest'],
    ],
  ])('%s, imported', (name, tags) => {
    expect(importThrows(func(name), scope)).toEqual(tags)
  })
})
