/** Golden packages of wit-parser's suite that are not read, and the code of the diagnostic that says why. */
export const unread: Readonly<Record<string, string>> = {
  // WIT packages in the text or binary form of WebAssembly.
  'kinds-of-deps': 'WIT0072',
  'simple-wasm-text': 'WIT0072',
}
