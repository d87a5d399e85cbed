/* What only who compiles a guest needs, and who instantiates one has then: a chunk of its own, see `fit-chunk.ts`. */
export { holdPeers } from './hold-peers.ts'
export { Instrumentation } from './instrument.ts'
export { exportSites, importSites } from './instrumentables.ts'
export { checkInstanceOptions } from './known-keys.ts'
export { linkProgram, prepareLink } from './prepare-link.ts'
export { lineTeller, loadLines } from './source-lines.ts'
export { settle, unseat } from './seats.ts'
export { checkExtras } from './world-check.ts'
