internal import QuantCore

/// Reads values of the compact protocol; damaged or hostile bytes end in `nil`, never in a crash.
struct ThriftReader: ~Escapable {
  private let bytes: RawSpan
  /// The next byte.
  private(set) var offset: Int
  /// Structures inside each other at most; Parquet needs about eight.
  private static let depthLimit = 32

  @_lifetime(copy bytes)
  init(_ bytes: RawSpan, at offset: Int = 0) {
    self.bytes = bytes
    self.offset = offset
  }

  /// A structure with all its fields.
  @_lifetime(self: copy self)
  mutating func structure(depth: Int = 0) -> ThriftValue? {
    guard depth < Self.depthLimit else { return nil }
    var fields: [Int: ThriftValue] = [:]
    var identifier = 0
    while true {
      guard let head = byte() else { return nil }
      guard let type = ThriftType(rawValue: head & 0x0F) else { return nil }
      if type == .stop { return .structure(fields) }
      if head >> 4 == 0 {
        guard let number = zigzag() else { return nil }
        identifier = Int(number)
      } else {
        identifier += Int(head >> 4)
      }
      guard (1...0x7FFF).contains(identifier) else { return nil }
      guard let value = value(type, depth: depth) else { return nil }
      fields[identifier] = value
    }
  }

  @_lifetime(self: copy self)
  private mutating func value(_ type: ThriftType, depth: Int) -> ThriftValue? {
    switch type {
    case .stop: nil
    case .isTrue: .boolean(true)
    case .isFalse: .boolean(false)
    case .byte: byte().map { .integer(Int64(Int8(bitPattern: $0))) }
    case .int16, .int32, .int64: zigzag().map { .integer($0) }
    case .double: double()
    case .binary: binary()
    case .list, .set: list(depth: depth)
    case .map: map(depth: depth)
    case .structure: structure(depth: depth + 1)
    }
  }

  @_lifetime(self: copy self)
  private mutating func byte() -> UInt8? {
    guard offset < bytes.byteCount else { return nil }
    defer { offset += 1 }
    return bytes.byte(at: offset)
  }

  @_lifetime(self: copy self)
  private mutating func varint() -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard let next = byte() else { return nil }
      if shift == 63, next > 1 { return nil }
      value |= UInt64(next & 0x7F) << shift
      if next & 0x80 == 0 { return value }
    }
    return nil
  }

  @_lifetime(self: copy self)
  private mutating func zigzag() -> Int64? {
    varint().map { Int64(bitPattern: $0 >> 1) ^ -Int64($0 & 1) }
  }

  @_lifetime(self: copy self)
  private mutating func double() -> ThriftValue? {
    guard offset + 8 <= bytes.byteCount else { return nil }
    defer { offset += 8 }
    return .double(Double(bitPattern: bytes.word64(at: offset)))
  }

  @_lifetime(self: copy self)
  private mutating func binary() -> ThriftValue? {
    guard let size = count(of: 1) else { return nil }
    defer { offset += size }
    return .bytes([UInt8](copying: bytes.extracting(offset..<offset + size)))
  }

  /// A number of elements, of which the rest of the bytes could hold as many.
  @_lifetime(self: copy self)
  private mutating func count(of size: Int) -> Int? {
    guard let count = varint(), count <= UInt64((bytes.byteCount - offset) / size) else {
      return nil
    }
    return Int(count)
  }

  @_lifetime(self: copy self)
  private mutating func list(depth: Int) -> ThriftValue? {
    guard depth < Self.depthLimit, let head = byte() else { return nil }
    guard let type = ThriftType(rawValue: head & 0x0F), type != .stop else { return nil }
    var size = Int(head >> 4)
    if size == 15 {
      guard let long = count(of: 1) else { return nil }
      size = long
    }
    guard size <= bytes.byteCount - offset else { return nil }
    var values: [ThriftValue] = []
    for _ in 0..<size {
      // A truth value in a list is a byte of its own.
      if type == .isTrue || type == .isFalse {
        guard let next = byte() else { return nil }
        values.append(.boolean(next == 1))
      } else {
        guard let value = value(type, depth: depth + 1) else { return nil }
        values.append(value)
      }
    }
    return .list(values)
  }

  /// Maps are read over; Parquet has none that is needed.
  @_lifetime(self: copy self)
  private mutating func map(depth: Int) -> ThriftValue? {
    guard depth < Self.depthLimit, let size = count(of: 1) else { return nil }
    guard size > 0 else { return .list([]) }
    guard let types = byte(), let key = ThriftType(rawValue: types >> 4),
      let content = ThriftType(rawValue: types & 0x0F), size <= bytes.byteCount - offset
    else { return nil }
    for _ in 0..<size {
      guard value(key, depth: depth + 1) != nil, value(content, depth: depth + 1) != nil else {
        return nil
      }
    }
    return .list([])
  }
}
