public import QuantCore

/// The values of a column on their way to a Parquet file, one for each row.
///
/// In a nullable column some values stand for missing ones, as in a `RawTable`.
public enum ParquetValues: Sendable {
  /// 0 or 1; missing is 255.
  case booleans([UInt8])
  /// Whole numbers or days; missing is `Int32.min`.
  case int32s([Int32])
  /// Whole numbers or moments; missing is `Int64.min`.
  case int64s([Int64])
  /// Numbers; missing is NaN. In a column that is not nullable NaN is written as NaN.
  case floats([Float])
  /// Numbers; missing is NaN. In a column that is not nullable NaN is written as NaN.
  case doubles([Double])
  /// Texts; missing has the code -1.
  case texts(TextColumn)

  /// The number of rows.
  public var count: Int {
    switch self {
    case .booleans(let values): values.count
    case .int32s(let values): values.count
    case .int64s(let values): values.count
    case .floats(let values): values.count
    case .doubles(let values): values.count
    case .texts(let column): column.count
    }
  }

  /// Whether a column of this type holds such values.
  func suits(_ type: ParquetType) -> Bool {
    switch self {
    case .booleans: type.physical == .boolean
    case .int32s: type.physical == .int32
    case .int64s: type.physical == .int64
    case .floats: type.physical == .float
    case .doubles: type.physical == .double
    case .texts: type.physical == .byteArray
    }
  }

  /// Whether the value of a row is missing, where the column is nullable.
  func isMissing(_ row: Int) -> Bool {
    switch self {
    case .booleans(let values): values[row] == 255
    case .int32s(let values): values[row] == .min
    case .int64s(let values): values[row] == .min
    case .floats(let values): values[row].isNaN
    case .doubles(let values): values[row].isNaN
    case .texts(let column): column.codes[row] < 0
    }
  }
}
