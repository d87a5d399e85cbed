/**
 * What generated code is built from: version 1 of the runtime's ABI. Made for `witgen generate`, not for people; the
 * names and signatures here do not change within the version.
 */
export { compile } from './compile.ts'
export { instantiateWorld, type Instance } from './instance.ts'
export type {
  CoreExports,
  CoreFunction,
  ExportedInterface,
  ImportedInterface,
  Tagged,
  WorldDescriptor,
} from './descriptor.ts'
export type { Context } from './context.ts'
export { isObject, isS16, isS32, isS64, isS8, isU16, isU32, isU64, isU8, ownField } from './abi/checks.ts'
export { type Path, element, field } from './abi/path.ts'
export { invalid } from './abi/refusal.ts'
export { elements, inherited, items, ownMembers } from './abi/inherited.ts'
export { refuseFlags, refuseKey } from './abi/flags.ts'
export { refuseThenable, returnedNothing, returnedValue } from './abi/promises.ts'
export {
  beginPostReturn,
  endPostReturn,
  enter,
  enterImport,
  enterRunning,
  errPayload,
  failed,
  guestError,
  hostFailed,
  leave,
} from './abi/calls.ts'
export { allocate, block, checkList, freshen } from './abi/memory.ts'
export { type ArgumentBlock, lowerShared, reserveBlock } from './abi/argument-block.ts'
export { dispatchOf } from './dispatch.ts'
export { bindViews } from './bind-views.ts'
export { type NumberList, viewNumbers } from './abi/number-views.ts'
export { type RecordList, viewRecords } from './abi/record-views.ts'
export { closeView, type ListView, openView } from './abi/list-view.ts'
export { checkUse, type ViewFailure, viewed } from './abi/viewed.ts'
export { binding } from './binding.ts'
export * from './abi/load.ts'
export * from './abi/store.ts'
export * from './abi/bits.ts'
export * from './abi/numbers.ts'
export { liftString, loadString, lowerString } from './abi/strings.ts'
export { beginDrop, type GuestHandle, type GuestResource, liftHandle, lowerSelf } from './abi/guest-resource.ts'
export { resourceClass } from './abi/resource-class.ts'
export { endHandles, endScope, liftBorrow, liftOwn, lowerBorrow, lowerOwn, resourceSlot } from './abi/resources.ts'
