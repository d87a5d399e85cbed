import { describe } from '../abi/refusal.ts'
import { WasmError } from '../errors.ts'
import { refuseUnknown } from '../known-keys.ts'
import { WASI_OPTIONS } from './option-keys.ts'
import type { WasiOptions } from './options.ts'

const OUTPUTS: ReadonlySet<unknown> = new Set<WasiOptions['stdout']>(['inherit', 'logger', 'ignore'])

/**
 * Refuses options that are none, since a misspelt grant must not be taken for another. Values of the environment are never
 * shown.
 *
 * @throws WasmError `InvalidParam` naming the option
 */
export function checkOptions(options: WasiOptions, module: string): void {
  const check = (isRight: boolean, where: string, expected: string, got: string): void => {
    if (!isRight)
      throw new WasmError('InvalidParam', module, undefined, `wasi${where}: expected ${expected}, got ${got}`)
  }
  const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)
  refuseUnknown(options, WASI_OPTIONS, 'wasi', module)
  const { args, env, preopens, stdin, net } = options
  if (args !== undefined) {
    check(Array.isArray(args), '.args', 'an array of strings', describe(args))
    for (const [i, arg] of args.entries()) check(isText(arg), `.args[${i}]`, 'a string without NUL', describe(arg))
  }
  if (env !== undefined) {
    check(isRecord(env), '.env', 'an object of strings', describe(env))
    for (const [key, value] of Object.entries(env)) {
      check(isText(key) && key !== '' && !key.includes('='), '.env', 'names without = and NUL', describe(key))
      check(
        isText(value),
        `.env['${key}']`,
        'a string without NUL',
        typeof value === 'string' ? 'one with' : typeof value,
      )
    }
  }
  check(preopens === undefined || isRecord(preopens), '.preopens', 'an object of folders', describe(preopens))
  check(stdin === undefined || stdin instanceof Uint8Array, '.stdin', 'a Uint8Array', describe(stdin))
  for (const key of ['stdout', 'stderr'] as const) {
    const output = options[key]
    const isOutput = output === undefined || typeof output === 'function' || OUTPUTS.has(output)
    check(isOutput, `.${key}`, `'inherit', 'logger', 'ignore' or a function`, describe(output))
  }
  for (const key of ['clocks', 'random'] as const) {
    const granted = options[key]
    check(granted === undefined || typeof granted === 'boolean', `.${key}`, 'true or false', describe(granted))
  }
  const isNet = net === undefined || typeof net === 'boolean' || (Array.isArray(net) && net.every(isText))
  check(isNet, '.net', 'true, false or a list of hosts', describe(net))
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && !value.includes('\0')
}
