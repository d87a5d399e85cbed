import { memberOf } from '../abi/inherited.ts'
import { compile } from '../compile.ts'
import { CompiledComponent, compiledOf, type Compiled } from '../compiled-component.ts'
import { instantiateProgram, type InstanceOptions } from '../instance.ts'
import type { LinkProgram } from '../link-program.ts'
import { checkInstanceOptions } from '../known-keys.ts'
import { linkProgram } from '../prepare-link.ts'
import { UNNAMED, type ByteSource, type Source } from '../source.ts'
import { ComponentInstance, type DynamicExports } from './component-instance.ts'
import { worldOfPlan } from './faces-of-plan.ts'
import * as dynamic from './index.ts'

/** How to instantiate a component without generated code. Nothing is granted by default. */
export interface DynamicOptions extends InstanceOptions {
  /** The host's functions, keyed by the WIT names of the component's imports. */
  readonly imports?: object | undefined
}

const programs = new WeakMap<Compiled, LinkProgram>()

/**
 * Instantiates a component without generated code: its own types say how values are written, in the way of generated
 * code. Synchronous for a component that has been compiled.
 *
 * `E`, the type of the exports, is not checked.
 *
 * @throws WasmError `LinkError` for imports that are not given, `Unsupported` for what is not served, the code of a trap
 * while it starts; for a source, a rejection with these or with those of `compile`
 */
export function instantiate<E extends object = DynamicExports>(
  compiled: CompiledComponent,
  options?: DynamicOptions,
): ComponentInstance<E>
export function instantiate<E extends object = DynamicExports>(
  source: ByteSource,
  options?: DynamicOptions,
): Promise<ComponentInstance<E>>
export function instantiate<E extends object = DynamicExports>(
  source: Source,
  options?: DynamicOptions,
): ComponentInstance<E> | Promise<ComponentInstance<E>>
export function instantiate<E extends object>(
  source: Source,
  options: DynamicOptions = {},
): ComponentInstance<E> | Promise<ComponentInstance<E>> {
  return source instanceof CompiledComponent ? start(source, options) : load(source, options)
}

async function load<E extends object>(source: ByteSource, options: DynamicOptions): Promise<ComponentInstance<E>> {
  return start(await compile(source, undefined, options), options)
}

function start<E extends object>(component: CompiledComponent, options: DynamicOptions): ComponentInstance<E> {
  checkInstanceOptions(options, component.name ?? UNNAMED)
  const compiled = compiledOf(component)
  const name = (memberOf(options, 'name') as string | undefined) ?? component.name ?? UNNAMED
  let program = programs.get(compiled)
  if (program === undefined) {
    program = linkProgram(worldOfPlan(compiled.plan), compiled.plan, name, dynamic)
    programs.set(compiled, program)
  }
  return new ComponentInstance<E>(program, instantiateProgram(program, compiled, name, options))
}
