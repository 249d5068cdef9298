/** Numbers of the Tabular Data Stream, as [MS-TDS] names them. */

/** Token types of a response: section 2.2.7. */
export const TOKEN = {
  RETURNSTATUS: 0x79,
  COLMETADATA: 0x81,
  TABNAME: 0xa4,
  COLINFO: 0xa5,
  ORDER: 0xa9,
  ERROR: 0xaa,
  INFO: 0xab,
  ROW: 0xd1,
  NBCROW: 0xd2,
  ENVCHANGE: 0xe3,
  DONE: 0xfd,
  DONEPROC: 0xfe,
  DONEINPROC: 0xff,
} as const

/** Bits of a DONE token's status: section 2.2.7.6. */
export const DONE = { MORE: 0x01, ERROR: 0x02, COUNT: 0x10, ATTENTION: 0x20, SERVER_ERROR: 0x100 } as const

/** Data types: section 2.2.5.4. */
export const TYPE = {
  IMAGE: 0x22,
  TEXT: 0x23,
  GUID: 0x24,
  INTN: 0x26,
  DATEN: 0x28,
  TIMEN: 0x29,
  DATETIME2N: 0x2a,
  DATETIMEOFFSETN: 0x2b,
  INT1: 0x30,
  BIT: 0x32,
  INT2: 0x34,
  INT4: 0x38,
  DATETIM4: 0x3a,
  FLT4: 0x3b,
  MONEY: 0x3c,
  DATETIME: 0x3d,
  FLT8: 0x3e,
  SSVARIANT: 0x62,
  NTEXT: 0x63,
  BITN: 0x68,
  DECIMALN: 0x6a,
  NUMERICN: 0x6c,
  FLTN: 0x6d,
  MONEYN: 0x6e,
  DATETIMN: 0x6f,
  MONEY4: 0x7a,
  INT8: 0x7f,
  BIGVARBINARY: 0xa5,
  BIGVARCHAR: 0xa7,
  BIGBINARY: 0xad,
  BIGCHAR: 0xaf,
  NVARCHAR: 0xe7,
  NCHAR: 0xef,
  UDT: 0xf0,
  XML: 0xf1,
} as const

/**
 * How the length of a value is told in a row: a positive number is the length of every value,
 * the others are prefixes (sections 2.2.5.2 and 2.2.5.4).
 */
export const FRAMING = {
  /** One byte; 0 is NULL. */
  BYTE_LENGTH: -1,
  /** Two bytes; 0xFFFF is NULL. */
  SHORT_LENGTH: -2,
  /** Four bytes; 0 is NULL. */
  LONG_LENGTH: -3,
  /** A text pointer and time stamp, then four bytes; a pointer without length is NULL. */
  TEXT_POINTER: -4,
  /** Partially length-prefixed: a total of eight bytes, chunks of four bytes' length, and a chunk of length 0. */
  PARTS: -5,
} as const
