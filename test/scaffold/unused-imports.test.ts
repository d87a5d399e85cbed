// A fresh file imports what stands in it, and nothing that was only thought about on the way.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { scaffoldIn, scratchFolder } from './cases.ts'

const scratch = scratchFolder()
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

// What is exported as well may return nothing but the typed array; the name of the number is not needed.
test.each([
  ['import both; export both;', 'Both, Count'],
  ['import both;', 'Both, Count, Object'],
])('%s', async (items, names) => {
  rmSync(join(scratch, 'host.ts'), { force: true })
  mkdirSync(join(scratch, 'wit'), { recursive: true })
  const types = 'type object = u8; type count = u32;'
  const functions = 'f: func(it: count) -> list<object>; g: func(it: list<object>) -> count;'
  writeFileSync(
    join(scratch, 'wit/w.wit'),
    `package a:b; interface both { ${types} ${functions} } world w { ${items} }`,
  )
  await scaffoldIn(scratch)
  expect(/import type \{ ([^}]*) \} from '[^']*both/u.exec(readFileSync(join(scratch, 'host.ts'), 'utf8'))?.[1]).toBe(
    names,
  )
})
