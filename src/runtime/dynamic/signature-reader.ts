import type { EnumCase, Func, Type, TypeDef } from '../../ir/index.ts'

/** Finds the resource that a signature calls `ns:pkg/iface#name`. */
export type FindResource = (name: string) => TypeDef

const UNPLACED = { docs: undefined, span: undefined } as const
const NAMELESS = { kind: 'freestanding' } as const

const PRIMITIVES: ReadonlySet<string> = new Set(
  'bool s8 u8 s16 u16 s32 u32 s64 u64 f32 f64 char string error-context'.split(' '),
)

/**
 * Reads a canonical signature, `func(a: list<u8>) -> option<string>`, back into types: what `funcSignature` writes when no
 * type is named. Signatures come from generated code, so one that cannot be read is a mistake in there.
 *
 * @throws TypeError for anything else
 */
export function readSignature(name: string, text: string, resource: FindResource): Func {
  return new SignatureReader(text, resource).func(name)
}

class SignatureReader {
  readonly #text: string
  readonly #resource: FindResource
  #at = 0

  constructor(text: string, resource: FindResource) {
    this.#text = text
    this.#resource = resource
  }

  func(name: string): Func {
    const async = this.#skip('async ')
    this.#expect('func(')
    const params = this.#list(')', () => {
      const param = this.#word()
      this.#expect(': ')
      return { name: param, type: this.#type(), span: undefined }
    })
    const result = this.#skip(' -> ') ? this.#type() : undefined
    if (this.#at < this.#text.length) this.#fail('the end')
    return {
      name,
      kind: NAMELESS,
      async,
      params,
      result,
      docs: undefined,
      stability: { level: 'unknown' },
      span: undefined,
    }
  }

  #type(): Type {
    const word = this.#word()
    if (PRIMITIVES.has(word)) return { kind: word } as Type
    switch (word) {
      case 'list':
        return this.#listType()
      case 'map': {
        const [key, value] = this.#arguments()
        return { kind: 'map', key: this.#given(key), value: this.#given(value) }
      }
      case 'tuple':
        return { kind: 'tuple', types: this.#arguments().map((t) => this.#given(t)) }
      case 'option':
        return { kind: 'option', some: this.#given(this.#arguments()[0]) }
      case 'result': {
        const [ok, err] = this.#text[this.#at] === '<' ? this.#arguments() : []
        return { kind: 'result', ok, err }
      }
      case 'stream':
      case 'future':
        return { kind: word, element: this.#text[this.#at] === '<' ? this.#arguments()[0] : undefined }
      case 'record':
        return { kind: 'record', fields: this.#members().map((f) => ({ ...f, type: this.#given(f.type) })) }
      case 'variant':
        return { kind: 'variant', cases: this.#members() }
      case 'enum':
        return { kind: 'enum', cases: this.#members().map(bare) }
      case 'flags':
        return { kind: 'flags', flags: this.#members().map(bare) }
      case 'own':
      case 'borrow': {
        this.#expect('<')
        const end = this.#text.indexOf('>', this.#at)
        const name = this.#text.slice(this.#at, end)
        this.#at = end + 1
        return { kind: word, resource: this.#resource(name) }
      }
      default:
        return this.#fail('a type')
    }
  }

  #listType(): Type {
    this.#expect('<')
    const element = this.#type()
    if (!this.#skip(', ')) {
      this.#expect('>')
      return { kind: 'list', element }
    }
    const length = Number(this.#word())
    this.#expect('>')
    return { kind: 'fixed-length-list', element, length }
  }

  /** `<a, b>`; `_` stands for no type. */
  #arguments(): readonly (Type | undefined)[] {
    this.#expect('<')
    return this.#list('>', () => (this.#skip('_') ? undefined : this.#type()))
  }

  /** `{ a: u8, b(u8), c }` */
  #members(): { readonly name: string; readonly type: Type | undefined; docs: undefined; span: undefined }[] {
    this.#expect(' { ')
    return this.#list(' }', () => {
      const name = this.#word()
      if (this.#skip(': ')) return { name, type: this.#type(), ...UNPLACED }
      if (!this.#skip('(')) return { name, type: undefined, ...UNPLACED }
      const type = this.#type()
      this.#expect(')')
      return { name, type, ...UNPLACED }
    })
  }

  #list<T>(end: string, item: () => T): T[] {
    const items: T[] = []
    while (!this.#skip(end)) {
      if (items.length > 0) this.#expect(', ')
      items.push(item())
    }
    return items
  }

  #word(): string {
    const word = /^[\w-]+/.exec(this.#text.slice(this.#at, this.#at + 256))?.[0] ?? this.#fail('a name')
    this.#at += word.length
    return word
  }

  #given(type: Type | undefined): Type {
    return type ?? this.#fail('a type')
  }

  #skip(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }

  #expect(text: string): void {
    if (!this.#skip(text)) this.#fail(`\`${text}\``)
  }

  #fail(expected: string): never {
    throw new TypeError(`expected ${expected} at ${this.#at} of the signature ${this.#text}`)
  }
}

function bare({ name }: { readonly name: string }): EnumCase {
  return { name, ...UNPLACED }
}
