/** How the command ends; part of the public contract. */
export const ExitCode = {
  Fine: 0,
  /** A missing file, an unknown world, WIT or a component that is wrong. */
  WrongInput: 1,
  /** An unknown flag, a missing value. */
  WrongUsage: 2,
  /** `generate --check`: the generated files are not what would be generated now. */
  OutOfDate: 3,
  /** `validate`: the guest does not fit the world. */
  NotCompatible: 3,
} as const

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]
