/** The value types of the WebAssembly binary format, by the letters of a `CoreSignature`. */
const VALUE_TYPES: Readonly<Record<string, number>> = { i: 0x7f, l: 0x7e, f: 0x7d, d: 0x7c }
const [FUNC, FUNCREF] = [0x60, 0x70]
const [LOCAL_GET, I32_CONST, I32_ADD, RETURN_CALL_INDIRECT, END] = [0x20, 0x41, 0x6a, 0x13, 0x0b]

/** Parameters and results of a core function, a letter each for i32, i64, f32 and f64: `'ddi:i'`. */
export type CoreSignature = `${string}:${string}`

/**
 * A core module with one function per signature, exported under its number. Each takes an index before its parameters and goes
 * on in what the imported table `t.t` has at `number × width + index`; as a tail call, so that nobody sees it on a stack.
 */
export function dispatchModule(signatures: readonly CoreSignature[], width: number): Uint8Array<ArrayBuffer> {
  const types = signatures.flatMap((signature) => [functionType(signature), functionType(`i${signature}`)])
  const bodies = signatures.map((signature, i) => {
    const args = Array.from({ length: signature.indexOf(':') }, (_, arg) => [LOCAL_GET, ...unsigned(arg + 1)])
    const index = [LOCAL_GET, 0, I32_CONST, ...signed(i * width), I32_ADD]
    const body = [0, ...args.flat(), ...index, RETURN_CALL_INDIRECT, ...unsigned(2 * i), 0, END]
    return [...unsigned(body.length), ...body]
  })
  return moduleOf([
    section(1, types),
    section(2, [[...text('t'), ...text('t'), 1, FUNCREF, 0, 0]]),
    section(
      3,
      signatures.map((_, i) => unsigned(2 * i + 1)),
    ),
    section(
      7,
      signatures.map((_, i) => [...text(`${i}`), 0, ...unsigned(i)]),
    ),
    section(10, bodies),
  ])
}

function moduleOf(sections: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flat()])
}

function section(id: number, items: readonly (readonly number[])[]): number[] {
  const content = [...unsigned(items.length), ...items.flat()]
  return [id, ...unsigned(content.length), ...content]
}

function functionType(signature: CoreSignature): number[] {
  const [params = '', results = ''] = signature.split(':')
  const types = (letters: string): number[] => [letters.length, ...[...letters].map((c) => VALUE_TYPES[c] ?? 0)]
  return [FUNC, ...types(params), ...types(results)]
}

function text(ascii: string): number[] {
  return [ascii.length, ...[...ascii].map((c) => c.charCodeAt(0))]
}

/** Spec: WebAssembly binary format, `uN` in LEB128. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]
}

/** Spec: `sN`; of numbers from 0 on, whose last byte must not look negative. */
function signed(value: number): number[] {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...signed(value >>> 7)]
}
