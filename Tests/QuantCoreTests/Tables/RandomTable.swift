import QuantCore

/// A table of random content, with its text in a random but well-formed spelling.
struct RandomTable {
  static let types: [ColumnType] = [.float32, .date, .text, .boolean, .integer]
  var columns: [ColumnSchema] = []
  var rowCount: Int
  /// Values by column and row; `nil` is missing.
  var values: [[String?]] = []
  var delimiter: UInt8

  init(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    func below(_ bound: UInt64) -> Int { Int(random.next() % bound) }
    rowCount = below(40)
    delimiter = TableSchema.delimiters[below(4)]
    for index in 0..<1 + below(7) {
      let type = Self.types[below(5)]
      columns.append(ColumnSchema("column \(index)", type))
      values.append(
        (0..<rowCount).map { _ in
          if below(4) == 0 { return nil }
          switch type {
          case .float32:
            let value = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
            return value.isFinite ? value.description : "0.5"
          case .date: return CalendarDate(daysSinceEpoch: Int32(below(40_000)) - 10_000).description
          case .boolean: return below(2) == 0 ? "true" : "false"
          case .integer:
            return String(Int64(bitPattern: random.next()) >> Int64(below(63)))
          case .text: return Self.text(&random)
          }
        })
    }
  }

  private static let pieces: [String] = [
    "a", "Z", "0", " ", "\"", "\n", "\r\n", "\r", ",", ";", "|", "\t", "ü", "漢", "🙂", "'", "NA",
    "=", "-", "\u{A0}", "\u{0}", "e\u{301}",
  ]

  private static func text(_ random: inout SplitMix64) -> String {
    if random.next() % 3 == 0 { return ["NA", "x", "null", " ", "firm 7"][Int(random.next() % 5)] }
    return (0...random.next() % 6).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }
      .joined()
  }

  /// The table as text: random line ends, quotes where they are needed and where they are not,
  /// blank lines, and blanks around numbers.
  func spelled(seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    func chance(_ bound: UInt64) -> Bool { random.next() % bound == 0 }
    let end = chance(2) ? "\n" : "\r\n"
    let between = String(Unicode.Scalar(delimiter))
    var text = chance(3) ? "\u{FEFF}" : ""
    text += columns.map(\.name).joined(separator: between) + end
    for row in 0..<rowCount {
      let fields = columns.indices.map { column -> String in
        guard let value = values[column][row] else {
          let isAlone = columns.count == 1
          return isAlone ? "\"\"" : ["", "", "\"\"", "NA"][Int(random.next() % 4)]
        }
        if columns[column].type != .text {
          let padded = chance(5) && delimiter != 9 ? " \(value)\t" : value
          return chance(4) ? "\"\(padded)\"" : padded
        }
        let isPlain = value.unicodeScalars.allSatisfy {
          !"\"\n\r,;|\t ".unicodeScalars.contains($0)
        }
        if isPlain, !TableSchema.usualMissing.contains(value), chance(2) { return value }
        var quoted = "\""
        for scalar in value.unicodeScalars {
          quoted.unicodeScalars.append(scalar)
          if scalar == "\"" { quoted += "\"" }
        }
        return quoted + "\""
      }
      text += fields.joined(separator: between)
      if row + 1 < rowCount || chance(2) { text += end }
      if row + 1 < rowCount, chance(9) { text += end }
    }
    return Array(text.utf8)
  }
}
