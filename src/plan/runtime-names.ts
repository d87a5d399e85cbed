/** What `witgen/runtime/v1` offers to generated code. Locals and imported types give way to these names. */
export const RUNTIME_VALUES: readonly string[] = [
  'IDLE LOWERING RUNNING allocate badDiscriminant beginPostReturn endPostReturn binding block checkList compile element enter enterImport',
  'enterRunning errPayload f32ToI32 f64ToI64 failed field freshen guestError hostFailed i32ToF32 i32ToI64 i64ToF64 i64ToI32',
  'instantiateWorld invalid isErr isObject isS16 isS32 isS64 isS8 isSome isU16 isU32 isU64 isU8 leave liftChar liftString',
  'loadBool loadChar loadF32 loadF64 loadS16 loadS32 loadS64 loadS8 loadString loadU16 loadU32 loadU64 loadU8 lowerChar',
  'beginDrop endHandles endScope liftBorrow liftHandle liftOwn lowerBorrow lowerOwn lowerSelf ownField resourceClass resourceSlot',
  'elements inherited items ownMembers refuseFlags refuseKey refuseThenable returnedNothing returnedValue',
  'lowerString storeF32 storeF64 storeSpan storeU16 storeU32 storeU64 storeU8',
  'bindViews checkUse closeView dispatchOf lowerShared openView reserveBlock viewNumbers viewRecords viewed',
  'S8 U8 S16 U16 S32 U32 S64 U64 F32 F64',
]
  .join(' ')
  .split(' ')
  .flatMap((name) => (/^[SUF]\d+$/u.test(name) ? [`liftListOf${name}`, `lowerListOf${name}`] : [name]))

export const RUNTIME_TYPES: readonly string[] = [
  'ArgumentBlock',
  'Context',
  'CoreExports',
  'CoreFunction',
  'ExportedInterface',
  'GuestHandle',
  'GuestResource',
  'ImportedInterface',
  'Instance',
  'ListView',
  'NumberList',
  'Path',
  'RecordList',
  'Tagged',
  'ViewFailure',
  'WorldDescriptor',
]

/** What the templates write in the functions whose locals come from WIT names, and the globals that they use. */
export const TEMPLATE_LOCALS: readonly string[] = (
  'Array BigInt Map Number Symbol args argsPtr bits core cx dispatch error exports handle host mark path payload ptr result ret retPtr ' +
  'self types undefined value'
).split(' ')
