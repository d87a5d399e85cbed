/** The interface `test:toolbox/host`. */
import { area, loadString } from './abi'

// @ts-ignore: decorator
@external('test:toolbox/host@1.0.0', 'log')
declare function hostLog(level: Level, units: usize, length: u32): void

// @ts-ignore: decorator
@external('test:toolbox/host@1.0.0', 'twice')
export declare function twice(n: u32): u32

// @ts-ignore: decorator
@external('test:toolbox/host@1.0.0', 'lookup')
declare function hostLookup(units: usize, length: u32, result: usize): void

export enum Level {
  Debug,
  Info,
  Warn,
  Error,
}

export function log(level: Level, message: string): void {
  hostLog(level, changetype<usize>(message), message.length)
}

/** What looking up a key came to. */
export class Lookup {
  constructor(
    readonly text: string,
    readonly isMissing: bool,
    /** Whether `text` says why the key was denied. */
    readonly isDenied: bool,
  ) {}
}

export function lookup(key: string): Lookup {
  hostLookup(changetype<usize>(key), key.length, area)
  if (load<u8>(area) == 0) return new Lookup(loadString(area + 4), false, false)
  if (load<u8>(area, 4) == 0) return new Lookup('', true, false)
  return new Lookup(loadString(area + 8), false, true)
}
