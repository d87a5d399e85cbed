import { returnedNothing } from '../abi/promises.ts'
import type { ByteSink } from './output-stream.ts'
import { nodeCode } from './filesystem/error-code.ts'
import { nodeFs, type NodeFs } from './filesystem/node-fs.ts'
import { IoError } from './io-error.ts'
import { LineSplitter } from './line-splitter.ts'
import type { WasiOutput } from './options.ts'
import { waitForAny, Pollable } from './pollable.ts'
import type { WasiState } from './state.ts'

/** Where a guest's stdout or stderr goes, and how to get its last line out. */
export interface Output {
  readonly sink: ByteSink
  flush(): void
}

/** What the option `stdout` or `stderr` means for an instance. */
export function outputOf(option: WasiOutput, stream: 'stdout' | 'stderr', { module, logger }: WasiState): Output {
  if (typeof option === 'function') return { sink: { write: (bytes) => returnedNothing(option(bytes)) }, flush() {} }
  switch (option) {
    case 'ignore':
      return ignored
    case 'logger':
      return logger === undefined ? ignored : lines((line) => logger.info({ module, stream }, line))
    case 'inherit':
      return inherited(stream)
    default:
      return option satisfies never
  }
}

const ignored: Output = { sink: { write() {} }, flush() {} }

function lines(onLine: (line: string) => void): Output {
  const splitter = new LineSplitter(onLine)
  // Flushing a stream does not end its line: that is for the end of the guest.
  return { sink: { write: (bytes) => splitter.write(bytes) }, flush: () => splitter.flush() }
}

function inherited(stream: 'stdout' | 'stderr'): Output {
  const fs = nodeFs()
  if (fs === undefined) return lines((line) => (stream === 'stdout' ? console.log(line) : console.error(line)))
  const fd = stream === 'stdout' ? 1 : 2
  return { sink: { write: (bytes) => writeAll(fs, fd, bytes) }, flush() {} }
}

/** Writes to a descriptor of the process, which may be a pipe that is full for now. */
function writeAll(fs: NodeFs, fd: number, bytes: Uint8Array): void {
  let done = 0
  while (done < bytes.length) {
    try {
      done += fs.writeSync(fd, bytes, done, bytes.length - done, null)
    } catch (error) {
      const code = nodeCode(error)
      if (code === undefined) throw error
      if (code !== 'EAGAIN') throw new IoError(`the host's stream cannot be written: ${code}`)
      const later = performance.now() + 1
      waitForAny([new Pollable({ isReady: () => performance.now() >= later, deadline: later })])
    }
  }
}
