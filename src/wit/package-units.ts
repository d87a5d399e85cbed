import { packageId } from '../ir/names.ts'
import type { Package, PackageName } from '../ir/package.ts'
import type { FileNode, InterfaceItem, NestedPackage, PackageHeader, PackageId, TopLevelItem, UsePath } from './ast.ts'
import type { Report } from './report.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import { compareVersions } from './version.ts'

/** What makes one package: the files of a folder, or one `package a:b { … }` block. */
export interface PackageUnit {
  readonly header: PackageHeader
  readonly docs: string | undefined
  readonly files: readonly (readonly Exclude<TopLevelItem, NestedPackage>[])[]
}

/** Puts the files of one folder (or one file) together: its own package first, then the blocks in it. */
export function packageUnits(files: readonly FileNode[], where: string, report: Report): PackageUnit[] {
  const nested: PackageUnit[] = []
  const headers = files.flatMap((file) => file.header ?? [])
  const [header] = headers
  let docs: string | undefined
  for (const other of headers) {
    if (header !== undefined && packageId(other.name) !== packageId(header.name)) {
      report.error(
        'WIT0021',
        other.span,
        `this file names the package \`${packageId(other.name)}\`, another file of the folder \`${packageId(header.name)}\``,
        'keep one package per folder',
      )
    }
    if (other.docs === undefined) continue
    if (docs !== undefined) report.error('WIT0022', other.docsSpan, 'the package is documented in another file already')
    else docs = other.docs
  }
  const items = files.map((file) =>
    file.items.filter((item) => {
      if (item.kind !== 'package') return true
      nested.push(nestedUnit(item, report))
      return false
    }),
  ) as PackageUnit['files'][number][]
  if (header === undefined) {
    report.error(
      'WIT0020',
      undefined,
      'no file names the package',
      'begin one file with `package namespace:name;`',
      where,
    )
    return nested
  }
  return [{ header, docs, files: items }, ...nested]
}

function nestedUnit({ body }: NestedPackage, report: Report): PackageUnit {
  const items = body.items.filter((item) => {
    if (item.kind !== 'package') return true
    report.error('WIT0023', item.body.header.span, 'a nested package must stand at the top level of a file')
    return false
  }) as PackageUnit['files'][number]
  return { header: body.header, docs: body.header.docs, files: [items] }
}

/** The packages that a package refers to, each at its first mention. */
function references(unit: PackageUnit): Map<string, PackageId> {
  const found = new Map<string, PackageId>()
  const visit = ({ package: id }: UsePath): void => {
    if (id !== undefined && !found.has(packageId(id.name))) found.set(packageId(id.name), id)
  }
  const inInterface = (items: readonly InterfaceItem[]): void => {
    for (const item of items) if (item.kind === 'use') visit(item.path)
  }
  for (const item of unit.files.flat()) {
    if (item.kind === 'use') visit(item.path)
    else if (item.kind === 'interface') inInterface(item.items)
    else {
      for (const inner of item.items) if (inner.kind === 'use' || inner.kind === 'include') visit(inner.path)
      for (const inner of item.items) {
        if (inner.kind !== 'import' && inner.kind !== 'export') continue
        if (inner.item.kind === 'inline') inInterface(inner.item.items)
        else if (inner.item.kind !== 'function') visit(inner.item.path)
      }
    }
  }
  return found
}

function compareNames(a: PackageName, b: PackageName): number {
  if (a.namespace !== b.namespace) return a.namespace < b.namespace ? -1 : 1
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  if (a.version === undefined || b.version === undefined)
    return Number(a.version !== undefined) - Number(b.version !== undefined)
  return compareVersions(a.version, b.version)
}

/** Orders packages by name, each behind those it refers to; reports duplicates, unknown packages and circles. `resolved` are there already. */
export function orderPackages(
  units: readonly PackageUnit[],
  resolved: readonly Package[],
  report: Report,
): PackageUnit[] {
  const given = new Map(resolved.map((p) => [packageId(p.name), p.name]))
  const byId = new Map<string, PackageUnit>()
  for (const unit of units) {
    const id = packageId(unit.header.name)
    const previous = byId.get(id)
    if (previous === undefined && !given.has(id)) byId.set(id, unit)
    else if (previous === undefined)
      report.error('WIT0024', unit.header.span, `the package \`${id}\` is defined twice, also in binary form`)
    else {
      const { file } = previous.header.span
      const line = file.text.slice(0, previous.header.span.start).split('\n').length
      report.error('WIT0024', unit.header.span, `the package \`${id}\` is defined twice, also in ${file.path}:${line}`)
    }
  }
  const order = new Set<PackageUnit>()
  const visiting = new Set<PackageUnit>()
  const visit = (unit: PackageUnit): void => {
    visiting.add(unit)
    for (const [id, reference] of references(unit)) {
      const dep = byId.get(id)
      if (dep === undefined && given.has(id)) continue
      if (dep === undefined) reportUnknown(reference, [...given.values(), ...units.map((u) => u.header.name)], report)
      else if (visiting.has(dep)) {
        report.error(
          'WIT0026',
          reference.span,
          dep === unit
            ? `the package \`${id}\` refers to itself by its full name`
            : `the package \`${id}\` depends on itself`,
          dep === unit ? 'leave the name of the package out' : undefined,
        )
      } else if (!order.has(dep)) visit(dep)
    }
    visiting.delete(unit)
    order.add(unit)
  }
  const sorted = [...byId.values()].sort((a, b) => compareNames(a.header.name, b.header.name))
  for (const unit of sorted) if (!order.has(unit)) visit(unit)
  return [...order]
}

function reportUnknown({ name, span }: PackageId, known: readonly PackageName[], report: Report): void {
  const id = packageId(name)
  const same = known.filter((n) => n.namespace === name.namespace && n.name === name.name)
  const suggestion =
    same.length > 0
      ? `known: ${same.map((n) => `\`${packageId(n)}\``).join(', ')}`
      : (didYouMean(id, known.map(packageId)) ?? 'put it into the folder `deps`')
  report.error('WIT0025', span, `the package \`${id}\` is not known`, suggestion)
}
