/** From so many bytes on, moving a buffer is cheaper than cloning it (measured: 16 KiB 42 → 28 µs, 1 MiB 762 → 108 µs). */
const MOVE_FROM = 16_384
/** How many values are looked at: a list of a million records is not searched for buffers. */
const VISITS = 64

/**
 * The large buffers in freshly lifted values, for a transfer list: nobody else holds them. Typed arrays in the first values
 * are found; the others are cloned, which is right too.
 */
export function largeBuffers(values: readonly unknown[]): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>()
  visit(values, (view) => {
    const { buffer } = view
    if (buffer instanceof ArrayBuffer && buffer.byteLength === view.byteLength) found.add(buffer)
    return view
  })
  return [...found]
}

/**
 * Arguments with copies of their large typed arrays, and the copies' buffers for a transfer list: copying and moving is
 * cheaper than cloning. Arrays over shared memory stay as they are, they cross without a copy. What is not looked at stays too.
 */
export function movable(args: readonly unknown[]): {
  readonly args: readonly unknown[]
  readonly moved: readonly ArrayBuffer[]
} {
  const moved: ArrayBuffer[] = []
  const result = visit(args, (view) => {
    if (!(view.buffer instanceof ArrayBuffer) || view instanceof DataView) return view
    // Not the view's own `slice`: that of Node's Buffer shares the memory.
    const copy: Uint8Array<ArrayBuffer> = Uint8Array.prototype.slice.call(view)
    moved.push(copy.buffer)
    return copy
  })
  return { args: moved.length === 0 ? args : (result as readonly unknown[]), moved }
}

/** Replaces the large views in the first values of plain arrays and objects, two levels deep; shares the rest. */
function visit(root: readonly unknown[], replace: (view: ArrayBufferView) => ArrayBufferView): unknown {
  let visits = 0
  const look = (value: unknown, depth: number): unknown => {
    if (typeof value !== 'object' || value === null || visits++ > VISITS) return value
    if (ArrayBuffer.isView(value)) return value.byteLength < MOVE_FROM ? value : replace(value)
    if (depth === 0) return value
    if (Array.isArray(value)) {
      const items: readonly unknown[] = value
      let copy: unknown[] | undefined
      const { length } = items
      for (let i = 0; i < Math.min(length, VISITS); i++) {
        const next = look(items[i], depth - 1)
        if (!Object.is(next, items[i])) (copy ??= [...items])[i] = next
      }
      return copy ?? items
    }
    if (Object.getPrototypeOf(value) !== Object.prototype) return value
    let copy: Record<string, unknown> | undefined
    for (const [key, item] of Object.entries(value)) {
      const next = look(item, depth - 1)
      if (!Object.is(next, item)) (copy ??= { ...value })[key] = next
    }
    return copy ?? value
  }
  return look(root, 3)
}

/** Whether arguments can be sent to another thread. */
export function isCloneable(args: readonly unknown[]): boolean {
  try {
    structuredClone(args)
    return true
  } catch {
    return false
  }
}
