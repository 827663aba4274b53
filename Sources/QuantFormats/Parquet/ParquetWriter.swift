public import QuantCore

/// Writes Parquet files of flat columns that pandas, polars, DuckDB and Spark read.
///
/// Pages of version 1 with checksums, texts through a dictionary, all else plain; the smallest and
/// largest value and the missing ones of each row group are noted. The file appears whole or not at
/// all. Equal values give equal bytes with one version of the compression library.
///
/// ```swift
/// let writer = ParquetWriter(columns: [ParquetColumn("firm", .string), ParquetColumn("p", .double)])
/// try writer.write([.texts(TextColumn(["A", "B"])), .doubles([0.25, 0.5])], to: "p.parquet")
/// ```
public struct ParquetWriter: Sendable {
  private let columns: [ParquetColumn]
  private let compression: ParquetCompression
  private let rowsPerGroup: Int

  /// Creates a writer.
  ///
  /// - Parameters:
  ///   - columns: the columns in order; names must differ.
  ///   - compression: how pages are compressed.
  ///   - rowsPerGroup: rows that lie together; a reader skips whole groups by their bounds.
  public init(
    columns: [ParquetColumn], compression: ParquetCompression = .zstd, rowsPerGroup: Int = 1 << 17
  ) {
    precondition(Set(columns.map(\.name)).count == columns.count, "column names must differ")
    precondition(rowsPerGroup > 0)
    self.columns = columns
    self.compression = compression
    self.rowsPerGroup = rowsPerGroup
  }

  /// Writes one file with all rows; there must be values for each column, of its type and one length.
  ///
  /// - Throws: `StorageError.unwritable`; nothing is left behind and an old file is untouched.
  /// - Complexity: O(bytes); one row group in memory.
  public func write(_ values: [ParquetValues], to path: String) throws(StorageError) {
    var file = try FileWriter(creating: path)
    try write(values, into: &file)
    try file.finish()
  }

  /// Writes all rows into a file that is empty so far.
  package func write(
    _ values: [ParquetValues], into file: inout FileWriter
  ) throws(StorageError) {
    precondition(file.byteCount == 0, "offsets count from the start of the file")
    precondition(values.count == columns.count, "each column needs values")
    let rows = values.first?.count ?? 0
    for (column, values) in zip(columns, values) {
      precondition(values.count == rows, "columns differ in length")
      precondition(values.suits(column.type), "values of another type than the column")
    }
    let magic = ParquetFooter.magic
    try file.write(magic.span.numberBytes)
    var groups: [[(Int, ThriftWriter.Field)]] = []
    for start in stride(from: 0, to: rows, by: rowsPerGroup) {
      groups.append(try write(values, rows: start..<min(start + rowsPerGroup, rows), &file))
    }
    let footer = ParquetSeal.sealed(ThriftWriter.bytes(of: footer(rows: rows, groups: groups)))
    try file.write(footer.span.numberBytes)
    let size = UInt32(footer.count).littleEndian
    let tail = (0..<4).map { UInt8(truncatingIfNeeded: size >> UInt32(8 * $0)) }
    let end = tail + magic
    try file.write(end.span.numberBytes)
  }

  private func write(
    _ values: [ParquetValues], rows: Range<Int>, _ file: inout FileWriter
  ) throws(StorageError) -> [(Int, ThriftWriter.Field)] {
    var chunks: [[(Int, ThriftWriter.Field)]] = []
    var (plainSize, size) = (0, 0)
    for (column, values) in zip(columns, values) {
      let chunk = ChunkWriter(column, values, rows: rows, compression: compression)
      chunks.append(chunk.metadata(at: file.byteCount, column: column, rows: rows.count))
      for page in chunk.pages { try file.write(page.span.numberBytes) }
      plainSize += chunk.plainSize
      size += chunk.size
    }
    return [
      (1, .structures(chunks)), (2, .int64(plainSize)), (3, .int64(rows.count)),
      (6, .int64(size)),
    ]
  }

  private func footer(
    rows: Int, groups: [[(Int, ThriftWriter.Field)]]
  ) -> [(Int, ThriftWriter.Field)] {
    let root: [(Int, ThriftWriter.Field)] = [(4, .text("schema")), (5, .int32(columns.count))]
    return [
      (1, .int32(1)), (2, .structures([root] + columns.map(\.schema))), (3, .int64(rows)),
      (4, .structures(groups)), (5, .structures([ParquetSeal.openPair])),
      (6, .text(ParquetSeal.writer)),
      // Bounds are in the order that the type defines.
      (7, .structures(columns.map { _ in [(1, .structure([]))] })),
    ]
  }
}

extension ParquetColumn {
  /// The element of the schema.
  fileprivate var schema: [(Int, ThriftWriter.Field)] {
    var fields: [(Int, ThriftWriter.Field)] = [
      (1, .int32(type.physical.rawValue)), (3, .int32(isNullable ? 1 : 0)), (4, .text(name)),
    ]
    switch type {
    case .string: fields += [(6, .int32(0)), (10, .structure([(1, .structure([]))]))]
    case .date: fields += [(6, .int32(6)), (10, .structure([(6, .structure([]))]))]
    case .timestamp(let units):
      let place = units == 1_000 ? 1 : units == 1_000_000 ? 2 : 3
      // There is no older form of nanoseconds.
      if place < 3 { fields.append((6, .int32(8 + place))) }
      let unit = ThriftWriter.Field.structure([(place, .structure([]))])
      fields.append((10, .structure([(8, .structure([(1, .boolean(false)), (2, unit)]))])))
    case .boolean, .int32, .int64, .float, .double: break
    }
    return fields
  }
}
