internal import QuantCore

/// Values of some rows in plain encoding, with the smallest and the largest of them.
struct PlainEncoder {
  private(set) var bytes: [UInt8] = []
  private(set) var smallest: [UInt8]?
  private(set) var largest: [UInt8]?

  /// - Parameters:
  ///   - rows: the rows whose values are written, none of which is missing.
  init(_ values: ParquetValues, rows: [Int]) {
    switch values {
    case .booleans(let values):
      bytes = [UInt8](repeating: 0, count: (rows.count + 7) / 8)
      for (index, row) in rows.enumerated() where values[row] != 0 {
        bytes[index / 8] |= 1 << UInt8(index % 8)
      }
      note(rows.map { values[$0] != 0 ? 1 : 0 }) { [UInt8($0)] }
    case .int32s(let values):
      for row in rows { append(UInt32(bitPattern: values[row])) }
      note(rows.map { Int(values[$0]) }) { Self.bytes(UInt64(bitPattern: Int64($0)), 4) }
    case .int64s(let values):
      for row in rows { append(UInt64(bitPattern: values[row])) }
      note(rows.map { Int(values[$0]) }) { Self.bytes(UInt64(bitPattern: Int64($0)), 8) }
    case .floats(let values):
      for row in rows { append(values[row].bitPattern) }
      noteNumbers(rows.map { Double(values[$0]) }) {
        Self.bytes(UInt64(Float($0).bitPattern), 4)
      }
    case .doubles(let values):
      for row in rows { append(values[row].bitPattern) }
      noteNumbers(rows.map { values[$0] }) { Self.bytes($0.bitPattern, 8) }
    case .texts(let column):
      note(rows.map { column.values[Int(column.codes[$0])] })
    }
  }

  /// Texts in plain encoding.
  init(texts: [String]) { note(texts) }

  private mutating func note(_ texts: [String]) {
    let all = texts.map { Array($0.utf8) }
    for text in all { append(text: text) }
    smallest = all.min { $0.lexicographicallyPrecedes($1) }
    largest = all.max { $0.lexicographicallyPrecedes($1) }
  }

  private mutating func append(_ value: UInt32) { bytes += Self.bytes(UInt64(value), 4) }
  private mutating func append(_ value: UInt64) { bytes += Self.bytes(value, 8) }

  private mutating func append(text: [UInt8]) {
    append(UInt32(text.count))
    bytes += text
  }

  private mutating func note(_ values: [Int], _ encode: (Int) -> [UInt8]) {
    smallest = values.min().map(encode)
    largest = values.max().map(encode)
  }

  /// NaN has no place in an order, so that there are no bounds then; a bound of 0 covers both zeros.
  private mutating func noteNumbers(_ values: [Double], _ encode: (Double) -> [UInt8]) {
    guard let least = values.min(), let most = values.max(),
      !values.contains(where: { $0.isNaN })
    else { return }
    smallest = encode(least == 0 ? -0.0 : least)
    largest = encode(most == 0 ? 0 : most)
  }

  private static func bytes(_ value: UInt64, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
  }
}
