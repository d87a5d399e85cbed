export { formatValue } from './format.ts'
export { parseArguments, parseValue } from './parse.ts'
export { WaveError } from './wave-error.ts'
