import { readSync } from 'node:fs'
import { InputStream, type ByteSource } from '../runtime/wasi/input-stream.ts'
import { always } from '../runtime/wasi/pollable.ts'

/** `wasi:cli/stdin` that reads the stdin of the host's process, when the guest asks for it. */
export function hostStdin(): { getStdin(): InputStream } {
  let isAtEnd = false
  const source: ByteSource = {
    ...always,
    read(length) {
      if (length === 0) return new Uint8Array()
      while (!isAtEnd) {
        const bytes = new Uint8Array(Math.min(length, 65_536))
        const count = readSome(bytes)
        if (count === undefined) continue
        if (count > 0) return bytes.subarray(0, count)
        isAtEnd = true
      }
      return undefined
    },
  }
  return { getStdin: () => new InputStream(source) }
}

const cell = new Int32Array(new SharedArrayBuffer(4))

/** How many bytes were read, 0 at the end; undefined when there are none yet. */
function readSome(bytes: Uint8Array): number | undefined {
  try {
    return readSync(0, bytes)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EOF') return 0
    if (code !== 'EAGAIN') throw error
    // Somebody has made it non-blocking: a terminal that is shared, for example.
    Atomics.wait(cell, 0, 0, 5)
    return undefined
  }
}
