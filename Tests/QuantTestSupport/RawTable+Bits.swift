public import QuantCore

extension RawTable {
  /// Every value of the columns of a schema as bytes that are equal only where the values are: numbers
  /// by their bits (NaN is one value), texts with their lengths.
  public func bytes(of schema: TableSchema) throws -> [UInt8] {
    var bytes: [UInt8] = []
    func append(_ word: UInt64) {
      for shift in stride(from: UInt64(0), to: 64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> shift))
      }
    }
    append(UInt64(rowCount))
    for column in schema.columns {
      switch column.type {
      case .float32:
        for value in try float32(column.name) { append(UInt64(value.isNaN ? 1 : value.bitPattern)) }
      case .date:
        for value in try dates(column.name) { append(UInt64(UInt32(bitPattern: value))) }
      case .boolean: for value in try booleans(column.name) { append(UInt64(value)) }
      case .integer:
        for value in try integers(column.name) { append(UInt64(bitPattern: value)) }
      case .text:
        let texts = try text(column.name)
        for row in 0..<rowCount {
          let text = texts[row].map { Array($0.utf8) }
          append(text.map { UInt64($0.count) } ?? .max)
          bytes += text ?? []
        }
      }
    }
    return bytes
  }
}
