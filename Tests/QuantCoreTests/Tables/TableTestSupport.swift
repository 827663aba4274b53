import QuantCore
import Testing

/// Parses a table that stands in memory.
func parse(
  _ text: String, _ columns: ColumnSchema..., delimiter: Character = ",", missing: [String]? = nil,
  isQuoted: Bool = true, threads: Int = 1, chunkBytes: Int? = nil, collecting limit: Int = 1
) -> (table: RawTable?, errors: [TableError]) {
  parse(
    bytes: Array(text.utf8), columns, delimiter: delimiter, missing: missing, isQuoted: isQuoted,
    threads: threads, chunkBytes: chunkBytes, collecting: limit)
}

/// Parses a table that stands in memory.
func parse(
  bytes: [UInt8], _ columns: [ColumnSchema], delimiter: Character = ",", missing: [String]? = nil,
  isQuoted: Bool = true, threads: Int = 1, chunkBytes: Int? = nil, collecting limit: Int = 1
) -> (table: RawTable?, errors: [TableError]) {
  var reader = CSVReader(threads: threads)
  if let chunkBytes { reader.chunkBytes = chunkBytes }
  let schema = TableSchema(
    columns: columns, delimiter: delimiter.asciiValue ?? 0,
    missing: missing ?? TableSchema.usualMissing, isQuoted: isQuoted)
  return reader.parse(
    TableContent(path: "t.csv", bytes: bytes), schema: schema, collecting: limit)
}

/// The bits of floats, so that missing values and signs of zero compare equal to themselves alone.
func bits(_ values: [Float]) -> [UInt32] {
  values.map { $0.isNaN ? 0x7FC0_0000 : $0.bitPattern }
}

extension TextColumn {
  /// The text of every row.
  var texts: [String?] { (0..<count).map { self[$0] } }
}
