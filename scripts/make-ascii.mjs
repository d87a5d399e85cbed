// node scripts/make-ascii.mjs > src/runtime/abi/ascii.ts   writes the unrolled reader of short ASCII strings
const lines = [
  `/*
 * Short ASCII strings from memory: one flat string by one call, without a loop, an array or a rope. Unrolled by length,
 * since \`String.fromCharCode\` is fastest with a fixed number of arguments. Written by \`scripts/make-ascii.mjs\`.
 */
const f = String.fromCharCode

/** The longest string that \`liftAscii\` reads. */
export const ASCII_MAX = 24

/** The \`n\` bytes at \`p\` as a string, or undefined if \`n\` is over \`ASCII_MAX\` or one of them is not ASCII. */
// prettier-ignore
export function liftAscii(U8: Uint8Array, p: number, n: number): string | undefined {
  const u = U8 as { readonly [index: number]: number }
  switch (n) {
    case 0: return ''
`,
]
for (let n = 1; n <= 24; n++) {
  const names = Array.from({ length: n }, (_, i) => `v${i}`)
  const reads = names.map((name, i) => `${name} = u[p${i === 0 ? '' : ` + ${i}`}] as number`)
  lines.push(
    `    case ${n}: { const ${reads.join(', ')}; return (${names.join(' | ')}) < 128 ? f(${names.join(', ')}) : undefined }\n`,
  )
}
lines.push('  }\n  return undefined\n}\n')
process.stdout.write(lines.join(''))
