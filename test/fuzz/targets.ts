import { componentTarget } from './component-target.ts'
import { dwarfTarget } from './dwarf-target.ts'
import { rewriteTarget } from './rewrite-target.ts'
import type { Target } from './target.ts'
import { witTarget } from './wit-target.ts'

/** All targets by name. */
export const targets: Readonly<Record<Target['name'], Target>> = {
  wit: witTarget,
  component: componentTarget,
  rewrite: rewriteTarget,
  dwarf: dwarfTarget,
}
