import { readFileSync } from 'node:fs'
import { placeFramesIn } from '../dwarf/index.ts'
import type { WasmFrame } from '../runtime/frames.ts'

/**
 * Where the guest was, one line per frame, each after a line break: with file, line and column as far as the guest carries
 * them, else with the offset in its core module; nothing where there are no frames.
 *
 * @param guest the component's path
 */
export function stackText(wasmFrames: readonly WasmFrame[], guest: string): string {
  if (wasmFrames.length === 0) return ''
  const { frames, hasDebugInfo } = placeFramesIn(wasmFrames, readFileSync(guest))
  const lines = frames.map(({ functionIndex, functionName, offset, file, line, column }) => {
    const name = functionName ?? (functionIndex === undefined ? 'a function' : `wasm-function[${functionIndex}]`)
    const at = offset === undefined ? undefined : `offset 0x${offset.toString(16)}`
    const place = file === undefined ? at : [file, line, column].filter((part) => part !== undefined).join(':')
    return `    at ${name}${place === undefined ? '' : ` (${place})`}`
  })
  const missing = '    (the guest carries no debug information: compile it with -g, unstripped, to see files and lines)'
  return ['', ...lines.map(printable), ...(hasDebugInfo ? [] : [missing])].join('\n')
}

/** Names are the guest's: what a terminal would take for a command is not passed on. */
function printable(line: string): string {
  return line.replaceAll(/\p{Cc}/gu, '\ufffd')
}
