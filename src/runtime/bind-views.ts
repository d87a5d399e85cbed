import type { ExportedInterface } from './descriptor.ts'
import type { AnyDispatch } from './dispatch.ts'
import { instanceOf } from './world-instance.ts'

/**
 * The object of an interface whose results are viewed where they lie, for the instance behind `exports`.
 *
 * @param exports the interface's object of that instance, `pipeline.analysis`; for what a world itself exports, the instance
 * @param make makes the object; it takes its fields from what is being bound
 * @param dispatch its core functions, for calls of one of several instances
 * @param members what functions of resources are called in it, by WIT name
 * @throws TypeError for an object that is none of a world's; WasmError `Disposed`
 */
export function bindViews<V>(
  exports: object,
  face: ExportedInterface<unknown>,
  make: () => V,
  dispatch: AnyDispatch,
  members: Readonly<Record<string, string>> = {},
): V {
  return instanceOf(exports).bindViews({ ...face, dispatch, bind: make }, face, members)
}
