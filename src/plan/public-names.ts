import type { Interface } from '../ir/index.ts'
import { camelCase, variableName } from './case.ts'
import type { OutputLayout } from './layout.ts'

/**
 * What the interfaces of a world are called in its file: by their own name, or qualified where two share it
 * (`demoAlgoAnalysis`; of several versions `demoAlgoAnalysis_1_2_0`). Contract: section 3.
 */
export function publicNames(faces: readonly Interface[], layout: OutputLayout): ReadonlyMap<Interface, string> {
  const short = (face: Interface): string => layout.interfaceWord(face)
  const qualified = (face: Interface): string => {
    const { namespace, name } = face.package.name
    return face.name === undefined ? short(face) : `${namespace}-${name}-${face.name}`
  }
  const shorts = count(faces.map((face) => camelCase(short(face))))
  const qualifieds = count(faces.map((face) => camelCase(qualified(face))))
  return new Map(
    faces.map((face) => {
      if ((shorts.get(camelCase(short(face))) ?? 0) < 2) return [face, variableName(short(face))]
      const name = camelCase(qualified(face))
      const { version } = face.package.name
      const isAmbiguous = (qualifieds.get(name) ?? 0) > 1 && version !== undefined
      return [
        face,
        isAmbiguous ? `${name}_${version.replaceAll(/[^0-9a-zA-Z]+/gu, '_')}` : variableName(qualified(face)),
      ]
    }),
  )
}

function count(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
