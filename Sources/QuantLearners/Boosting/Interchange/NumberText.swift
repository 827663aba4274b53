// Numbers as model files of other programs write them.

/// Reads numbers from ASCII text.
enum NumberText {
  /// A decimal number, or `inf` and its like; `nil` for anything else, also for NaN.
  ///
  /// What does not fit becomes infinite or zero, as with `strtod`.
  static func double(_ text: ArraySlice<UInt8>) -> Double? {
    guard let text = plain(text), let value = Double(text), !value.isNaN else { return nil }
    return value
  }

  /// The single-precision number nearest to a decimal number; `nil` as for `double`.
  static func float(_ text: ArraySlice<UInt8>) -> Float? {
    guard let text = plain(text), let value = Float(text), !value.isNaN else { return nil }
    return value
  }

  /// A whole number with an optional sign; `nil` for anything else.
  static func integer(_ text: ArraySlice<UInt8>) -> Int? {
    var magnitude = 0
    let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text
    guard !digits.isEmpty else { return nil }
    for byte in digits {
      guard (48...57).contains(byte) else { return nil }
      let (product, isTooLarge) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, isLarger) = product.addingReportingOverflow(Int(byte) - 48)
      if isTooLarge || isLarger { return nil }
      magnitude = sum
    }
    return text.first == UInt8(ascii: "-") ? -magnitude : magnitude
  }

  /// Text without hexadecimal numbers and payloads of NaN, which `Double` would accept.
  private static func plain(_ text: ArraySlice<UInt8>) -> String? {
    guard !text.isEmpty, text.allSatisfy({ $0 > 32 && $0 < 127 }),
      !text.contains(UInt8(ascii: "x")),
      !text.contains(UInt8(ascii: "X"))
    else { return nil }
    return String(decoding: text, as: UTF8.self)
  }
}
