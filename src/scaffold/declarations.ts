import type { HostFunction, HostInterface, HostResource } from '../plan/host-imports.ts'
import type { HostClassModel, HostDeclarationModel, HostFunctionModel } from '../plan/model.ts'
import { quote } from '../plan/path-text.ts'
import type { ModuleScope } from './module-scope.ts'

/** What the message of a function begins with that is not written yet. */
export const NOT_IMPLEMENTED = 'not implemented: '

/**
 * A function that is still to be written.
 *
 * @param head what stands before its name
 */
export function functionModel(func: HostFunction, scope: ModuleScope, name?: string, head = ''): HostFunctionModel {
  const signature = func.signature(scope)
  const isConstructor = func.kind === 'constructor'
  return {
    docs: signature.docs,
    head: func.kind === 'static' ? 'static ' : head,
    name: name ?? (isConstructor ? 'constructor' : signature.name),
    params: signature.params,
    hasParams: signature.params.length > 0,
    returns: isConstructor ? '' : `: ${signature.result}`,
    message: quote(`${NOT_IMPLEMENTED}${func.id}`),
    comma: false,
  }
}

/** A class whose functions are still to be written. Its name has been claimed and set. */
export function classModel(resource: HostResource, name: string, scope: ModuleScope): HostClassModel {
  return {
    partial: 'scaffold/class',
    docs: resource.docs,
    name,
    type: scope.importType(resource.file, resource.typeName, `${resource.member}Resource`),
    functions: resource.functions.map((f) => functionModel(f, scope)),
    symbol: scope.global('Symbol'),
  }
}

/** An interface and its classes, all still to be written; `name` has been claimed. */
export function interfaceModels(
  face: HostInterface,
  name: string,
  scope: ModuleScope,
): readonly HostDeclarationModel[] {
  const classes = face.resources.map((resource) => ({ resource, own: scope.classFor(resource.def, resource.member) }))
  return [
    ...classes.map(({ resource, own }) => classModel(resource, own, scope)),
    {
      partial: 'scaffold/object',
      docs: face.docs,
      name,
      type: scope.importType(face.file, face.typeName),
      classes: classes.map(({ resource, own }) => entry(resource.member, own)),
      functions: face.functions.map((f) => ({ ...functionModel(f, scope), comma: true })),
    },
  ]
}

/** A property: shorthand where key and value have one name; keys that are no identifiers are quoted. */
export function entry(key: string, value: string, quoteMark = "'"): string {
  if (key === value) return key
  return `${/^[A-Za-z_$][\w$]*$/u.test(key) ? key : `${quoteMark}${key}${quoteMark}`}: ${value}`
}
