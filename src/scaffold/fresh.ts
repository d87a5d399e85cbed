import type { HostImports } from '../plan/host-imports.ts'
import type { HostDeclarationModel } from '../plan/model.ts'
import { formatByPrettier, renderTemplate } from '../render/index.ts'
import { classModel, entry, functionModel, interfaceModels } from './declarations.ts'
import type { GeneratedCode } from './generated-code.ts'
import { ModuleScope } from './module-scope.ts'
import { Source } from './source.ts'

/** The text of a new file that implements what a world imports: every function is there, typed, and throws. */
export function freshFile(path: string, host: HostImports, generated: GeneratedCode): Promise<string> {
  const scope = new ModuleScope(new Source(path, ''), generated, ['imports'])
  const declarations: HostDeclarationModel[] = []
  const entries: string[] = []
  const type = scope.importType(host.file, host.typeName)
  // All classes get their names first, so that every signature can name them.
  const roots = host.resources.map((resource) => ({ resource, name: scope.classFor(resource.def, resource.member) }))
  for (const { resources } of host.interfaces) for (const { def, member } of resources) scope.classFor(def, member)
  const functions = host.functions.map((func) => ({ func, name: scope.claim(func.name) }))
  const interfaces = host.interfaces.map((face) => ({ face, name: scope.claim(face.name) }))
  for (const { resource, name } of roots) {
    declarations.push(classModel(resource, name, scope))
    entries.push(entry(resource.key, name))
  }
  for (const { func, name } of functions) {
    declarations.push({ partial: 'scaffold/function', ...functionModel(func, scope, name, 'export function ') })
    entries.push(entry(func.key, name))
  }
  for (const { face, name } of interfaces) {
    declarations.push(...interfaceModels(face, name, scope))
    entries.push(entry(face.key, name))
  }
  const header = {
    lines: [
      `What the host gives to guests of the world \`${host.world}\`: written by \`witgen scaffold\`, to be filled in.`,
      'Run the same command again when the WIT has changed: it adds, marks and mends, and leaves your code alone.',
    ],
  }
  const model = { template: 'scaffold/file', header, declarations, type, entries, world: host.world } as const
  return formatByPrettier(renderTemplate({ ...model, imports: scope.models() }))
}
