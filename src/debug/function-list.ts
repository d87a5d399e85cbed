import { functionPlaces, hasLineTable, readGuestModule, type CoreFunction } from '../dwarf/index.ts'

/** More do not help: a debugger finds them by name. */
const LIMIT = 30

/**
 * The functions of a guest that have names, with the offsets to set breakpoints at and, where the guest carries DWARF, where
 * they stand in its source; those with a place first, since the others are the toolchain's. Ends with a line break.
 *
 * @param modules the core modules of the component
 */
export function functionList(modules: readonly Uint8Array[]): string {
  const all = modules.flatMap((bytes) => {
    const module = readGuestModule(bytes)
    const places = functionPlaces(module)
    return module.functions.flatMap(({ index, name, start }: CoreFunction) => {
      const place = places.get(index)
      if (name === undefined) return []
      return [{ at: `0x${start.toString(16)}`, name, place: place && `${place.file}:${place.line}` }]
    })
  })
  const missing = modules.some(hasLineTable)
    ? ''
    : 'The guest carries no debug information: compile it with -g, unstripped, to see its source.\n'
  if (all.length === 0) return `Its functions have no names.\n${missing}`
  const placed = all.filter(({ place }) => place !== undefined)
  const shown = [...placed, ...all.filter(({ place }) => place === undefined)].slice(0, LIMIT)
  const width = Math.min(40, Math.max(...shown.map(({ name }) => name.length)))
  const lines = shown.map(({ at, name, place }) => `  ${at.padEnd(8)} ${name.padEnd(place ? width : 0)} ${place ?? ''}`)
  const more = all.length > LIMIT ? [`  … and ${all.length - LIMIT} more`] : []
  const text = ['Functions of the guest, by byte offset:', ...lines.map(printable), ...more]
  return `${text.join('\n')}\n${missing}`
}

/** Names are the guest's: what a terminal would take for a command is not passed on. */
function printable(line: string): string {
  return line.trimEnd().replaceAll(/\p{Cc}/gu, '\ufffd')
}
