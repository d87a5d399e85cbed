import { dealias, type Resolved, type Type, type TypeDef } from '../ir/index.ts'
import { pascalCase } from './case.ts'

/** Kinds whose codecs belong to a named declaration. */
const NOMINAL = new Set(['record', 'variant', 'enum', 'flags', 'resource'])

/** The declaration that a type leads to, through aliases and `use`; undefined for anonymous and primitive types. */
export function declaration(type: Type): TypeDef | undefined {
  let t = type
  while (t.kind === 'ref') {
    if (NOMINAL.has(t.def.type.kind)) return t.def
    t = t.def.type
  }
  return undefined
}

/** What a codec for the type is called: `ListOfSample`, `ResultOfU32AndFailure`. Types of one name and file may differ. */
export function typeLabel(type: Type): string {
  const def = declaration(type)
  if (def !== undefined) return pascalCase(def.name)
  const t = dealias(type)
  const known = labels.get(t)
  if (known !== undefined) return known
  const whole = labelOf(t)
  const label = whole.length > LONGEST_LABEL ? pascalCase(t.kind) : whole
  labels.set(t, label)
  return label
}

/** What would be longer is called by its kind alone. */
const LONGEST_LABEL = 100
const labels = new WeakMap<Type, string>()

function labelOf(t: Resolved): string {
  const label = (inner: Type | undefined): string => (inner === undefined ? 'Nothing' : typeLabel(inner))
  switch (t.kind) {
    case 'list':
      return `ListOf${label(t.element)}`
    case 'fixed-length-list':
      return `ArrayOf${t.length}${label(t.element)}`
    case 'map':
      return `MapOf${label(t.key)}To${label(t.value)}`
    case 'tuple':
      return `TupleOf${t.types.map(label).join('And')}`
    case 'option':
      return `OptionOf${label(t.some)}`
    case 'result':
      return `ResultOf${label(t.ok)}And${label(t.err)}`
    case 'stream':
    case 'future':
      return `${pascalCase(t.kind)}Of${label(t.element)}`
    case 'own':
    case 'borrow':
      return pascalCase(t.resource.name)
    default:
      return pascalCase(t.kind)
  }
}

const keys = new WeakMap<TypeDef | Type, string>()
const shapes = new Map<string, string>()
let next = 0

/** A text that two types share exactly when one codec serves both: structure, with declarations by identity. */
export function typeKey(type: Type): string {
  const subject = declaration(type) ?? dealias(type)
  let known = keys.get(subject)
  if (known === undefined) {
    if ('owner' in subject) known = `#${next++}`
    else {
      // By a number for each shape, so that the key of a type is no longer than its parts are many.
      const shape = shapeOf(subject)
      known = shape === subject.kind ? shape : shapes.get(shape)
      if (known === undefined) shapes.set(shape, (known = `#${next++}`))
    }
    keys.set(subject, known)
  }
  return known
}

/** What a type without a name is made of, its parts by their keys. */
function shapeOf(t: Resolved): string {
  const key = (inner: Type | undefined): string => (inner === undefined ? '_' : typeKey(inner))
  switch (t.kind) {
    case 'list':
      return `list<${key(t.element)}>`
    case 'fixed-length-list':
      return `list<${key(t.element)},${t.length}>`
    case 'map':
      return `map<${key(t.key)},${key(t.value)}>`
    case 'tuple':
      return `tuple<${t.types.map(key).join(',')}>`
    case 'option':
      return `option<${key(t.some)}>`
    case 'result':
      return `result<${key(t.ok)},${key(t.err)}>`
    case 'stream':
    case 'future':
      return `${t.kind}<${key(t.element)}>`
    case 'own':
    case 'borrow':
      return `${t.kind}<${key({ kind: 'ref', def: t.resource })}>`
    default:
      return t.kind
  }
}
