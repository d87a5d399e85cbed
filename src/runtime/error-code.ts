/** The number of each error, fixed for good: new ones get new numbers. */
export const ErrorCode = {
  Success: 0,
  /** An argument does not fit its WIT type; the instance stays usable. */
  InvalidParam: 1,
  /** A core access or a pointer that the guest handed over lies outside its memory. */
  MemoryAccessViolation: 2,
  ModuleNotLoaded: 3,
  ModuleAlreadyLoaded: 4,
  /** The source is no component, or one that this runtime or engine cannot take. */
  InvalidModule: 5,
  /** An import that the guest needs is missing. */
  LinkError: 6,
  /** The guest does not have the world's types or exports. */
  WorldMismatch: 7,
  Unsupported: 8,
  Unreachable: 10,
  ArithmeticTrap: 11,
  IndirectCallTrap: 12,
  StackExhausted: 13,
  /** The guest broke the Canonical ABI: a bad discriminant, char, UTF-8, alignment or handle. */
  AbiViolation: 14,
  Reentrance: 15,
  /** An earlier trap left the instance unusable; `cause` is that trap. */
  InstancePoisoned: 16,
  /** An import of the host threw or returned what its WIT type does not allow. */
  HostError: 17,
  /** The function returned the `err` case of its result; see `GuestError`. */
  GuestError: 18,
  /** The guest ended itself; see `GuestExit`. */
  GuestExit: 19,
  Disposed: 20,
  ExpiredView: 21,
  InvalidHandle: 22,
  MemoryLimit: 30,
  TableLimit: 31,
  InstanceLimit: 32,
  OutputLimit: 33,
  ExecutionTimeout: 34,
  FuelExhausted: 35,
  CallDepth: 36,
  /** The guest called what the host has not granted. */
  PermissionDenied: 40,
  PolicyUnsupported: 41,
  WorkerCrashed: 50,
  Cancelled: 51,
  /** A pool was given more calls than may wait. */
  QueueFull: 52,
} as const

/** The name of a code: `'InvalidParam'`. */
export type ErrorCodeName = keyof typeof ErrorCode
/** One of the numbers. */
export type ErrorCode = (typeof ErrorCode)[ErrorCodeName]
