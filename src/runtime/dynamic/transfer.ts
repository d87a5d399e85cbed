import { GuestResource } from '../abi/guest-resource.ts'
import { measuredStrings } from '../abi/measured-strings.ts'
import type { Path } from '../abi/path.ts'
import type { AnyResource } from '../abi/resources.ts'
import { liftString } from '../abi/strings.ts'
import type { Context } from '../context.ts'
import type { CodecRules } from './codec.ts'
import { hostRules } from './codec-table.ts'
import { handleCodec } from './handles.ts'
import { spanCodec } from './spans.ts'
import {
  copyLatin1,
  copyUtf16,
  copyUtf8,
  probablyUtf16,
  toLatin1OrUtf16,
  toUtf8,
  untag,
  utf8ToUtf16,
} from './string-encodings.ts'

/** A string on its way between two components: the allocations for it depend on how it was written. */
interface Transferred {
  readonly text: string
  readonly encoding: 'utf8' | 'utf16' | 'latin1'
  readonly units: number
  /** Written as latin1+utf16. */
  readonly compact: boolean
}

function liftTransferred(cx: Context, ptr: number, n: number): Transferred {
  const text = liftString(cx, ptr, n)
  const from = cx.strings?.encoding ?? 'utf8'
  if (from !== 'latin1+utf16') return { text, encoding: from, units: n, compact: false }
  const { isUtf16, units } = untag(n)
  return { text, encoding: isUtf16 ? 'utf16' : 'latin1', units, compact: true }
}

/** Spec: `store_string_into_range`. */
function lowerTransferred(cx: Context, path: Path, { text, encoding, units, compact }: Transferred): number {
  switch (cx.strings?.encoding) {
    case undefined:
      if (encoding === 'utf8') return copyUtf8(cx, text, units)
      return toUtf8(cx, text, units, units * (encoding === 'utf16' ? 3 : 2))
    case 'utf8':
      return measuredStrings.lower(cx, path, text)
    case 'utf16':
      return encoding === 'utf8' ? utf8ToUtf16(cx, text, units) : copyUtf16(cx, text)
    case 'latin1+utf16':
      if (!compact) return toLatin1OrUtf16(cx, text, units)
      return encoding === 'latin1' ? copyLatin1(cx, text) : probablyUtf16(cx, text)
  }
}

/** Spec: `lift_borrow`: the representation; the handle cannot be dropped before the call ends. */
function liftLent(cx: Context, type: AnyResource, index: number): number {
  const rep = cx.handles.rep(cx, type, index)
  cx.handles.lend(index, 1)
  cx.scope.push({
    end: () => cx.handles.lend(index, -1),
  })
  return rep
}

/** Spec: `lower_borrow`. */
function lowerLent(cx: Context, type: AnyResource, rep: number): number {
  if (type instanceof GuestResource) return type.lend(cx, rep)
  cx.borrows++
  return cx.handles.add(cx, type, type.share(rep), -1)
}

/**
 * Values on their way from one component to another: as for hosts, save that handles stay representations, strings keep
 * their encoding and maps all their entries.
 */
export const transferRules: CodecRules = {
  ...hostRules,
  string: () => stringTransfer,
  map: ({ key, value }, codecs) => codecs.of({ kind: 'list', element: { kind: 'tuple', types: [key, value] } }),
  own({ resource }, codecs) {
    const type = codecs.resource(resource)
    return handleCodec(
      (cx, index) => cx.handles.removeOwn(cx, type(cx), index >>> 0),
      (cx, _path, rep) => cx.handles.add(cx, type(cx), rep as number, 0),
    )
  },
  borrow({ resource }, codecs) {
    const type = codecs.resource(resource)
    return handleCodec(
      (cx, index) => liftLent(cx, type(cx), index >>> 0),
      (cx, _path, rep) => lowerLent(cx, type(cx), rep as number),
    )
  },
}

const stringTransfer = spanCodec(liftTransferred, (cx, path, value) => lowerTransferred(cx, path, value as Transferred))
