import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe } from '../../runtime/abi/refusal.ts'
import { WasmError } from '../../runtime/errors.ts'

/**
 * Where workers import a module from: a URL, an absolute path, or the name of a package as they are.
 *
 * @param option the option's name, for the error
 * @throws WasmError `InvalidParam` for what is none of them, and for a relative path: workers would look for it beside witgen's own files
 */
export function moduleUrl(given: URL | string, option: string, module: string): string {
  if ((typeof given !== 'string' && !(given instanceof URL)) || given === '') {
    const text = `${option}: expected a URL, an absolute path or a package, got ${describe(given)}`
    throw new WasmError('InvalidParam', module, undefined, text)
  }
  const text = String(given)
  if (isAbsolute(text)) return pathToFileURL(text).href
  if (!/^\.\.?(?:[/\\]|$)/u.test(text)) return text
  const refusal = `${option}: expected a URL, an absolute path or a package, got the relative path ${text}`
  const mend = `new URL('${text.replaceAll('\\', '/')}', import.meta.url)`
  throw new WasmError('InvalidParam', module, undefined, `${refusal}; give ${mend}`)
}
