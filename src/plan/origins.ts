import type { Func, Interface, Span, TypeDef, World } from '../ir/index.ts'
import { pascalCase } from './case.ts'
import { freestanding, resourceMembers, type Face } from './face.ts'
import type { OutputLayout } from './layout.ts'
import type { DeclarationModel, FunctionsModel, OriginModel, SignatureModel, WorldFileModel } from './model.ts'

/* Where the declarations of a file stand in the WIT. The models are made in the order of the WIT, so both are walked together. */

/** What the declarations of types come from. */
export function declarationOrigins(
  defs: readonly TypeDef[],
  declarations: readonly DeclarationModel[],
  faces: readonly Face[],
  layout: OutputLayout,
): readonly OriginModel[] {
  const found = new Origins()
  for (const [index, def] of defs.entries()) {
    const declaration = declarations[index]
    if (declaration === undefined) continue
    const name = layout.localName(def)
    found.add(name, def.span)
    switch (declaration.partial) {
      case 'types/record':
        found.addMembers(name, declaration.fields, membersOf(def))
        break
      case 'types/enum':
        found.addMembers(name, declaration.cases, membersOf(def))
        break
      case 'types/variant':
        for (const member of membersOf(def)) found.add(`${name}.${member.name}`, member.span)
        break
      case 'types/resource': {
        const face = faces.find((f) => f.resources.includes(def))
        found.add(declaration.className, def.span)
        if (face === undefined) break
        const { constructors, methods, statics } = resourceMembers(face, def)
        found.addFunctions(declaration.className, declaration.constructors, constructors)
        found.addFunctions(name, declaration.methods, methods)
        found.addFunctions(declaration.className, declaration.statics, statics)
        break
      }
      case 'types/alias':
      case 'types/reexport':
    }
  }
  return found.all
}

/** What the TypeScript interface of functions comes from. */
export function functionsOrigins(
  face: Face,
  functions: readonly FunctionsModel[],
  span: Span | undefined,
): readonly OriginModel[] {
  const found = new Origins()
  for (const model of functions) {
    found.add(model.name, span)
    for (const def of face.resources) found.add(`${model.name}.${pascalCase(def.name)}`, def.span)
    found.addFunctions(model.name, model.methods, freestanding(face))
  }
  return found.all
}

/** What the file of a world has of its own: the class, the host's part, the namespaces. */
export function worldOrigins(
  world: World,
  model: Pick<WorldFileModel, 'name' | 'importsName' | 'versioned' | 'optionsName' | 'roots'>,
  members: readonly { readonly name: string; readonly key: string }[],
  hostImports: readonly { readonly name: string; readonly key: string }[],
  namespaces: readonly { readonly name: string; readonly face: Interface }[],
  exports: Face,
): readonly OriginModel[] {
  const found = new Origins()
  for (const name of [model.name, model.importsName, model.optionsName]) found.add(name, world.span)
  for (const { name, key } of members) found.add(`${model.name}.${name}`, spanOfItem(world, 'exports', key))
  for (const { name, key } of hostImports)
    found.add(`${model.importsName}.${plain(name)}`, spanOfItem(world, 'imports', key))
  for (const { name: versioned, hostImports: byVersion } of model.versioned) {
    found.add(versioned, world.span)
    for (const [i, { key }] of hostImports.entries()) {
      found.add(`${versioned}.${plain(byVersion[i]?.name ?? '')}`, spanOfItem(world, 'imports', key))
    }
  }
  for (const { name, face } of namespaces) found.add(name, face.span)
  for (const root of model.roots) {
    found.addFunctions(model.name, root.methods, freestanding(exports))
    for (const [index, def] of exports.resources.entries()) {
      found.add(`${model.name}.${root.classes[index]?.name ?? ''}`, def.span)
    }
  }
  return found.all
}

/** Where an import or export is written; where it stands only because something needs it, what it is. */
function spanOfItem(world: World, direction: 'imports' | 'exports', key: string): Span | undefined {
  const item = world[direction].get(key)
  return item?.span ?? (item?.kind === 'interface' ? item.interface.span : undefined)
}

interface Spanned {
  readonly name: string
  readonly span: Span | undefined
}

function membersOf({ type }: TypeDef): readonly Spanned[] {
  if (type.kind === 'record') return type.fields
  if (type.kind === 'flags') return type.flags
  return type.kind === 'enum' || type.kind === 'variant' ? type.cases : []
}

/** Collects what has a place in a text. */
class Origins {
  readonly all: OriginModel[] = []

  add(name: string, span: Span | undefined): void {
    if (span !== undefined) this.all.push({ name, span })
  }

  addMembers(owner: string, models: readonly { readonly name: string }[], members: readonly Spanned[]): void {
    for (const [index, { name }] of models.entries()) this.add(`${owner}.${plain(name)}`, members[index]?.span)
  }

  addFunctions(owner: string, models: readonly SignatureModel[], functions: readonly Func[]): void {
    for (const [index, { name, params }] of models.entries()) {
      const func = functions[index]
      if (func === undefined) continue
      const path = `${owner}.${plain(name.trim())}`
      this.add(path, func.span)
      // A method's first parameter is the object itself.
      const own = func.params.slice(func.params.length - params.length)
      for (const [at, param] of params.entries()) this.add(`${path}(${param.name})`, own[at]?.span)
    }
  }
}

/** A property key without its quotes. */
function plain(name: string): string {
  return name.replace(/^'(.*)'$/u, '$1')
}
