import type { Rewritten } from '../../component/rewrite/rewrite.ts'
import type { PolicyNeeds } from './needs.ts'

/** What is known of a core module that was written anew. */
export type ModuleFacts = Omit<Rewritten, 'bytes'>

/** The core modules of a component as they are instantiated. Threads can be sent it. */
export interface CoreCode {
  readonly modules: readonly WebAssembly.Module[]
  /** What they were written anew for; undefined where they are as they came. */
  readonly needs: PolicyNeeds | undefined
  /** By the number of the core module; empty where they are as they came. */
  readonly facts: readonly ModuleFacts[]
}
