import type { Func, TypeDef } from '../ir/index.ts'
import { Names, pascalCase } from './case.ts'
import type { CodecFile } from './codec-file.ts'
import { exportFunction } from './export-function.ts'
import { resourceMembers, type Face } from './face.ts'
import type { OutputLayout } from './layout.ts'
import type { ResourceClassModel } from './model.ts'
import { quote } from './path-text.ts'

/** The class of the host's objects for a resource that lives in a guest. */
export function resourceClass(
  face: Face,
  def: TypeDef,
  members: ReadonlyMap<Func, string>,
  layout: OutputLayout,
  file: CodecFile,
): ResourceClassModel {
  for (const helper of ['beginDrop', 'failed', 'isObject', 'leave', 'resourceClass']) file.use(helper)
  for (const type of ['Context', 'CoreExports', 'GuestHandle', 'GuestResource']) file.useType(type)
  const name = pascalCase(def.name)
  const { constructors, methods, statics } = resourceMembers(face, def)
  const types = file.scope.relative(face.typesFile)
  const fields = new Names(['cx', 'drop', 'resource'])
  const coreName = file.scope.claim(`${name}Core`)
  const className = file.scope.claim(`${name}Object`)
  const member = (f: Func): string => members.get(f) ?? ''
  const create = new Names(['handleOf', ...statics.map(member)]).claim('create')
  const inits = constructors.map((f) => exportFunction(f, create, face, 'static', file, fields, coreName, className))
  return {
    name: quote(name),
    member: name,
    wit: def.name,
    key: quote(def.name),
    type: file.scope.import(types, layout.localName(def), { type: true }),
    classType: file.scope.import(types, layout.className(def), { type: true }),
    className,
    coreName,
    bindName: file.scope.claim(`bind${name}`),
    constructors: inits,
    methods: methods.map((f) => exportFunction(f, member(f), face, 'method', file, fields, coreName, className)),
    statics: statics.map((f) => exportFunction(f, member(f), face, 'static', file, fields, coreName, className)),
    dropName: quote(`${face.prefix}[resource-drop]${def.name}`),
    create: inits[0]?.forward ?? 'undefined',
  }
}
