internal import QuantCore

/// Bytes of a CSV table in the making; numbers are written from integers, so that no library's
/// formatting has a say.
struct TextLines: Sendable {
  private(set) var bytes: [UInt8] = []

  mutating func text(_ value: String) { bytes.append(contentsOf: value.utf8) }

  mutating func raw(_ value: some Collection<UInt8>) { bytes.append(contentsOf: value) }

  mutating func comma() { bytes.append(UInt8(ascii: ",")) }

  mutating func newline() { bytes.append(UInt8(ascii: "\n")) }

  mutating func integer(_ value: Int) {
    if value < 0 {
      bytes.append(UInt8(ascii: "-"))
      return integer(-value)
    }
    var divisor = 1
    while value / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
      divisor /= 10
    }
  }

  /// A number with up to three, four or more decimals and without trailing zeros; nothing for NaN.
  mutating func decimal(_ value: Double, scale: Int = 1000) {
    guard value.isFinite else { return }
    let scaled = Int((value * Double(scale)).rounded())
    if scaled < 0 { bytes.append(UInt8(ascii: "-")) }
    let magnitude = abs(scaled)
    integer(magnitude / scale)
    var rest = magnitude % scale
    guard rest > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    var divisor = scale / 10
    while rest > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }

  mutating func date(_ value: CalendarDate) {
    let (year, month, day) = value.components
    integer(year)
    bytes.append(UInt8(ascii: "-"))
    if month < 10 { bytes.append(UInt8(ascii: "0")) }
    integer(month)
    bytes.append(UInt8(ascii: "-"))
    if day < 10 { bytes.append(UInt8(ascii: "0")) }
    integer(day)
  }
}
