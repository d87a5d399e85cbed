/** Imports of the guest, for the pool's workers. */
export const imports: object = { 'demo:pipeline/log': { log: (): void => {} } }
