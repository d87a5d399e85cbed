import { describe, expect, test } from 'vitest'
import { explainedCodes, findCode, nearestCode } from '../../src/explain/find.ts'
import { capture } from './capture.ts'

describe('witgen explain', () => {
  test('a diagnostic: what it means, an example, how to mend it', async () => {
    const { code, stdout, stderr } = await capture(['explain', 'WIT0031'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toBe(`WIT0031: an unknown name

A type is used that is neither built in nor defined in this interface or world.

Example

  --- wit/example.wit
  package my:example;

  interface api {
    record point { x: u8 }
    draw: func(at: piont);
  }

  $ witgen generate

To mend it

Correct the name, or bring the type in: \`use other.{point};\`.
`)
  })

  test('an error of the runtime, by name and by number', async () => {
    const byName = await capture(['explain', 'ArithmeticTrap'])
    expect(byName.stdout).toMatch(/^ArithmeticTrap \(11\)\n\nThe guest divided/u)
    expect(byName.stdout).toContain('  $ wasm-tools parse guest.wat -o guest.wasm\n')
    expect(await capture(['explain', '11'])).toEqual(byName)
  })

  test('bytes as printf takes them, and what would not be seen as an escape', async () => {
    expect((await capture(['explain', 'CMP1004'])).stdout).toContain(
      "  $ printf '\\000asm\\015\\000\\001\\000\\007\\005' > guest.wasm\n  $ witgen call guest.wasm 'run()'\n",
    )
    expect((await capture(['explain', 'WIT0002'])).stdout).toContain('// \\u{202e}\n')
  })

  test('what happens before', async () => {
    const { stdout } = await capture(['explain', 'GEN0903'])
    expect(stdout).toMatch(
      /world other [^$]*\$ witgen generate\n\n {2}---[^$]*world example [^$]*\$ witgen generate --check/u,
    )
  })

  test('without a code, all of them', async () => {
    const { code, stdout } = await capture(['explain'])
    const lines = stdout.trimEnd().split('\n')
    expect(code).toBe(0)
    expect(lines).toHaveLength(explainedCodes.length)
    expect(lines).toContain('WIT0031                    an unknown name')
    expect(stdout).toMatch(/^AbiViolation +14 {2}The guest broke the Canonical ABI$/mu)
  })

  test('an unknown code', async () => {
    const { code, stdout, stderr } = await capture(['explain', 'WIT0131'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toBe('error GEN0913: there is no code `WIT0131`\n  help: did you mean `WIT0031`?\n')
    expect((await capture(['explain', 'xyz'])).stderr).toBe(
      'error GEN0913: there is no code `xyz`\n  help: `witgen explain` lists all codes\n',
    )
    expect((await capture(['explain', 'hasOwnProperty'])).code).toBe(1)
  })

  test('--format json', async () => {
    const one = JSON.parse((await capture(['explain', 'wit31', '--format', 'json'])).stdout) as object
    expect(one).toMatchObject({ code: 'WIT0031', number: null, title: 'an unknown name', example: { kind: 'command' } })
    const all = JSON.parse((await capture(['explain', '--format', 'json'])).stdout) as readonly object[]
    expect(all).toHaveLength(explainedCodes.length)
    expect(all).toContainEqual(one)
    const none = await capture(['explain', 'nonsense', '--format', 'json'])
    expect(none).toMatchObject({ code: 1, stderr: '' })
    expect(JSON.parse(none.stdout)).toMatchObject({
      diagnostics: [{ code: 'GEN0913', message: 'there is no code `nonsense`' }],
    })
  })

  test('usage', async () => {
    expect((await capture(['explain', 'WIT0031', 'WIT0032'])).code).toBe(2)
    expect((await capture(['explain', '--format', 'github'])).code).toBe(2)
    expect((await capture(['explian', 'WIT0031'])).stderr).toContain('did you mean `explain`?')
  })
})

test.each([
  ['WIT0031', 'WIT0031'],
  ['wit0031', 'WIT0031'],
  ['WIT31', 'WIT0031'],
  ['abi-violation', 'AbiViolation'],
  ['0', 'Success'],
  ['14', 'AbiViolation'],
  ['014', 'AbiViolation'],
])('`%s` is %s', (text, code) => {
  expect(findCode(text)?.code).toBe(code)
})

test.each(['-1', '1.5', '0x1', '1e0', '+1', ''])('`%s` is no number of an error', async (text) => {
  expect(findCode(text)).toBeUndefined()
  expect((await capture(['explain', text])).code).toBe(1)
})

test.each([
  ['AbiVoilation', 'AbiViolation'],
  ['guest-eror', 'GuestError'],
  ['zzzzzzzzzzzz', undefined],
])('`%s` is near %s', (text, code) => {
  expect(findCode(text)).toBeUndefined()
  expect(nearestCode(text)).toBe(code)
})
