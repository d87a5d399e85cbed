import { compile as compileAs, type CompileOptions } from './compile.ts'
import type { CompiledComponent } from './compiled-component.ts'
import type { Source } from './source.ts'

/**
 * Reads and compiles a component; what comes out can be instantiated any number of times, synchronously. A component that
 * is compiled already is handed back, or the same for a policy. Views into the source are kept, which must not be changed
 * afterwards.
 *
 * @param options the policy that its instances are held to
 * @throws WasmError `InvalidModule` when the source cannot be read, is no component, or needs what this engine lacks;
 * `PolicyUnsupported` where the policy cannot be enforced
 */
export function compile(source: Source, options: CompileOptions = {}): Promise<CompiledComponent> {
  return compileAs(source, undefined, options)
}
