import type { WasiFace } from './face.ts'
import { InputStream } from './input-stream.ts'
import { IoError } from './io-error.ts'
import { OutputStream } from './output-stream.ts'

/** `wasi:io/streams`. */
export const streams: WasiFace = { InputStream, OutputStream }

/** `wasi:io/error`. */
export const ioError: WasiFace = { Error: IoError }
