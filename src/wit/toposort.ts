import type { Id } from './ast.ts'

/** Nodes by name, each with the names it refers to. */
export type Dependencies = ReadonlyMap<string, readonly Id[]>

/**
 * Orders nodes so that each stands behind those it refers to, else as given. `unknown` gets references to names that are
 * no nodes, `cycle` the first reference of a circle; `stuck` are the nodes that stand in circles or refer to them.
 */
export function toposort(
  deps: Dependencies,
  unknown: (id: Id) => void,
  cycle: (id: Id) => void,
): { readonly order: readonly string[]; readonly stuck: readonly string[] } {
  const names = [...deps.keys()]
  const remaining = new Map<string, number>()
  const dependents = new Map<string, string[]>()
  for (const [name, ids] of deps) {
    let count = 0
    for (const id of ids) {
      if (!deps.has(id.name)) {
        unknown(id)
        continue
      }
      count += 1
      const list = dependents.get(id.name)
      if (list === undefined) dependents.set(id.name, [name])
      else list.push(name)
    }
    remaining.set(name, count)
  }
  const rank = new Map(names.map((name, i) => [name, i]))
  const ready = new Ranks()
  for (const name of names) if (remaining.get(name) === 0) ready.add(rank.get(name) ?? 0)
  const order: string[] = []
  for (let next = ready.takeLeast(); next !== undefined; next = ready.takeLeast()) {
    const name = names[next] ?? ''
    order.push(name)
    for (const dependent of dependents.get(name) ?? []) {
      const left = (remaining.get(dependent) ?? 0) - 1
      remaining.set(dependent, left)
      if (left === 0) ready.add(rank.get(dependent) ?? 0)
    }
  }
  if (order.length === names.length) return { order, stuck: [] }
  const stuck = names.filter((name) => (remaining.get(name) ?? 0) > 0)
  const first = stuck.flatMap((name) => deps.get(name) ?? []).find((id) => (remaining.get(id.name) ?? 0) > 0)
  if (first !== undefined) cycle(first)
  return { order, stuck }
}

/** A heap of numbers, the least first. */
class Ranks {
  readonly #heap: number[] = []

  add(value: number): void {
    const heap = this.#heap
    let at = heap.push(value) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if ((heap[parent] ?? 0) <= value) break
      heap[at] = heap[parent] ?? 0
      at = parent
    }
    heap[at] = value
  }

  takeLeast(): number | undefined {
    const heap = this.#heap
    const least = heap[0]
    const last = heap.pop()
    if (least === undefined || last === undefined || heap.length === 0) return least
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if ((heap[child + 1] ?? Infinity) < (heap[child] ?? 0)) child += 1
      if ((heap[child] ?? 0) >= last) break
      heap[at] = heap[child] ?? 0
      at = child
    }
    heap[at] = last
    return least
  }
}
