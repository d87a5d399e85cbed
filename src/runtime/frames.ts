/** One call of a core function on the stack, the innermost first. What the engine does not print is left out. */
export interface WasmFrame {
  /** The core module: its own name, else what the engine calls it (V8: a hash of its bytes). */
  readonly module: string
  readonly functionIndex?: number
  /** From the module's name section, as it stands there: compilers mangle. */
  readonly functionName?: string
  /** Of the instruction, in bytes from the beginning of the core module. */
  readonly offset?: number
  /** Where the guest carries DWARF for it: as the compiler noted it, relative to the folder that it ran in, or absolute. */
  readonly file?: string
  /** From 1. */
  readonly line?: number
  /** From 1. */
  readonly column?: number
}

// V8: `    at module.function (wasm://wasm/module-0002b69e:wasm-function[77]:0x713e)`, without names `    at wasm://wasm/…`.
const V8 = /^\s*at (?:(.*) \()?wasm:\/\/wasm\/(.*):wasm-function\[(\d+)\]:0x([0-9a-f]+)\)?$/su
const V8_BEGIN = /^\s*at /u
// SpiderMonkey: `function@https://host/file.js line 4 > WebAssembly.Module:wasm-function[77]:0x713e`.
const SPIDER_MONKEY = /^(.*)@([^@]*):wasm-function\[(\d+)\]:0x([0-9a-f]+)$/u
// JavaScriptCore: `module.wasm-function[function]@[wasm code]`, with the index where there is no name.
const JAVASCRIPT_CORE = /^(.*)\.wasm-function\[(.*)\]@\[wasm code\]$/u

// Guests choose names, and make them long: the expressions above go back and forth in them where the end does not fit.
const END = /:wasm-function\[\d+\]:0x[0-9a-f]+\)?$/u
const JAVASCRIPT_CORE_END = ']@[wasm code]'

/** The calls of core functions in a stack as V8, SpiderMonkey or JavaScriptCore prints it. */
export function wasmFrames(stack: unknown): readonly WasmFrame[] {
  return typeof stack === 'string' ? linesOf(stack).flatMap((line) => frameOf(line) ?? []) : []
}

/** The lines of a stack, each with what names with line breaks in them have made of it. */
function linesOf(stack: string): readonly string[] {
  const lines: string[] = []
  for (const line of stack.split('\n')) {
    const isRest = V8_BEGIN.test(lines.at(-1) ?? '') && !V8_BEGIN.test(line) && line.includes('wasm://wasm/')
    if (isRest) lines.push(`${lines.pop()}\n${line}`)
    else lines.push(line)
  }
  return lines
}

function frameOf(line: string): WasmFrame | undefined {
  if (!END.test(line)) return line.endsWith(JAVASCRIPT_CORE_END) ? javaScriptCoreFrame(line) : undefined
  const v8 = V8.exec(line)
  if (v8 !== null) {
    const [, label = '', script = '', index, offset] = v8
    // The script is the module's name and a hash, or the hash alone; the label repeats the name.
    const module = script.replace(/-[0-9a-f]{8}$/u, '')
    return frame(module, index, label.startsWith(`${module}.`) ? label.slice(module.length + 1) : label, offset)
  }
  const spiderMonkey = SPIDER_MONKEY.exec(line)
  if (spiderMonkey !== null) {
    const [, name = '', script = '', index, offset] = spiderMonkey
    return frame(script, index, name.startsWith('wasm-function[') ? '' : name, offset)
  }
  return undefined
}

function javaScriptCoreFrame(line: string): WasmFrame | undefined {
  const core = JAVASCRIPT_CORE.exec(line)
  if (core === null) return undefined
  const [, module = '', which = ''] = core
  return /^\d+$/u.test(which) ? frame(module, which, '', undefined) : frame(module, undefined, which, undefined)
}

function frame(module: string, index: string | undefined, name: string, offset: string | undefined): WasmFrame {
  return {
    module,
    ...(index === undefined ? {} : { functionIndex: Number(index) }),
    // V8 repeats the module's name where the function has none.
    ...(name === '' || name === module ? {} : { functionName: name }),
    ...(offset === undefined ? {} : { offset: Number.parseInt(offset, 16) }),
  }
}
