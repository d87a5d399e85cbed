import { describe } from '../abi/refusal.ts'
import { WasmError } from '../errors.ts'
import type { WasiOptions } from './options.ts'
import { preopenOf } from './preopen.ts'
import { allowListOf } from './sockets/allow-list.ts'

const OUTPUTS: ReadonlySet<unknown> = new Set<WasiOptions['stdout']>(['inherit', 'logger', 'ignore'])

/**
 * Refuses values that are none, since a misspelt grant must not be taken for another. Values of the environment are never
 * shown. Whether folders are there is found out when they are opened.
 *
 * @param options whose keys are known to be right
 * @throws WasmError `InvalidParam` naming the option
 */
export function checkOptions(options: WasiOptions, module: string): void {
  const check = (isRight: boolean, where: string, expected: string, got: string): void => {
    if (!isRight)
      throw new WasmError('InvalidParam', module, undefined, `wasi${where}: expected ${expected}, got ${got}`)
  }
  const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)
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
  for (const [guestPath, preopen] of Object.entries(preopens ?? {})) preopenOf(guestPath, preopen, module)
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
  if (Array.isArray(net)) allowListOf(net, module)
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && !value.includes('\0')
}
