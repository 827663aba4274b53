/// A value of Apache Thrift's compact protocol, in which Parquet writes its metadata.
///
/// Source: the compact protocol specification of Apache Thrift.
indirect enum ThriftValue: Hashable, Sendable {
  case boolean(Bool)
  case integer(Int64)
  case double(Double)
  case bytes([UInt8])
  case list([ThriftValue])
  case structure([Int: ThriftValue])

  /// A text as bytes.
  static func text(_ text: String) -> ThriftValue { .bytes(Array(text.utf8)) }

  var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }
  var integer: Int64? { if case .integer(let value) = self { value } else { nil } }
  var bytes: [UInt8]? { if case .bytes(let value) = self { value } else { nil } }
  var list: [ThriftValue]? { if case .list(let value) = self { value } else { nil } }
  var fields: [Int: ThriftValue]? { if case .structure(let value) = self { value } else { nil } }
  var text: String? { bytes.flatMap { String(validating: $0, as: UTF8.self) } }

  /// The field of a structure.
  subscript(field: Int) -> ThriftValue? { fields?[field] }
}

/// The types that the compact protocol writes before a value.
enum ThriftType: UInt8 {
  case stop, isTrue, isFalse, byte, int16, int32, int64, double, binary, list, set, map, structure
}
