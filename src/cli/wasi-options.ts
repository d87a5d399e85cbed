import type { Argv, ArgumentsCamelCase, InferredOptionTypes } from 'yargs'
import { UsageError } from './usage-error.ts'

type ListOption = {
  readonly type: 'string'
  readonly array: true
  readonly default: readonly string[]
  readonly describe: string
}

type FlagOption = {
  readonly type: 'boolean'
  readonly default: boolean
  readonly describe: string
}

// Types and no interfaces: yargs wants something with an index signature.
type WasiOptions = {
  readonly dir: ListOption
  readonly env: ListOption
  readonly clocks: FlagOption
  readonly random: FlagOption
  readonly net: FlagOption
  readonly 'net-host': ListOption
}

const list = (describe: string): ListOption => ({ type: 'string', array: true, default: [], describe })
const flag = (describe: string): FlagOption => ({ type: 'boolean', default: false, describe })

const options: WasiOptions = {
  dir: list('Grant a folder: HOST::GUEST for reading, HOST::GUEST:rw for writing too; may be repeated'),
  env: list('Set a variable of the guest’s environment: NAME=VALUE; may be repeated'),
  clocks: flag('Grant the clocks'),
  random: flag('Grant random numbers'),
  net: flag('Grant the whole network'),
  'net-host': list('Grant connections to a host: HOST or HOST:PORT; may be repeated'),
}

/** The options as yargs gives them. */
export type WasiValues = InferredOptionTypes<WasiOptions>

/** What the options grant, as the runtime's option `wasi` takes it. */
export interface Grants {
  readonly preopens: Readonly<Record<string, { readonly path: string; readonly write: boolean }>>
  readonly env: Readonly<Record<string, string>>
  readonly clocks: boolean
  readonly random: boolean
  readonly net: boolean | readonly string[]
}

/** Adds the options that grant a guest something of WASI. */
export function withWasiOptions<T>(command: Argv<T>): Argv<T & WasiValues> {
  return command.options(options) as Argv<T & WasiValues>
}

/** @throws UsageError for a folder or a variable that is none */
export function grantsOf(argv: ArgumentsCamelCase<WasiValues>): Grants {
  const hosts = argv['net-host']
  return {
    preopens: Object.fromEntries(argv.dir.map(folder)),
    env: Object.fromEntries(argv.env.map(variable)),
    clocks: argv.clocks,
    random: argv.random,
    net: argv.net || (hosts.length > 0 && hosts),
  }
}

/** The options as they were given, for another command line. */
export function wasiArguments(argv: ArgumentsCamelCase<WasiValues>): readonly string[] {
  const lists = (['dir', 'env', 'net-host'] as const).flatMap((name) => argv[name].map((value) => `--${name}=${value}`))
  const flags = (['clocks', 'random', 'net'] as const).flatMap((name) => (argv[name] ? [`--${name}`] : []))
  return [...lists, ...flags]
}

function folder(text: string): [string, { readonly path: string; readonly write: boolean }] {
  const [, path, guest, mode] = /^(.+?)::(.+?)(:r[wo])?$/s.exec(text) ?? []
  if (path === undefined || guest === undefined) {
    throw new UsageError(`--dir takes HOST::GUEST or HOST::GUEST:rw, got ${JSON.stringify(text)}`)
  }
  return [guest, { path, write: mode === ':rw' }]
}

function variable(text: string): [string, string] {
  const at = text.indexOf('=')
  // The text may hold a secret: it is not shown.
  if (at < 1) throw new UsageError('--env takes NAME=VALUE')
  return [text.slice(0, at), text.slice(at + 1)]
}
