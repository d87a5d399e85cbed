interface Feature {
  readonly name: string
  /** The first Node with it, where there is one. */
  readonly node: number | undefined
  /** How V8, SpiderMonkey and JavaScriptCore word what they do not know. */
  readonly wording: RegExp
}

const FEATURES: readonly Feature[] = [
  {
    name: 'extended constant expressions',
    node: 22,
    wording: /constant expression|in initializer expression|unexpected initializer|global init_expr opcode/i,
  },
  {
    name: 'several memories',
    node: 22,
    wording: /memory count|multi-?memory|too many memories|memories? at most|cannot declare more than one memory/i,
  },
  { name: 'stack switching', node: undefined, wording: /stack switching|wasmfx|type code 0x5d|0x60, got 0x5d/i },
  {
    name: 'memories with 64-bit addresses',
    node: 24,
    wording: /memory64|memory limits flags 0x[4-7]\b|table (?:elements )?limits flags/i,
  },
  {
    name: 'memories with a page size of their own',
    node: undefined,
    wording: /memory limits flags 0x(?:[89a-f]|1\d)\b|page size/i,
  },
  { name: 'exceptions by reference (exnref)', node: 25, wording: /opcode 0x(?:1f|0a)\b|exnref|try_table|throw_ref/i },
  { name: 'relaxed SIMD', node: 22, wording: /relaxed/i },
  { name: 'SIMD', node: 16, wording: /simd/i },
  { name: 'tail calls', node: 20, wording: /return_call|tail call/i },
  { name: 'garbage collection', node: 22, wording: /-gc\b|\bgc\b|type code 0x(?:5f|5e|4e|50)\b|opcode 0xfb/i },
  {
    name: 'typed function references',
    node: 22,
    wording: /stringref|typed.?func|function references|invalid value type|opcode 0x14\b/i,
  },
  { name: '128-bit arithmetic', node: undefined, wording: /opcode:? 0xfc1[3-6]/i },
  { name: 'shared memory', node: 16, wording: /shared|atomic/i },
]

/** Says which feature an engine misses that refused a core module, or undefined where its message tells nothing. */
export function missingFeature(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : ''
  const feature = FEATURES.find((f) => f.wording.test(message))
  if (feature === undefined) return undefined
  const since =
    feature.node === undefined ? 'which no released engine has on' : `which Node ${feature.node} and newer have`
  return `the guest needs ${feature.name}, ${since}; this engine does not have it`
}
