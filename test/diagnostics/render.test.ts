import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { diagnosticToJson, positionOf, renderDiagnostic, renderDiagnostics } from '../../src/diagnostics/render.ts'

const file = { path: 'wit/a.wit', text: 'package a:b;\n\ninterface i {\n  f: func(a: piont);\n}\n' }
const start = file.text.indexOf('piont')
const unknown: Diagnostic = {
  code: 'WIT0031',
  severity: 'error',
  message: 'the type `piont` is not defined',
  span: { file, start, end: start + 5 },
  file: undefined,
  suggestion: 'did you mean `point`?',
}
const missing: Diagnostic = {
  code: 'WIT0070',
  severity: 'error',
  message: 'there is no such file or folder',
  span: undefined,
  file: 'wit/b.wit',
  suggestion: undefined,
}
const plain = { color: false, format: 'pretty' } as const

describe('pretty', () => {
  it('shows place, code, message, frame and suggestion', () => {
    expect(renderDiagnostic(unknown, plain)).toBe(
      [
        'wit/a.wit:4:14 error WIT0031: the type `piont` is not defined',
        '  2 |',
        '  3 | interface i {',
        '> 4 |   f: func(a: piont);',
        '    |              ^^^^^',
        '  5 | }',
        '  6 |',
        '  help: did you mean `point`?',
      ].join('\n'),
    )
  })

  it('shows the path alone where a whole file is meant', () => {
    expect(renderDiagnostic(missing, plain)).toBe('wit/b.wit error WIT0070: there is no such file or folder')
    expect(renderDiagnostic({ ...missing, file: undefined, severity: 'note' }, plain)).toBe(
      'note WIT0070: there is no such file or folder',
    )
  })

  it('marks several lines', () => {
    const span = { file, start: file.text.indexOf('interface'), end: file.text.indexOf('\n}') }
    expect(renderDiagnostic({ ...unknown, span, suggestion: undefined }, plain)).toBe(
      [
        'wit/a.wit:3:1 error WIT0031: the type `piont` is not defined',
        '  1 | package a:b;',
        '  2 |',
        '> 3 | interface i {',
        '    | ^^^^^^^^^^^^^',
        '> 4 |   f: func(a: piont);',
        '    | ^^^^^^^^^^^^^^^^^^^^',
        '  5 | }',
        '  6 |',
      ].join('\n'),
    )
  })

  it('marks the end of a file', () => {
    const short = { path: 'a.wit', text: 'package a:b' }
    expect(
      renderDiagnostic({ ...unknown, span: { file: short, start: 11, end: 11 }, suggestion: undefined }, plain),
    ).toBe(
      ['a.wit:1:12 error WIT0031: the type `piont` is not defined', '> 1 | package a:b', '    |            ^'].join(
        '\n',
      ),
    )
  })

  it('leaves out the frame of very long lines', () => {
    const long = { path: 'a.wit', text: 'x'.repeat(1000) }
    expect(renderDiagnostic({ ...missing, span: { file: long, start: 700, end: 701 } }, plain)).toBe(
      'a.wit:1:701 error WIT0070: there is no such file or folder',
    )
  })

  it('uses colours only where they are wanted', () => {
    const escape = '\u001b'
    expect(renderDiagnostic(unknown, plain)).not.toContain(escape)
    const colored = renderDiagnostic(unknown, { ...plain, color: true })
    expect(colored).toContain(`${escape}[31merror${escape}[0m WIT0031: `)
    expect(stripVTControlCharacters(colored)).toBe(renderDiagnostic(unknown, plain))
  })

  it('separates several by an empty line', () => {
    expect(renderDiagnostics([missing, missing], plain)).toBe(
      `${renderDiagnostic(missing, plain)}\n\n${renderDiagnostic(missing, plain)}\n`,
    )
    expect(renderDiagnostics([], plain)).toBe('')
  })
})

describe('json', () => {
  it('has every field', () => {
    expect(diagnosticToJson(unknown)).toEqual({
      code: 'WIT0031',
      severity: 'error',
      message: 'the type `piont` is not defined',
      file: 'wit/a.wit',
      line: 4,
      column: 14,
      endLine: 4,
      endColumn: 19,
      suggestion: 'did you mean `point`?',
    })
    expect(diagnosticToJson(missing)).toEqual({
      code: 'WIT0070',
      severity: 'error',
      message: 'there is no such file or folder',
      file: 'wit/b.wit',
      line: null,
      column: null,
      endLine: null,
      endColumn: null,
      suggestion: null,
    })
  })

  it('is one document, also without diagnostics', () => {
    const options = { color: true, format: 'json' } as const
    expect(JSON.parse(renderDiagnostics([unknown, missing], options))).toEqual({
      diagnostics: [diagnosticToJson(unknown), diagnosticToJson(missing)],
    })
    expect(JSON.parse(renderDiagnostics([], options))).toEqual({ diagnostics: [] })
    expect(JSON.parse(renderDiagnostic(missing, options))).toEqual(diagnosticToJson(missing))
  })
})

describe('github', () => {
  const options = { color: false, format: 'github' } as const

  it('is a workflow command with escaped values', () => {
    expect(renderDiagnostic(unknown, options)).toBe(
      '::error file=wit/a.wit,line=4,endLine=4,col=14,endColumn=19,title=WIT0031::the type `piont` is not defined%0Adid you mean `point`?',
    )
    expect(renderDiagnostic({ ...missing, severity: 'note', file: 'a,b:c.wit', message: '100%\nsure' }, options)).toBe(
      '::notice file=a%2Cb%3Ac.wit,title=WIT0070::100%25%0Asure',
    )
  })
})

describe('positionOf', () => {
  it.each([
    [0, 1, 1],
    [12, 1, 13],
    [13, 2, 1],
    [14, 3, 1],
    [start, 4, 14],
  ])('offset %i is line %i, column %i', (offset, line, column) => {
    expect(positionOf(file, offset)).toEqual({ line, column })
  })
})
