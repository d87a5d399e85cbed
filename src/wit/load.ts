import { packageId } from '../ir/names.ts'
import type { Package, Resolve } from '../ir/package.ts'
import type { SourceFile } from '../ir/span.ts'
import type { FileNode } from './ast.ts'
import { normalizeText } from './normalize-text.ts'
import { orderPackages, packageUnits } from './package-units.ts'
import { parseFile } from './parse-file.ts'
import { Report } from './report.ts'
import { resolvePackage } from './resolve-package.ts'
import { type Features, packageScope, type PackageScope } from './scope.ts'

/**
 * One WIT file in memory. Files of role `root` make the root package together; those of one `dep` (a folder or file in
 * `deps/`) make a package of their own.
 */
export interface WitInput extends SourceFile {
  readonly role: 'root' | { readonly dep: string }
}

export interface WitOptions {
  /** What is behind `@unstable(feature = …)` is in only if its feature is named here; default: none. */
  readonly features?: Features
  /** Packages that are resolved already (decoded from a binary), which the WIT may refer to; dependencies first. */
  readonly packages?: readonly Package[]
}

/**
 * Parses and resolves WIT. Packages come sorted by name, each behind those it refers to, `options.packages` first.
 *
 * @throws DiagnosticError with everything that is wrong: all syntax errors, or, where there are none, all others.
 */
export function loadWit(inputs: readonly WitInput[], options: WitOptions = {}): Resolve {
  const report = new Report()
  const groups = new Map<string | undefined, { path: string; files: FileNode[] }>()
  const sorted = [...inputs].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  for (const input of sorted) {
    const key = input.role === 'root' ? undefined : input.role.dep
    const group = groups.get(key) ?? { path: input.path, files: [] }
    groups.set(key, group)
    const text = normalizeText(input.text)
    group.files.push(parseFile(text === input.text ? input : { ...input, text }, report))
  }
  report.throwIfFailed()

  const rootGroup = groups.get(undefined)
  if (rootGroup === undefined) report.error('WIT0071', undefined, 'there are no WIT files for the root package')
  const rootUnits = rootGroup === undefined ? [] : packageUnits(rootGroup.files, rootGroup.path, report)
  groups.delete(undefined)
  const depUnits = [...groups.values()].flatMap((group) => packageUnits(group.files, group.path, report))
  const [rootUnit] = rootUnits // its own package comes first
  report.throwIfFailed()

  const given = options.packages ?? []
  const packages = new Map<string, PackageScope>(given.map((p) => [packageId(p.name), packageScope(p)]))
  for (const unit of orderPackages([...rootUnits, ...depUnits], given, report)) {
    packages.set(packageId(unit.header.name), resolvePackage(unit, packages, options.features ?? new Set(), report))
  }
  report.throwIfFailed()
  const root = rootUnit === undefined ? undefined : packages.get(packageId(rootUnit.header.name))
  if (root === undefined) throw new Error('the root package was not resolved')
  return { packages: [...packages.values()].map((scope) => scope.package), root: root.package }
}
