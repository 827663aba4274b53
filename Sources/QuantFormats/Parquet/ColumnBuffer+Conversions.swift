internal import QuantCore

// How values of each type of a file become elements of each type of a table; `nil` where they do not.

extension ColumnBuffer<Float> {
  /// Numbers, each rounded once; missing is NaN.
  static func numbers(_ leaf: ParquetFooter.Leaf) -> ColumnBuffer<Float>? {
    switch leaf.column.type {
    case .float:
      ColumnBuffer(missing: .nan) { appendWords32($0, $1, &$2) { Float(bitPattern: $0) } }
    case .double:
      ColumnBuffer(missing: .nan) { appendWords64($0, $1, &$2) { Float(Double(bitPattern: $0)) } }
    case .int32:
      ColumnBuffer(missing: .nan) { appendWords32($0, $1, &$2) { Float(Int32(bitPattern: $0)) } }
    case .int64 where leaf.isUnsigned:
      ColumnBuffer(missing: .nan) { appendWords32($0, $1, &$2) { Float($0) } }
    case .int64:
      ColumnBuffer(missing: .nan) { appendWords64($0, $1, &$2) { Float(Int64(bitPattern: $0)) } }
    case .boolean, .string, .date, .timestamp:
      nil
    }
  }
}

extension ColumnBuffer<Int64> {
  /// Whole numbers; missing is `Int64.min`.
  static func integers(_ leaf: ParquetFooter.Leaf) -> ColumnBuffer<Int64>? {
    let missing = ColumnValues.missingInteger
    switch leaf.column.type {
    case .int32:
      return ColumnBuffer(missing: missing) {
        appendWords32($0, $1, &$2) { Int64(Int32(bitPattern: $0)) }
      }
    case .int64 where leaf.isUnsigned:
      return ColumnBuffer(missing: missing) { appendWords32($0, $1, &$2) { Int64($0) } }
    case .int64, .timestamp:
      return ColumnBuffer(missing: missing) {
        appendWords64($0, $1, &$2) { Int64(bitPattern: $0) }
      }
    case .boolean, .float, .double, .string, .date:
      return nil
    }
  }
}

extension ColumnBuffer<Int32> {
  /// Days since 1970-01-01, those of moments rounded down; missing is `Int32.min`.
  static func days(_ leaf: ParquetFooter.Leaf) -> ColumnBuffer<Int32>? {
    let missing = ColumnValues.missingDate
    switch leaf.column.type {
    case .date:
      return ColumnBuffer(missing: missing) { appendWords32($0, $1, &$2) { Int32(bitPattern: $0) } }
    case .timestamp(let units):
      let unitsPerDay = Int64(units) * 86_400
      return ColumnBuffer(missing: missing) {
        appendWords64($0, $1, &$2) { word in
          let (day, rest) = Int64(bitPattern: word).quotientAndRemainder(dividingBy: unitsPerDay)
          return Int32(clamping: rest < 0 ? day - 1 : day)
        }
      }
    case .boolean, .int32, .int64, .float, .double, .string:
      return nil
    }
  }
}

extension ColumnBuffer<UInt8> {
  /// 0 or 1; missing is 255.
  static func truths(_ leaf: ParquetFooter.Leaf) -> ColumnBuffer<UInt8>? {
    guard leaf.column.type == .boolean else { return nil }
    return ColumnBuffer(missing: ColumnValues.missingBoolean, truth: { $0 ? 1 : 0 }) {
      (bytes, count, values) in
      guard count <= bytes.byteCount * 8 else { return false }
      for index in 0..<count {
        values.append(bytes.byte(at: index / 8) >> UInt8(index % 8) & 1)
      }
      return true
    }
  }
}

/// Appends four-byte values.
private func appendWords32<Element>(
  _ bytes: RawSpan, _ count: Int, _ values: inout [Element], _ convert: (UInt32) -> Element
) -> Bool {
  guard count <= bytes.byteCount / 4 else { return false }
  values.reserveCapacity(values.count + count)
  for index in 0..<count { values.append(convert(bytes.word32(at: 4 &* index))) }
  return true
}

/// Appends eight-byte values.
private func appendWords64<Element>(
  _ bytes: RawSpan, _ count: Int, _ values: inout [Element], _ convert: (UInt64) -> Element
) -> Bool {
  guard count <= bytes.byteCount / 8 else { return false }
  values.reserveCapacity(values.count + count)
  for index in 0..<count { values.append(convert(bytes.word64(at: 8 &* index))) }
  return true
}
