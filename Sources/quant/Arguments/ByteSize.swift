/// Sizes as people write them: `0`, `1500`, `500MB`, `1.5 GB`, `2GiB`.
enum ByteSize {
  private static let units: [(name: String, bytes: Int)] = [
    ("kb", 1000), ("mb", 1_000_000), ("gb", 1_000_000_000), ("tb", 1_000_000_000_000),
    ("kib", 1 << 10), ("mib", 1 << 20), ("gib", 1 << 30), ("tib", 1 << 40), ("b", 1),
  ]

  /// The number of bytes, or `nil` where the text is no size or one beyond 64 bits.
  ///
  /// A unit may stand after a blank and in any case; decimals are allowed before one, and parts of a
  /// byte are dropped.
  static func parse(_ text: String) -> Int? {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = text.dropFirst(digits.count).drop { $0 == " " }.lowercased()
    guard !digits.isEmpty else { return nil }
    if let whole = Int(digits) {
      guard let scale = unit.isEmpty ? 1 : units.first(where: { $0.name == unit })?.bytes else {
        return nil
      }
      let (bytes, isTooLarge) = whole.multipliedReportingOverflow(by: scale)
      return isTooLarge ? nil : bytes
    }
    guard let scale = units.first(where: { $0.name == unit })?.bytes, let value = Double(digits),
      value * Double(scale) < 9e18
    else { return nil }
    return Int(value * Double(scale))
  }
}
