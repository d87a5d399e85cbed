/*
 * The view model: what the templates print. Plain data, no field is ever optional, every decision is made. `partial`
 * names the template that prints a node.
 */

export type * from './call-model.ts'
export type * from './codec-model.ts'
export type * from './file-model.ts'
export type * from './host-model.ts'
export type * from './types-model.ts'
