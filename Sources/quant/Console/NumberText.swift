/// Numbers as people read them; data files use exact forms instead.
enum NumberText {
  /// A whole number with commas between groups of three digits: `1,234,567`.
  static func grouped(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return (value < 0 ? "-" : "") + result
  }

  /// A count with its noun: `1 event`, `2,000 events`.
  static func count(_ value: Int, _ noun: String) -> String {
    "\(grouped(value)) \(noun)\(value == 1 ? "" : "s")"
  }

  /// A number with a fixed count of decimals, rounded half away from zero; `-` where not finite.
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite, value.magnitude < 1e15 else { return "-" }
    let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
    let scaled = (value.magnitude * scale).rounded()
    guard scaled < 9e18 else { return value.description }
    let whole = Int(scaled)
    let sign = value < 0 && whole > 0 ? "-" : ""
    let unit = Int(scale)
    if decimals == 0 { return sign + String(whole) }
    let fraction = String(whole % unit)
    let zeros = String(repeating: "0", count: decimals - fraction.count)
    return "\(sign)\(whole / unit).\(zeros)\(fraction)"
  }

  /// A number with six significant digits at most, in plain form where that is short.
  static func significant(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "-" }
    if value == value.rounded(), value.magnitude < 1e9 { return String(Int(value)) }
    switch value.magnitude {
    case 1e6...: return fixed(value, 0)
    case 1e3...: return fixed(value, 2)
    case 1...: return fixed(value, 4)
    case 1e-4...: return fixed(value, 6)
    default: return value.description
    }
  }

  /// A share as percent with one decimal: `12.5 %`.
  static func percent(_ share: Double) -> String { fixed(share * 100, 1) + " %" }

  /// Seconds: `0.012 s`, `3.4 s`, `2 min 05 s`, `1 h 02 min`.
  static func seconds(_ value: Double) -> String {
    guard value.isFinite, value >= 0 else { return "-" }
    if value < 1 { return fixed(value, 3) + " s" }
    if value < 60 { return fixed(value, 1) + " s" }
    let whole = Int(min(value, 1e15).rounded())
    if whole < 3600 { return "\(whole / 60) min \(twoDigits(whole % 60)) s" }
    return "\(whole / 3600) h \(twoDigits(whole / 60 % 60)) min"
  }

  /// Bytes in decimal units: `512 B`, `1.4 MB`, `3.2 GB`.
  static func bytes(_ count: Int) -> String {
    let value = Double(count)
    switch count {
    case ..<1000: return "\(count) B"
    case ..<1_000_000: return fixed(value / 1e3, 1) + " kB"
    case ..<1_000_000_000: return fixed(value / 1e6, 1) + " MB"
    default: return fixed(value / 1e9, 2) + " GB"
    }
  }

  private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
