internal import QuantCore

/// What the end of a Parquet file says of its content; every place that it names lies in the file.
///
/// Source: `parquet.thrift` of the Apache Parquet format.
struct ParquetFooter: Sendable {
  /// A column with how it lies in the file.
  struct Leaf: Sendable {
    var column: ParquetColumn
    /// Whether 32 bits hold a number without sign.
    var isUnsigned = false
    /// Why the column cannot be read, or `nil`.
    var refusal: String?
  }

  /// One column of a row group.
  struct Chunk: Sendable {
    var compression: ParquetCompression?
    var values: Int
    /// The bytes of its pages.
    var bytes: Range<Int>
    /// XXH64 of these bytes, where the file says.
    var checksum: UInt64?
    /// Missing values, smallest and largest value, where the file says.
    var nulls: Int?
    var smallest: [UInt8]?
    var largest: [UInt8]?
  }

  /// Rows that lie together, column after column.
  struct RowGroup: Sendable {
    var rows: Int
    var chunks: [Chunk]
  }

  let leaves: [Leaf]
  let rowGroups: [RowGroup]
  let rows: Int

  static let magic = Array("PAR1".utf8)

  /// Reads the footer of a whole file.
  ///
  /// - Throws: `StorageError.foreign`, `.incomplete`, `.corrupted` at the footer, `.tooLarge` for more
  ///   rows than a file of its size could mean.
  init(_ bytes: RawSpan, path: String) throws(StorageError) {
    let size = bytes.byteCount
    func isMagic(_ offset: Int) -> Bool {
      Self.magic.indices.allSatisfy { bytes.byte(at: offset + $0) == Self.magic[$0] }
    }
    guard size >= 12 else { throw .incomplete(path: path, bytes: size) }
    guard isMagic(0) else {
      throw .foreign(path: path, found: "other content", accepted: "a Parquet file")
    }
    guard isMagic(size - 4) else { throw .incomplete(path: path, bytes: size) }
    let length = Int(bytes.word32(at: size - 8))
    guard length <= size - 12 else { throw .incomplete(path: path, bytes: size) }
    let start = size - 8 - length
    var reader = ThriftReader(bytes.extracting(start..<size - 8))
    guard let metadata = reader.structure(), let schema = metadata[2]?.list,
      let groups = metadata[4]?.list, let rows = metadata[3]?.integer, rows >= 0
    else { throw .corrupted(path: path, offset: start) }
    if metadata[6]?.text == ParquetSeal.writer,
      !ParquetSeal.isIntact(bytes.extracting(start..<size - 8))
    {
      throw .corrupted(path: path, offset: start)
    }
    // Rows cost no bytes where a column is constant, so that only a generous bound can be set.
    let limit = 1 << 24 + 512 * size
    guard rows <= limit else { throw .tooLarge(path: path, bytes: Int(rows), limit: limit) }
    let leaves = try Self.leaves(schema, path: path, offset: start)
    self.leaves = leaves
    rowGroups = try groups.map { (group) throws(StorageError) in
      guard let group = Self.rowGroup(group, leaves: leaves, end: start) else {
        throw .corrupted(path: path, offset: start)
      }
      return group
    }
    self.rows = Int(rows)
    var total = 0
    for group in rowGroups {
      guard group.rows <= self.rows - total else { throw .corrupted(path: path, offset: start) }
      total += group.rows
    }
    guard total == self.rows else { throw .corrupted(path: path, offset: start) }
  }

  /// The columns of a schema in the order of their chunks; nested ones are known but not read.
  private static func leaves(
    _ schema: [ThriftValue], path: String, offset: Int
  ) throws(StorageError) -> [Leaf] {
    // Elements that are still to come at each level of nesting.
    var open = [schema.first?[5]?.integer ?? -1]
    var leaves: [Leaf] = []
    var names: Set<String> = []
    for element in schema.dropFirst() {
      while open.last == 0 { open.removeLast() }
      let children = element[5]?.integer ?? 0
      guard let name = element[4]?.text, let rest = open.last, rest > 0, children >= 0 else {
        throw .corrupted(path: path, offset: offset)
      }
      open[open.count - 1] = rest - 1
      if children > 0 {
        open.append(children)
        continue
      }
      guard let code = element[1]?.integer,
        let physical = PhysicalType(rawValue: Int(clamping: code))
      else { throw .corrupted(path: path, offset: offset) }
      var leaf = Self.leaf(name, physical, element)
      leaf.column.isNullable = element[3]?.integer == 1
      if open.count > 1 {
        leaf.refusal = "values inside of others"
      } else if !(0...1).contains(element[3]?.integer ?? -1) {
        leaf.refusal = "lists"
      } else if !names.insert(name).inserted {
        throw .foreign(path: path, found: "two columns '\(name)'", accepted: "distinct names")
      }
      leaves.append(leaf)
    }
    guard open.allSatisfy({ $0 == 0 }) else { throw .corrupted(path: path, offset: offset) }
    return leaves
  }

  private static func leaf(_ name: String, _ physical: PhysicalType, _ element: ThriftValue) -> Leaf
  {
    let converted = element[6]?.integer
    let logical = element[10]
    func leaf(_ type: ParquetType, isUnsigned: Bool = false) -> Leaf {
      Leaf(column: ParquetColumn(name, type), isUnsigned: isUnsigned)
    }
    func refused(_ reason: String) -> Leaf {
      Leaf(column: ParquetColumn(name, .string), refusal: reason)
    }
    if converted == 5 || logical?[5] != nil { return refused("decimal numbers") }
    if converted == 7 || converted == 8 || logical?[7] != nil { return refused("times of day") }
    switch physical {
    case .boolean: return leaf(.boolean)
    case .float: return leaf(.float)
    case .double: return leaf(.double)
    case .int96: return refused("timestamps of 96 bits")
    case .fixedByteArray: return refused("texts of fixed width")
    case .byteArray:
      let isText = [0, 4, 19].contains(converted) || [1, 4, 12].contains { logical?[$0] != nil }
      return isText ? leaf(.string) : refused("binary values")
    case .int32:
      if converted == 6 || logical?[6] != nil { return leaf(.date) }
      let isUnsigned =
        converted == 13
        || (logical?[10]?[1]?.integer == 32 && logical?[10]?[2]?.boolean == false)
      return isUnsigned ? leaf(.int64, isUnsigned: true) : leaf(.int32)
    case .int64:
      if converted == 14 || logical?[10]?[2]?.boolean == false {
        return refused("whole numbers of 64 bits without sign")
      }
      if converted == 9 { return leaf(.timestamp(unitsPerSecond: 1_000)) }
      if converted == 10 { return leaf(.timestamp(unitsPerSecond: 1_000_000)) }
      guard let unit = logical?[8]?[2] else { return leaf(.int64) }
      let units = unit[1] != nil ? 1_000 : unit[2] != nil ? 1_000_000 : 1_000_000_000
      return leaf(.timestamp(unitsPerSecond: units))
    }
  }

  private static func rowGroup(_ group: ThriftValue, leaves: [Leaf], end: Int) -> RowGroup? {
    guard let rows = group[3]?.integer, rows >= 0, let columns = group[1]?.list,
      columns.count == leaves.count
    else { return nil }
    var chunks: [Chunk] = []
    for (column, leaf) in zip(columns, leaves) {
      guard let chunk = chunk(column, end: end),
        chunk.values == Int(rows) || leaf.refusal != nil
      else { return nil }
      chunks.append(chunk)
    }
    return RowGroup(rows: Int(rows), chunks: chunks)
  }

  private static func chunk(_ column: ThriftValue, end: Int) -> Chunk? {
    guard column[1] == nil, let metadata = column[3], let values = metadata[5]?.integer,
      let size = metadata[7]?.integer, let data = metadata[9]?.integer, values >= 0, size >= 0
    else { return nil }
    // Some writers note 0 where there is no dictionary.
    var start = data
    if let dictionary = metadata[11]?.integer, dictionary > 0 { start = min(start, dictionary) }
    guard start >= 4, start <= end, size <= Int64(end) - start else { return nil }
    let statistics = metadata[12]
    return Chunk(
      compression: ParquetCompression(code: Int(clamping: metadata[4]?.integer ?? -1)),
      values: Int(values), bytes: Int(start)..<Int(start + size),
      checksum: ParquetSeal.checksum(metadata[8]),
      nulls: statistics?[3]?.integer.map { Int(clamping: $0) },
      smallest: statistics?[6]?.bytes, largest: statistics?[5]?.bytes)
  }
}
