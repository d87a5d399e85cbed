/** The functions and classes of an interface by member, as `imports` takes them. */
export type WasiFace = Readonly<Record<string, unknown>>
