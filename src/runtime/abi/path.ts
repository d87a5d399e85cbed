/**
 * Where in an argument a value stands, built so that nothing is concatenated unless something is wrong: a text, or a
 * step below another path. List codecs allocate one step per list and move its `key`.
 */
export type Path = string | PathStep

export interface PathStep {
  readonly parent: Path
  key: string | number
}

/** The path of a member, `field(path, 'weight')`, or of a tuple's element. */
export function field(parent: Path, key: string | number): PathStep {
  return { parent, key }
}

/** The path of the elements of a list; the codec sets `key` to the index as it goes. */
export function element(parent: Path): PathStep {
  return { parent, key: 0 }
}

/** `samples[3].weight` */
export function renderPath(path: Path): string {
  if (typeof path === 'string') return path
  const { parent, key } = path
  return typeof key === 'number' ? `${renderPath(parent)}[${key}]` : `${renderPath(parent)}.${key}`
}
