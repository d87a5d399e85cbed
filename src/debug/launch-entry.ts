import { extname, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** One of the `configurations` of VS Code's `launch.json`. */
export interface LaunchEntry {
  readonly name: string
  readonly type: 'node'
  readonly request: 'launch'
  readonly program: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly console: 'integratedTerminal'
  readonly skipFiles: readonly string[]
}

/**
 * The entry that runs `witgen debug` under VS Code's own debugger, stopped before the guest is entered.
 *
 * @param folder the workspace's folder
 * @param guest the component's path, as given
 * @param call the call, as given
 * @param options further arguments of the command
 */
export function launchEntry(folder: string, guest: string, call: string, options: readonly string[]): LaunchEntry {
  const shown = inFolder(folder, resolve(folder, guest)) ?? guest
  const [path = ''] = call.split('(')
  return {
    name: `witgen: ${path.slice(path.lastIndexOf('#') + 1).trim()} in ${shown}`,
    type: 'node',
    request: 'launch',
    program: program(folder),
    args: ['debug', shown, call, '--inspect-brk', ...options],
    cwd: '${workspaceFolder}',
    console: 'integratedTerminal',
    skipFiles: ['<node_internals>/**'],
  }
}

/** The executable, in the way of the workspace where it is installed there. */
function program(folder: string): string {
  const main = fileURLToPath(new URL(`../cli/main${extname(import.meta.url)}`, import.meta.url))
  const inside = inFolder(folder, main)
  return inside === undefined ? main : `\${workspaceFolder}/${inside}`
}

/** A path in the way of a folder that it is in, with `/`. */
function inFolder(folder: string, path: string): string | undefined {
  const inside = relative(folder, path)
  return inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || resolve(inside) === inside
    ? undefined
    : inside.replaceAll(sep, '/')
}
