import type { Docs } from '../ir/docs.ts'
import type { SourceFile } from '../ir/span.ts'
import type { FileNode, PackageHeader, TopLevelItem } from './ast.ts'
import { Cursor } from './cursor.ts'
import { type Attributes, parseAttributes } from './parse-attributes.ts'
import { docsHere, parseBody, parseInterfaceItem } from './parse-interface.ts'
import { parsePackageId, parsePath } from './parse-path.ts'
import { parseWorldItem } from './parse-world.ts'
import type { Report } from './report.ts'

const deepest = 100

/** Reads one WIT file into its syntax tree (WIT.md, "Lexical structure" and "Top-level items"). Errors are reported. */
export function parseFile(file: SourceFile, report: Report): FileNode {
  const c = new Cursor(file, report)
  const header = headerFirst(c) ? c.recover(() => parseHeader(c)) : undefined
  const items: TopLevelItem[] = []
  while (!c.at('end')) {
    if (c.at('}')) {
      report.error('WIT0006', c.spanOf(c.take()), 'this `}` closes nothing')
      continue
    }
    const item = c.recover(() => {
      const docs = docsHere(c)
      return parseItem(c, docs, parseAttributes(c), 0)
    })
    if (item !== undefined) items.push(item)
  }
  return { header, items }
}

/** Whether the file begins with `package a:b;`, not with the block form. */
function headerFirst(c: Cursor): boolean {
  if (!c.at('package')) return false
  let ahead = 1
  while (![';', '{', 'end', 'interface', 'world'].includes(c.peek(ahead).kind)) ahead += 1
  return c.peek(ahead).kind !== '{'
}

function parseName(c: Cursor): PackageHeader {
  const { comments } = c.peek()
  const docs = docsHere(c)
  const [first, last] = [comments[0], comments.at(-1)]
  const docsSpan =
    first === undefined || last === undefined ? undefined : { file: c.file, start: first.start, end: last.end }
  c.expect('package')
  return { ...parsePackageId(c), docs, docsSpan }
}

function parseHeader(c: Cursor): PackageHeader {
  const header = parseName(c)
  c.expect(';', 'after the name of the package')
  return header
}

function parseItem(c: Cursor, docs: Docs, gates: Attributes, depth: number): TopLevelItem {
  const item = { docs, stability: gates.stability, externalId: gates.externalId }
  switch (c.peek().kind) {
    case 'interface': {
      c.take()
      const id = c.id('the name of the interface')
      const items = parseBody(c, 'interface', (d, g) => parseInterfaceItem(c, d, g))
      return { kind: 'interface', id, items, ...item }
    }
    case 'world': {
      c.take()
      const id = c.id('the name of the world')
      const items = parseBody(c, 'world', (d, g) => parseWorldItem(c, d, g))
      return { kind: 'world', id, items, ...item }
    }
    case 'use': {
      c.take()
      const path = parsePath(c)
      const as = c.eat('as') ? c.id('the new name') : undefined
      c.expect(';', 'after `use`')
      if (gates.span !== undefined) {
        c.report.error('WIT0009', gates.span, 'a `use` at the top level of a file takes no attributes')
      }
      return { kind: 'use', path, as }
    }
    case 'package': {
      if (gates.span !== undefined) c.report.error('WIT0009', gates.span, 'a nested package takes no attributes')
      if (depth >= deepest) {
        c.failAt('WIT0008', c.spanOf(c.peek()), `packages nest more than ${deepest} deep`)
      }
      const header = { ...parseName(c), docs }
      const items = parseBody(c, 'package', (d, g) => parseItem(c, d, g, depth + 1))
      return { kind: 'package', body: { header, items } }
    }
    default:
      return c.fail('`interface`, `world`, `use` or `package`')
  }
}
