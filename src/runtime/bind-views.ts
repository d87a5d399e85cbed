import type { ExportedInterface } from './descriptor.ts'
import { instanceOf } from './world-instance.ts'

/**
 * The object of an interface whose results are viewed where they lie, for the instance behind `exports`.
 *
 * @param exports the interface's object of that instance: `pipeline.analysis`
 * @param make makes the object; it takes its fields from what is being bound
 * @throws TypeError for an object that is none of a world's; WasmError `Disposed`
 */
export function bindViews<E extends object, V>(exports: E, face: ExportedInterface<E>, make: () => V): V {
  return instanceOf(exports).bindViews(face, make)
}
