// Hosts before and after a change of their WIT, whole: each folder of `golden` is one. `BLESS=1` rewrites what comes after.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { renderDiagnostics } from '../../src/diagnostics/render.ts'
import type { ScaffoldResult } from '../../src/scaffold/scaffold.ts'
import { CASES, golden, project, scaffoldIn, scratchFolder, sourcesOf } from './cases.ts'

const scratch = scratchFolder()
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** What a run says, without the folder that it ran in. */
function said({ changes, notes }: ScaffoldResult): string {
  const lines = changes.map(({ kind, what, from }) => `${kind} ${from === undefined ? '' : `${from} → `}${what}\n`)
  const text = lines.join('') + renderDiagnostics(notes, { format: 'pretty', color: false })
  return text.replaceAll(/(?:\.\.\/)*\S*witgen-scaffold-\w+\/[\w-]+\//gu, '')
}

describe.each(CASES)('%s', (name) => {
  const folder = join(scratch, name)
  const after = join(golden, name, 'after')

  test('what is brought up to date', async () => {
    await project(folder, join(golden, name, 'after.wit'), join(golden, name, 'before'))
    const report = said(await scaffoldIn(folder))
    if (process.env['BLESS'] === '1') {
      mkdirSync(after, { recursive: true })
      for (const file of Object.keys(sourcesOf(after))) rmSync(join(after, file))
      for (const [file, text] of Object.entries(sourcesOf(folder))) writeFileSync(join(after, file), text)
      writeFileSync(join(after, 'report.txt'), report)
    }
    expect(sourcesOf(folder)).toEqual(sourcesOf(after))
    expect(report).toBe(readFileSync(join(after, 'report.txt'), 'utf8'))
  })

  test('a second run changes nothing', async () => {
    const before = sourcesOf(folder)
    const { files, changes } = await scaffoldIn(folder)
    expect({ files, changes }).toEqual({ files: [], changes: [] })
    expect(sourcesOf(folder)).toEqual(before)
  })

  test('with CRLF, a byte order mark and the like, nothing else differs', async () => {
    const dos = join(scratch, `${name}-dos`)
    await project(dos, join(golden, name, 'after.wit'), join(golden, name, 'before'))
    const asDos = (text: string): string => `\uFEFF${text.replaceAll('\n', '\r\n')}`
    for (const [file, text] of Object.entries(sourcesOf(dos))) writeFileSync(join(dos, file), asDos(text))
    await scaffoldIn(dos)
    const wanted = Object.entries(sourcesOf(after)).map(([file, text]) => [file, asDos(text)])
    expect(sourcesOf(dos)).toEqual(Object.fromEntries(wanted))
  })
})
