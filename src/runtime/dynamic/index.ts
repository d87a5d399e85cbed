/** The dynamic codec: what no code was generated for. A chunk of its own, which the runtime loads when it is needed. */
export { DynamicLinker } from './linker.ts'
export { stringCodecs } from './string-encodings.ts'
export { importFace } from './faces-of-plan.ts'
export { RelayPlan } from './relay-plan.ts'
export { relayExports } from './relay.ts'
