// What a guest may not do with handles.
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolder, typeErrors } from '../helpers/echo-guest-world.ts'
import { build, thrownBy, type Built } from './worlds.ts'

const folder = temporaryFolder('misuse')
afterAll(() => rmSync(folder, { recursive: true }))

class Entry {}
class Other {}
type Api = Record<string, (...args: unknown[]) => unknown>

let built: Built
let api: Api
beforeAll(async () => {
  built = await build('misuse', 'misuse', 'Misuse', folder)
})
beforeEach(() => {
  const host = { Entry, Other, look: () => {}, take: () => {}, title: () => 'a title' }
  const instance = built.WorldClass.instantiate(built.compiled, {
    imports: { 'test:misuse/host': host },
    name: 'guest',
  })
  api = (instance as unknown as { readonly api: Api }).api
})

test('the generated code passes the type check', async () => {
  expect(await typeErrors(folder)).toEqual([])
})

test('what is allowed is fine', () => {
  for (let i = 0; i < 3; i++) expect(api['fine']?.(new Entry())).toBeUndefined()
})

const ENTRY = 'test:misuse/host#entry'
const COUNTER = 'test:misuse/api#counter'
const entry = (): unknown[] => [new Entry()]
const index = (n: number) => (): unknown[] => [n]

const CASES: readonly [title: string, func: string, args: () => unknown[], text: string][] = [
  ['keeps a handle that it was lent', 'keep', entry, 'the guest has kept a handle that it was only lent'],
  [
    'keeps one of several',
    'keepOne',
    () => [[new Entry(), new Entry(), new Entry()]],
    'the guest has kept a handle that it was only lent',
  ],
  [
    'returns an unknown own handle',
    'counterAt',
    index(7),
    `the guest uses the handle 7 of ${COUNTER}, which it does not have`,
  ],
  ['returns the handle 0', 'entryAt', index(0), `the guest uses the handle 0 of ${ENTRY}, which it does not have`],
  [
    'returns a handle far beyond the table',
    'entryAt',
    index(2 ** 32 - 1),
    `the guest uses the handle 4294967295 of ${ENTRY}, which it does not have`,
  ],
  ['lends an unknown handle', 'lookAt', index(3), `the guest uses the handle 3 of ${ENTRY}, which it does not have`],
  [
    'passes on an unknown handle',
    'takeAt',
    index(3),
    `the guest uses the handle 3 of ${ENTRY}, which it does not have`,
  ],
  ['drops an unknown handle', 'dropAt', index(5), `the guest uses the handle 5 of ${ENTRY}, which it does not have`],
  [
    'drops an unknown handle of its own',
    'dropCounterAt',
    index(2 ** 31),
    `the guest uses the handle 2147483648 of ${COUNTER}, which it does not have`,
  ],
  [
    'asks for what is behind an unknown handle',
    'repAt',
    index(1),
    `the guest uses the handle 1 of ${COUNTER}, which it does not have`,
  ],
  [
    'returns a handle as one of another type',
    'entryAsOther',
    entry,
    `the guest uses a handle of ${ENTRY} as one of test:misuse/host#other`,
  ],
  [
    "returns a host's handle as one of its own",
    'entryAsCounter',
    entry,
    `the guest uses a handle of ${ENTRY} as one of ${COUNTER}`,
  ],
  [
    'mixes up its own types',
    'cellAsCounter',
    () => [],
    `the guest uses a handle of test:misuse/api#cell as one of ${COUNTER}`,
  ],
  [
    'returns what it was lent',
    'borrowAsOwn',
    entry,
    `the guest passes on the handle 1 of ${ENTRY}, which is only borrowed`,
  ],
  [
    'passes on what it was lent',
    'takeBorrowed',
    entry,
    `the guest passes on the handle 1 of ${ENTRY}, which is only borrowed`,
  ],
  ['drops twice', 'dropTwice', entry, `the guest uses the handle 1 of ${ENTRY}, which it does not have`],
  ['passes on twice', 'takeTwice', entry, `the guest uses the handle 1 of ${ENTRY}, which it does not have`],
  [
    'lends what it passed on',
    'lookAfterTake',
    entry,
    `the guest uses the handle 1 of ${ENTRY}, which it does not have`,
  ],
  [
    'drops in realloc',
    'dropInRealloc',
    entry,
    `the guest called [resource-drop] of ${ENTRY} while realloc or post-return ran`,
  ],
  [
    'makes a resource in realloc',
    'newInRealloc',
    entry,
    `the guest called [resource-new] of ${COUNTER} while realloc or post-return ran`,
  ],
  [
    'drops in post-return',
    'dropInPostReturn',
    entry,
    `the guest called [resource-drop] of ${ENTRY} while realloc or post-return ran`,
  ],
]

describe('a violation that loses the instance: the guest', () => {
  test.each(CASES)('%s', (_, func, args, text) => {
    const error = thrownBy(() => api[func]?.(...args()))
    expect((error as Error).message).toBe(`wasm module guest error [14 AbiViolation]: ${text}`)
    expect(thrownBy(() => api['make']?.())).toMatchObject({ codeName: 'InstancePoisoned', cause: error })
  })
})
