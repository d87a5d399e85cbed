/** How diagnostics are printed. */
export const FORMATS = ['pretty', 'json', 'github'] as const
/** One of them. */
export type Format = (typeof FORMATS)[number]
