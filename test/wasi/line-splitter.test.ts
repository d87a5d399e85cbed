import { expect, test } from 'vitest'
import { LineSplitter } from '../../src/runtime/wasi/line-splitter.ts'

function linesOf(...writes: readonly (string | readonly number[])[]): string[] {
  const lines: string[] = []
  const splitter = new LineSplitter((line) => void lines.push(line))
  for (const bytes of writes) splitter.write(typeof bytes === 'string' ? Buffer.from(bytes) : Uint8Array.from(bytes))
  lines.push('|')
  splitter.flush()
  splitter.flush()
  return lines
}

test.each<[string, readonly (string | readonly number[])[], readonly string[]]>([
  ['nothing', [], ['|']],
  ['a line', ['a\n'], ['a', '|']],
  ['several in one write', ['a\nb\nc\n'], ['a', 'b', 'c', '|']],
  ['a line in several writes', ['a', 'b', 'c\n', 'd'], ['abc', '|', 'd']],
  ['an empty line', ['\n\n'], ['', '', '|']],
  ['a last line without an end', ['a\nb'], ['a', '|', 'b']],
  ['\\r\\n, also split', ['a\r\nb\r', '\nc\rd\n'], ['a', 'b', 'c\rd', '|']],
  ['a character split between writes', [[0xc3], [0xbc, 0x0a]], ['ü', '|']],
  ['one of four bytes, byte by byte', [[0xf0], [0x9f], [0x98], [0x80], '\n'], ['😀', '|']],
  ['a character that never ends', [[0x61, 0xf0, 0x9f]], ['|', 'a\ufffd']],
  ['what is no UTF-8', [[0xff, 0x61, 0x0a]], ['\ufffda', '|']],
  ['a byte order mark, as it is', ['\ufeffa\n'], ['\ufeffa', '|']],
])('%s', (_, writes, lines) => {
  expect(linesOf(...writes)).toEqual(lines)
})

test('a line without an end does not fill the memory', () => {
  const lines: string[] = []
  const splitter = new LineSplitter((line) => void lines.push(line))
  for (let i = 0; i < 70; i++) splitter.write(Buffer.from('x'.repeat(1000)))
  expect(lines.map((line) => line.length)).toEqual([65_536])
  splitter.flush()
  expect(lines.map((line) => line.length)).toEqual([65_536, 4464])
})

test('and is not cut within a character', () => {
  const lines: string[] = []
  const splitter = new LineSplitter((line) => void lines.push(line))
  splitter.write(Buffer.from(`x${'😀'.repeat(40_000)}\n`))
  splitter.write(Buffer.from(`x${'😀'.repeat(40_000)}`))
  splitter.flush()
  expect(lines.filter((line) => Buffer.from(line).toString() !== line)).toEqual([])
  expect(lines.join('')).toBe(`x${'😀'.repeat(40_000)}`.repeat(2))
})
