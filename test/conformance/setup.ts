import { fetchWitSuite } from './fetch.ts'
import { fetchReferenceTool } from './reference-tool.ts'
import { fetchWasi } from './wasi-packages.ts'

/** Fetches everything once, before the test files, which run at the same time, ask for it. */
export default function setup(): void {
  fetchReferenceTool()
  fetchWitSuite()
  fetchWasi('WASI 0.2')
  fetchWasi('WASI 0.3')
}
