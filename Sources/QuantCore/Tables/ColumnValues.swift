/// The values of one column of a table, one for each row.
package enum ColumnValues: Sendable {
  /// Numbers; missing is NaN.
  case float32([Float])
  /// Days since 1970-01-01; missing is `Int32.min`.
  case dates([Int32])
  /// Dictionary-coded text; missing has the code -1.
  case text(TextColumn)
  /// 0 or 1; missing is 255.
  case booleans([UInt8])
  /// Whole numbers; missing is `Int64.min`.
  case integers([Int64])

  /// The day number that stands for a missing date.
  package static let missingDate = Int32.min
  /// The byte that stands for a missing boolean.
  package static let missingBoolean: UInt8 = 255
  /// The number that stands for a missing whole number.
  package static let missingInteger = Int64.min

  /// The type that a schema declares for such values.
  package var type: ColumnType {
    switch self {
    case .float32: .float32
    case .dates: .date
    case .text: .text
    case .booleans: .boolean
    case .integers: .integer
    }
  }

  /// The number of rows.
  package var count: Int {
    switch self {
    case .float32(let values): values.count
    case .dates(let values): values.count
    case .text(let column): column.count
    case .booleans(let values): values.count
    case .integers(let values): values.count
    }
  }
}
