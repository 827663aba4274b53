/// A column of a Parquet file.
public struct ParquetColumn: Hashable, Sendable {
  /// The name, unique in its file.
  public var name: String
  /// What its values are.
  public var type: ParquetType
  /// Whether values may be missing.
  public var isNullable: Bool

  /// Creates a column.
  public init(_ name: String, _ type: ParquetType, isNullable: Bool = false) {
    self.name = name
    self.type = type
    self.isNullable = isNullable
  }
}

/// The types of columns that are read and written.
public enum ParquetType: Hashable, Sendable {
  /// True or false.
  case boolean
  /// Whole numbers of 32 bits or less.
  case int32
  /// Whole numbers of 64 bits.
  case int64
  /// Numbers of single precision.
  case float
  /// Numbers of double precision.
  case double
  /// UTF-8 text.
  case string
  /// Days since 1970-01-01.
  case date
  /// Moments since 1970-01-01T00:00, in units of so many in a second: 1,000, 1,000,000 or 10^9.
  case timestamp(unitsPerSecond: Int)

  /// How the values lie in the file.
  var physical: PhysicalType {
    switch self {
    case .boolean: .boolean
    case .int32, .date: .int32
    case .int64, .timestamp: .int64
    case .float: .float
    case .double: .double
    case .string: .byteArray
    }
  }
}

/// How a page's bytes are compressed.
public enum ParquetCompression: Hashable, Sendable {
  /// Not at all.
  case none
  /// Snappy: fast, moderate.
  case snappy
  /// Gzip: slow, good.
  case gzip
  /// Zstandard: fast and good.
  case zstd
}

enum PhysicalType: Int {
  case boolean, int32, int64, int96, float, double, byteArray, fixedByteArray

  /// Bytes of a value in plain encoding; `nil` where they differ.
  var width: Int? {
    switch self {
    case .int32, .float: 4
    case .int64, .double: 8
    case .boolean, .int96, .byteArray, .fixedByteArray: nil
    }
  }
}

enum ParquetEncoding: Int {
  case plain = 0
  case plainDictionary = 2
  case runLength = 3
  case bitPacked = 4
  case deltaBinaryPacked = 5
  case deltaLengthByteArray = 6
  case deltaByteArray = 7
  case dictionary = 8
  case byteStreamSplit = 9
}

enum PageType: Int {
  case data = 0
  case index = 1
  case dictionary = 2
  case dataV2 = 3
}

extension ParquetCompression {
  var code: Int {
    switch self {
    case .none: 0
    case .snappy: 1
    case .gzip: 2
    case .zstd: 6
    }
  }

  init?(code: Int) {
    switch code {
    case 0: self = .none
    case 1: self = .snappy
    case 2: self = .gzip
    case 6: self = .zstd
    default: return nil
    }
  }
}
