/**
 * SQL Server's geometry and geography ([MS-SSCLRT] 2.1, "GEOMETRY" and "GEOGRAPHY" structures) as extended WKB, the form in which
 * PostGIS takes and gives values. Little-endian on both sides.
 */

const Z = 0x01
const M = 0x02
const SINGLE_POINT = 0x08
const SINGLE_LINE = 0x10
const WHOLE_GLOBE = 0x20

const EWKB_Z = 0x80000000
const EWKB_M = 0x40000000
const EWKB_SRID = 0x20000000

interface Figure {
  /** Its first point. */
  readonly point: number
}

interface Shape {
  /** -1: none. */
  readonly parent: number
  /** Its first figure; -1: none, it is empty. */
  readonly figure: number
  /** 1 to 7 as in WKB; curves and the whole globe beyond. */
  readonly type: number
}

const [POINT, LINE, POLYGON, COLLECTION] = [1, 2, 3, 7] as const

/** Thrown inside; the message ends a sentence. */
class NotCarried extends Error {}

/** The extended WKB, or why there is none: the end of a sentence. */
export function spatialToEwkb(bytes: Buffer, geography: boolean): Buffer | string {
  try {
    const value = new SpatialValue(bytes, geography)
    return Buffer.concat(value.ewkb())
  } catch (error) {
    if (error instanceof NotCarried) return error.message
    if (error instanceof RangeError) return 'its bytes end too early'
    throw error
  }
}

class SpatialValue {
  private readonly bytes: Buffer
  private readonly geography: boolean
  private readonly srid: number
  private readonly flags: number
  private readonly points: number
  /** Where the coordinates begin in the bytes; then all Z, then all M. */
  private readonly coordinates: number
  private readonly figures: readonly Figure[]
  private readonly shapes: readonly Shape[]

  constructor(bytes: Buffer, geography: boolean) {
    this.bytes = bytes
    this.geography = geography
    this.srid = bytes.readInt32LE(0)
    const version = bytes.readUInt8(4)
    this.flags = bytes.readUInt8(5)
    if (version !== 1 && version !== 2) throw new NotCarried(`it is of version ${version}, which is not known`)
    const single = this.has(SINGLE_POINT) ? 1 : this.has(SINGLE_LINE) ? 2 : 0
    this.points = single || bytes.readUInt32LE(6)
    this.coordinates = single === 0 ? 10 : 6
    const perPoint = 16 + (this.has(Z) ? 8 : 0) + (this.has(M) ? 8 : 0)
    const at = this.coordinates + this.points * perPoint
    if (at > bytes.length) throw new RangeError('the points run beyond the value')
    if (single > 0) {
      this.figures = [{ point: 0 }]
      this.shapes = [{ parent: -1, figure: 0, type: single === 1 ? POINT : LINE }]
    } else {
      this.figures = readList(bytes, at, 5, (offset) => ({ point: bytes.readInt32LE(offset + 1) }))
      this.shapes = readList(bytes, at + 4 + this.figures.length * 5, 9, (offset) => ({
        parent: bytes.readInt32LE(offset),
        figure: bytes.readInt32LE(offset + 4),
        type: bytes.readUInt8(offset + 8),
      }))
    }
  }

  ewkb(): readonly Buffer[] {
    if (this.geography && this.has(WHOLE_GLOBE)) throw new NotCarried('it is larger than a hemisphere')
    if (this.shapes.length === 0) throw new NotCarried('it has no shape')
    return this.shape(0)
  }

  private shape(index: number): readonly Buffer[] {
    const { type, figure } = this.shapes[index]!
    if (type < POINT || type > COLLECTION) throw new NotCarried('it is a curve or the whole globe')
    const head = this.head(type, index === 0)
    if (type === POINT) return [head, figure < 0 ? this.nowhere() : this.place(this.figures[figure]!.point)]
    if (type === LINE) return [head, ...(figure < 0 ? [count(0)] : this.figure(figure))]
    if (type === POLYGON) {
      const rings = this.figuresOf(index)
      return [head, count(rings.length), ...rings.flatMap((ring) => this.figure(ring))]
    }
    const parts = [...this.shapes.keys()].filter((i) => this.shapes[i]!.parent === index)
    return [head, count(parts.length), ...parts.flatMap((part) => this.shape(part))]
  }

  private head(type: number, outermost: boolean): Buffer {
    const withSrid = outermost && this.srid > 0
    const flags = (this.has(Z) ? EWKB_Z : 0) + (this.has(M) ? EWKB_M : 0) + (withSrid ? EWKB_SRID : 0)
    const head = Buffer.alloc(withSrid ? 9 : 5)
    head.writeUInt8(1)
    head.writeUInt32LE(type + flags, 1)
    if (withSrid) head.writeInt32LE(this.srid, 5)
    return head
  }

  /** Those from its first to the first of the next shape that has any. */
  private figuresOf(index: number): readonly number[] {
    const { figure } = this.shapes[index]!
    if (figure < 0) return []
    const next = this.shapes.slice(index + 1).find((shape) => shape.figure >= 0)
    const end = next?.figure ?? this.figures.length
    return Array.from({ length: end - figure }, (_, i) => figure + i)
  }

  private figure(index: number): readonly Buffer[] {
    const begin = this.figures[index]!.point
    const end = this.figures[index + 1]?.point ?? this.points
    if (begin < 0 || end > this.points || begin > end) throw new RangeError('a figure runs beyond the points')
    return [count(end - begin), ...Array.from({ length: end - begin }, (_, i) => this.place(begin + i))]
  }

  /** A geography has its latitude first, WKB its longitude. */
  private place(point: number): Buffer {
    const { bytes, points, coordinates } = this
    const at = coordinates + point * 16
    const parts = [bytes.subarray(at, at + 8), bytes.subarray(at + 8, at + 16)]
    if (this.geography) parts.reverse()
    let beside = coordinates + points * 16
    for (const flag of [Z, M]) {
      if (!this.has(flag)) continue
      parts.push(bytes.subarray(beside + point * 8, beside + point * 8 + 8))
      beside += points * 8
    }
    return Buffer.concat(parts)
  }

  /** An empty point is one whose coordinates are no numbers. */
  private nowhere(): Buffer {
    const numbers = new Float64Array(2 + (this.has(Z) ? 1 : 0) + (this.has(M) ? 1 : 0)).fill(Number.NaN)
    return Buffer.from(numbers.buffer)
  }

  private has(flag: number): boolean {
    return (this.flags & flag) !== 0
  }
}

function readList<T>(bytes: Buffer, at: number, size: number, read: (offset: number) => T): readonly T[] {
  const length = bytes.readUInt32LE(at)
  if (at + 4 + length * size > bytes.length) throw new RangeError('a list runs beyond the value')
  return Array.from({ length }, (_, i) => read(at + 4 + i * size))
}

function count(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
