internal import QuantCore

/// How one column of a Parquet file becomes one column of a table.
struct ColumnPlan: Sendable {
  let path: String
  let index: Int
  let leaf: ParquetFooter.Leaf
  let target: ColumnType
  let acceptsInfinite: Bool

  var name: String { leaf.column.name }

  /// The column of one row group.
  enum Piece: Sendable {
    case float32([Float])
    case dates([Int32])
    case text(codes: [Int32], ByteDictionary)
    case booleans([UInt8])
    case integers([Int64])
  }

  /// Throws where the types do not suit.
  func check() throws(TableReadError) {
    if let refusal = leaf.refusal {
      throw .table(mismatch("holds \(refusal)"))
    }
    let suits: Bool
    switch target {
    case .float32: suits = ColumnBuffer<Float>.numbers(leaf) != nil
    case .date: suits = ColumnBuffer<Int32>.days(leaf) != nil || leaf.column.type == .string
    case .text: suits = TextBuffer(leaf, path: path) != nil
    case .boolean: suits = ColumnBuffer<UInt8>.truths(leaf) != nil
    case .integer: suits = ColumnBuffer<Int64>.integers(leaf) != nil
    }
    if !suits { throw .table(mismatch("holds values of type \(leaf.column.type)")) }
  }

  private func mismatch(_ value: String) -> TableError {
    TableError(
      .value, file: path, column: name, value: value,
      accepted: "a column that can be read as \(target.rawValue)")
  }

  /// Reads the column of a row group.
  func read(
    _ group: ParquetFooter.RowGroup, of file: MappedFile
  ) throws(TableReadError) -> Piece {
    do throws(StorageError) {
      return try piece(ChunkReader(path: path, leaf: leaf, chunk: group.chunks[index]), file)
    } catch {
      throw .storage(error)
    }
  }

  private func piece(
    _ reader: ChunkReader, _ file: MappedFile
  ) throws(StorageError) -> Piece {
    func values<Element>(
      _ buffer: ColumnBuffer<Element>?
    ) throws(StorageError) -> [Element] {
      // `check` said that there is one.
      guard var buffer else { return [] }
      buffer.reserve(reader.chunk.values)
      try reader.read(file.bytes, into: &buffer)
      return buffer.values
    }
    switch target {
    case .float32: return .float32(try values(.numbers(leaf)))
    case .date where leaf.column.type != .string: return .dates(try values(.days(leaf)))
    case .boolean: return .booleans(try values(.truths(leaf)))
    case .integer: return .integers(try values(.integers(leaf)))
    case .text, .date:
      guard let buffer = TextBuffer(leaf, path: path) else {
        return .text(codes: [], ByteDictionary())
      }
      let (codes, dictionary) = try buffer.read(reader.chunk, of: file.bytes)
      return .text(codes: codes, dictionary)
    }
  }

  /// Puts the row groups one after the other.
  func join(_ pieces: ArraySlice<Piece>) throws(TableReadError) -> ColumnValues {
    switch target {
    case .float32:
      var values: [Float] = []
      for case .float32(let part) in pieces { values += part }
      if !acceptsInfinite, let row = values.firstIndex(where: { $0.isInfinite }) {
        throw .table(
          TableError(
            .infinite, file: path, column: name, value: "row \(row) is infinite as float32",
            accepted: ColumnType.float32.accepted))
      }
      return .float32(values)
    case .boolean:
      var values: [UInt8] = []
      for case .booleans(let part) in pieces { values += part }
      return .booleans(values)
    case .integer:
      var values: [Int64] = []
      for case .integers(let part) in pieces { values += part }
      return .integers(values)
    case .date where leaf.column.type != .string:
      var values: [Int32] = []
      for case .dates(let part) in pieces { values += part }
      return .dates(values)
    case .text:
      return .text(joinedText(pieces))
    case .date:
      return .dates(try days(joinedText(pieces)))
    }
  }

  private func joinedText(_ pieces: ArraySlice<Piece>) -> TextColumn {
    var all = ByteDictionary()
    var codes: [Int32] = []
    for case .text(let part, let dictionary) in pieces {
      let places = all.merge(dictionary)
      codes += part.map { $0 < 0 ? -1 : places[Int($0)] }
    }
    return TextColumn(codes: codes, values: all.texts)
  }

  /// Dates that a file holds as text.
  private func days(_ text: TextColumn) throws(TableReadError) -> [Int32] {
    let days = text.values.map { CalendarDate($0)?.daysSinceEpoch }
    if let bad = days.firstIndex(of: nil) {
      let row = text.codes.firstIndex(of: Int32(bad)) ?? 0
      throw .table(
        TableError(
          .value, file: path, column: name, value: "row \(row): '\(text.values[bad])' is no date",
          accepted: ColumnType.date.accepted))
    }
    return text.codes.map { $0 < 0 ? ColumnValues.missingDate : days[Int($0)] ?? 0 }
  }
}
