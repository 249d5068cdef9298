/**
 * How a column's values become fields where nothing about them is unusual: what TypeScript and the WebAssembly beneath tell each other.
 * Here stands only what TypeScript and AssemblyScript both understand.
 */

/** A byte, as bool. */
export const BOOLEAN = 0
/** An int, as int2 and as int4; a long, as int8. */
export const INT16 = 1
export const INT32 = 2
export const INT64 = 3
/** float4 and float8. */
export const FLOAT32 = 4
export const FLOAT64 = 5
/** A decimal, as numeric. Parameters: the first number that has too many digits, or 0 where it has more than 64 bits; the scale. */
export const DECIMAL = 6
/** A string, as it is. */
export const TEXT = 7
/** A string with blanks behind it. Parameter: how many characters both are. */
export const PADDED_TEXT = 8
/** A string with the version of jsonb in front. */
export const JSONB = 9
/** Bytes as they are. */
export const BYTES = 10
/** A fixed as it is. Parameter: its length. */
export const FIXED_BYTES = 11
/** Days. */
export const DATE = 12
/** Microseconds, or units of 100 ns, since midnight. */
export const TIME_OF_MICROS = 13
export const TIME_OF_TICKS = 14
/** Milliseconds, microseconds or units of 100 ns, as microseconds. Parameter: one of those below. */
export const TIMESTAMP_OF_MILLIS = 15
export const TIMESTAMP_OF_MICROS = 16
export const TIMESTAMP_OF_TICKS = 17

/** Of a time: nothing follows; an int follows, which has an int2 of its own; one follows that has no field, and is to be zero. */
export const WITHOUT_OFFSET = 0
export const OFFSET_BESIDE = 1
export const OFFSET_DROPPED = 2

/** Of a step in memory, all little-endian: its form, how many fields NULL takes (int32 each), two parameters (int64 each). */
export const STEP_BYTES = 24
