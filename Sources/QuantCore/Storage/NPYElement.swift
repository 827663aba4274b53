/// A number that NumPy arrays hold under one type: the fixed-width integers, `Float` and `Double`.
public protocol NPYElement: BitwiseCopyable, Sendable {
  /// The element type in a file.
  static var npyType: NPYType { get }
}

extension Float: NPYElement {
  /// `<f4`.
  public static var npyType: NPYType { .float32 }
}
extension Double: NPYElement {
  /// `<f8`.
  public static var npyType: NPYType { .float64 }
}
extension Int8: NPYElement {
  /// `|i1`.
  public static var npyType: NPYType { .int8 }
}
extension Int16: NPYElement {
  /// `<i2`.
  public static var npyType: NPYType { .int16 }
}
extension Int32: NPYElement {
  /// `<i4`.
  public static var npyType: NPYType { .int32 }
}
extension Int64: NPYElement {
  /// `<i8`.
  public static var npyType: NPYType { .int64 }
}
extension UInt8: NPYElement {
  /// `|u1`.
  public static var npyType: NPYType { .uint8 }
}
extension UInt16: NPYElement {
  /// `<u2`.
  public static var npyType: NPYType { .uint16 }
}
extension UInt32: NPYElement {
  /// `<u4`.
  public static var npyType: NPYType { .uint32 }
}
extension UInt64: NPYElement {
  /// `<u8`.
  public static var npyType: NPYType { .uint64 }
}
