import { ByteBuffer } from '../component/rewrite/byte-buffer.ts'

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
  const out = new ByteBuffer(128 + signatures.length * 48)
  const section = (id: number, count: number, write: () => void): void => {
    out.u8(id)
    out.sized(() => {
      out.u32(count)
      write()
    })
  }
  const each = (write: (signature: CoreSignature, i: number) => void) => () => signatures.forEach(write)
  out.put(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)
  // Types: what the guest's function takes, then the same with the index.
  section(
    1,
    signatures.length * 2,
    each((signature) => {
      functionType(out, signature)
      functionType(out, `i${signature}`)
    }),
  )
  section(2, 1, () => {
    out.name('t')
    out.name('t')
    out.put(1, FUNCREF, 0, 0)
  })
  section(
    3,
    signatures.length,
    each((_, i) => out.u32(2 * i + 1)),
  )
  section(
    7,
    signatures.length,
    each((_, i) => {
      out.name(`${i}`)
      out.u8(0)
      out.u32(i)
    }),
  )
  section(
    10,
    signatures.length,
    each((signature, i) => {
      out.sized(() => {
        out.u8(0)
        for (let arg = 1; arg <= signature.indexOf(':'); arg++) {
          out.u8(LOCAL_GET)
          out.u32(arg)
        }
        out.put(LOCAL_GET, 0, I32_CONST)
        out.s32(i * width)
        out.put(I32_ADD, RETURN_CALL_INDIRECT)
        out.u32(2 * i)
        out.put(0, END)
      })
    }),
  )
  return out.bytes()
}

function functionType(out: ByteBuffer, signature: CoreSignature): void {
  out.u8(FUNC)
  for (const letters of signature.split(':')) {
    out.u32(letters.length)
    for (const letter of letters) out.u8(VALUE_TYPES[letter] ?? 0)
  }
}
