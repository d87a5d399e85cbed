import type { WasmError } from '../runtime/errors.ts'

/** The flags that grant what a denied function belongs to. */
const FLAGS: Readonly<Record<string, string>> = {
  'wasi:clocks': '--clocks',
  'wasi:random': '--random',
  'wasi:sockets': '--net',
}

/** What to say of a call that was denied, where a flag of the command would have granted it. */
export function flagFor(error: WasmError): string | undefined {
  const flag = FLAGS[error.function?.replace(/\/.*$/s, '') ?? '']
  return error.codeName === 'PermissionDenied' && flag !== undefined ? `grant it with ${flag}` : undefined
}
