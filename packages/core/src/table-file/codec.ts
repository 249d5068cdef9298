/** How a table file's blocks are compressed; the names of the Avro specification ("Required Codecs", "Optional Codecs"). */
export type Codec = 'null' | 'deflate' | 'snappy' | 'zstandard'
