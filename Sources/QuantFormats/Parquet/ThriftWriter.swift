internal import QuantCore

/// Writes structures in the compact protocol.
struct ThriftWriter {
  private(set) var bytes: [UInt8] = []

  /// The bytes of one structure.
  static func bytes(of fields: [(Int, Field)]) -> [UInt8] {
    var writer = ThriftWriter()
    writer.structure(fields)
    return writer.bytes
  }

  /// A value with the width that its field is declared with.
  indirect enum Field {
    case boolean(Bool)
    case int8(Int)
    case int32(Int)
    case int64(Int)
    case bytes([UInt8])
    case texts([String])
    case int32s([Int])
    case structure([(Int, Field)])
    case structures([[(Int, Field)]])

    static func text(_ text: String) -> Field { .bytes(Array(text.utf8)) }
  }

  private mutating func structure(_ fields: [(Int, Field)]) {
    var last = 0
    for (identifier, field) in fields {
      precondition(identifier > last && identifier - last < 16, "fields ascend")
      bytes.append(UInt8(identifier - last) << 4 | field.type.rawValue)
      last = identifier
      append(field)
    }
    bytes.append(ThriftType.stop.rawValue)
  }

  private mutating func append(_ field: Field) {
    switch field {
    case .boolean: break
    case .int8(let value): bytes.append(UInt8(truncatingIfNeeded: value))
    case .int32(let value), .int64(let value): zigzag(value)
    case .bytes(let value):
      varint(UInt64(value.count))
      bytes += value
    case .texts(let values):
      list(values.count, of: .binary)
      for value in values {
        varint(UInt64(value.utf8.count))
        bytes += Array(value.utf8)
      }
    case .int32s(let values):
      list(values.count, of: .int32)
      for value in values { zigzag(value) }
    case .structure(let fields): structure(fields)
    case .structures(let values):
      list(values.count, of: .structure)
      for value in values { structure(value) }
    }
  }

  private mutating func list(_ count: Int, of type: ThriftType) {
    bytes.append(UInt8(min(count, 15)) << 4 | type.rawValue)
    if count >= 15 { varint(UInt64(count)) }
  }

  private mutating func zigzag(_ value: Int) {
    varint(UInt64(bitPattern: Int64(value << 1 ^ value >> 63)))
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

extension ThriftWriter.Field {
  fileprivate var type: ThriftType {
    switch self {
    case .boolean(let value): value ? .isTrue : .isFalse
    case .int8: .byte
    case .int32: .int32
    case .int64: .int64
    case .bytes: .binary
    case .texts, .int32s, .structures: .list
    case .structure: .structure
    }
  }
}
