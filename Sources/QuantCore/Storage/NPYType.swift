/// The element types of NumPy arrays that are read and written, all little-endian.
public enum NPYType: Hashable, Sendable {
  /// `<f4`: `Float`.
  case float32
  /// `<f8`: `Double`.
  case float64
  /// `|b1`: one byte, 0 or 1.
  case boolean
  /// `|i1`: `Int8`.
  case int8
  /// `<i2`: `Int16`.
  case int16
  /// `<i4`: `Int32`.
  case int32
  /// `<i8`: `Int64`.
  case int64
  /// `|u1`: `UInt8`.
  case uint8
  /// `<u2`: `UInt16`.
  case uint16
  /// `<u4`: `UInt32`.
  case uint32
  /// `<u8`: `UInt64`.
  case uint64
  /// `<M8[D]`: days since 1970-01-01 as `Int64`; `Int64.min` is NumPy's "not a time".
  case days
  /// `|S8`: texts of so many bytes, padded with NUL.
  case text(width: Int)
  /// `<U8`: texts of so many code points of 4 bytes, padded with NUL.
  case unicode(width: Int)

  /// Bytes of one element.
  public var byteCount: Int {
    switch self {
    case .boolean, .int8, .uint8: 1
    case .int16, .uint16: 2
    case .float32, .int32, .uint32: 4
    case .float64, .int64, .uint64, .days: 8
    case .text(let width): width
    case .unicode(let width): 4 * width
    }
  }
}

extension NPYType: RawRepresentable {
  /// The type as NumPy spells it in a header, such as `<f4`.
  public var rawValue: String {
    switch self {
    case .float32: "<f4"
    case .float64: "<f8"
    case .boolean: "|b1"
    case .int8: "|i1"
    case .int16: "<i2"
    case .int32: "<i4"
    case .int64: "<i8"
    case .uint8: "|u1"
    case .uint16: "<u2"
    case .uint32: "<u4"
    case .uint64: "<u8"
    case .days: "<M8[D]"
    case .text(let width): "|S\(width)"
    case .unicode(let width): "<U\(width)"
    }
  }

  /// The type of a header, or `nil` for one that is not read.
  ///
  /// Texts have at least 1 and at most 2^20 bytes or code points.
  public init?(rawValue: String) {
    let plain: [NPYType] = [
      .float32, .float64, .boolean, .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32,
      .uint64, .days,
    ]
    if let type = plain.first(where: { $0.rawValue == rawValue }) {
      self = type
      return
    }
    guard let width = Int(rawValue.dropFirst(2)), 1...(1 << 20) ~= width else { return nil }
    let texts: [NPYType] = [.text(width: width), .unicode(width: width)]
    guard let type = texts.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = type
  }
}
