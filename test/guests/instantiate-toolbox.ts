import { compile, instantiate, type CompiledComponent, type SecurityPolicy } from 'witgen/runtime'
import type { Compute } from './generated/test/toolbox/compute.ts'
import type { Counters } from './generated/test/toolbox/counters.ts'
import { Toolbox, type ToolboxImports } from './generated/toolbox.ts'
import { ToolboxLite, type ToolboxLiteImports } from './generated/toolbox-lite.ts'
import type { ToolboxGuest } from './toolbox-guests.ts'
import { ToolboxHost } from './toolbox-host.ts'

/** How values are lifted and lowered: by generated code, or by the runtime from the types that the component carries. */
export type Codec = 'generated' | 'dynamic'

export const codecs: readonly Codec[] = ['generated', 'dynamic']

/** An instance of a toolbox, and the host that it has. */
export interface LoadedToolbox {
  readonly compute: Compute
  /** Not in `toolbox-lite`. */
  readonly counters?: Counters | undefined
  readonly host: ToolboxHost
  dispose(): void
}

/**
 * Compiles the toolbox at a path.
 *
 * @param policy what its instances are held to
 */
export function compileToolbox(
  { world }: ToolboxGuest,
  codec: Codec,
  path: string,
  policy?: SecurityPolicy,
): Promise<CompiledComponent> {
  if (codec === 'dynamic') return compile(path, { policy })
  return world === 'toolbox' ? Toolbox.compile(path, { policy }) : ToolboxLite.compile(path, { policy })
}

/** A new instance, with a host of its own. */
export function instantiateToolbox({ world }: ToolboxGuest, codec: Codec, component: CompiledComponent): LoadedToolbox {
  const host = new ToolboxHost()
  const imports = host.imports(world)
  if (codec === 'dynamic') {
    const instance = instantiate<{ 'test:toolbox/compute': Compute; 'test:toolbox/counters'?: Counters }>(component, {
      imports,
    })
    const { 'test:toolbox/compute': compute, 'test:toolbox/counters': counters } = instance.exports
    return { compute, counters, host, dispose: () => instance.dispose() }
  }
  // Which imports there are goes by the world.
  const instance =
    world === 'toolbox'
      ? Toolbox.instantiate(component, { imports: imports as ToolboxImports })
      : ToolboxLite.instantiate(component, { imports: imports as ToolboxLiteImports })
  const counters = 'counters' in instance ? instance.counters : undefined
  return { compute: instance.compute, counters, host, dispose: () => instance.dispose() }
}
