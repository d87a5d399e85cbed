import { didYouMean } from '../diagnostics/suggest.ts'
import type { CommandName } from './commands.ts'

/** What has to follow the name of a command. */
const USAGE: Readonly<Partial<Record<CommandName, string>>> = {
  inspect: '<input>',
  validate: '<guest>',
  call: '<guest> <call>',
  run: '<guest> [-- args]',
}

/**
 * What yargs says about a wrong command line, in our words, with what was probably meant.
 *
 * @param flags the options of the command that was given
 * @param command the command that was given, if one was
 */
export function usageMessage(message: string, flags: readonly string[], command: CommandName | undefined): string {
  const usage = command === undefined ? undefined : USAGE[command]
  const [, unknown] = /^Unknown arguments?: (.+)$/.exec(message) ?? []
  if (unknown !== undefined) {
    const text = unknownArguments(unknown.split(', '), flags)
    return command === 'run' && text.startsWith('unknown argument')
      ? `${text}; the guest's own come after \`--\``
      : text
  }
  const [, option] = /^Not enough arguments following: (\S+)$/.exec(message) ?? []
  if (option !== undefined) return `${flagOf(option)} needs a value`
  const [, got] = /^Not enough non-option arguments: got (\d+), need at least \d+$/.exec(message) ?? []
  if (got !== undefined && usage !== undefined) {
    const given = got === '0' ? 'no argument' : `only ${got} argument${got === '1' ? '' : 's'}`
    return `expected \`witgen ${command} ${usage}\`, got ${given}`
  }
  const [, needed] = /^Missing required arguments?: (.+)$/.exec(message) ?? []
  if (needed !== undefined) return `${needed.split(', ').map(flagOf).join(' and ')} must be given`
  const [, one, other] = /^Arguments (\S+) and (\S+) are mutually exclusive$/.exec(message) ?? []
  if (one !== undefined && other !== undefined) return `${flagOf(one)} and ${flagOf(other)} cannot be given together`
  const [, argument, given, choices] =
    /Argument: (\S+), Given: "(.*?)", Choices: (.+)$/.exec(message.replaceAll(/\s*\n\s*/g, ' ')) ?? []
  if (argument !== undefined && given !== undefined && choices !== undefined) {
    const known = [...choices.matchAll(/"([^"]*)"/g)].flatMap(([, choice]) => choice ?? [])
    const hint = didYouMean(given, known)
    return `${flagOf(argument)} takes ${known.join(', ')}, not \`${given}\`${hint === undefined ? '' : `; ${hint}`}`
  }
  return message
}

function unknownArguments(names: readonly string[], flags: readonly string[]): string {
  // yargs names a flag without its dashes, and in camelCase as well.
  const all = [...new Set(names.map((name) => kebab(name)))]
  return all
    .map((name) => {
      const [stem = ''] = name.split('.')
      const hint = flags.includes(stem) ? `did you mean \`${stem}\`?` : didYouMean(name, flags)
      return hint === undefined
        ? `unknown argument \`${name}\``
        : `unknown option \`${flagOf(name)}\`, ${hint.replace('`', '`--')}`
    })
    .join('; ')
}

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
const flagOf = (name: string): string => `${name.length === 1 ? '-' : '--'}${kebab(name)}`
