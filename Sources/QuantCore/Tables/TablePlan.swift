/// What is done with each field of a record: skipped, or read as a type and put into a slot.
///
/// Numbers and all other values have slots of their own.
package struct TablePlan: Sendable {
  /// What is done with a field.
  package enum Action: UInt8, Sendable {
    case skip, number, date, text, boolean, integer
  }

  /// Finds the ends of fields.
  package let scanner: FieldScanner
  /// The file, for messages.
  package let file: String
  /// The names of all columns of the file.
  package let names: [String]
  /// What is done with each column of the file.
  package let actions: [Action]
  /// The place of each column among the values of its kind.
  package let slots: [Int]
  /// The number of columns of numbers.
  package let numberCount: Int
  /// The actions of the other columns, by slot.
  package let cellActions: [Action]
  /// Spellings of a missing value, besides the empty field.
  package let missing: [[UInt8]]
  /// Whether infinite numbers are read as such.
  package var acceptsInfinite = false
  private let missingLengths: UInt64
  /// Whether one of them could be taken for a number.
  package let hasNumericMissing: Bool
  /// Rows that are collected before they are handed to the columns, so that they stay in the cache.
  package var blockRows: Int {
    let bytes = numberCount * 4 + cellActions.count * 8
    return max(1, min(1024, (1 << 17) / max(1, bytes)))
  }

  /// Assigns slots; `actions` has one entry for each name.
  package init(
    file: String, names: [String], actions: [Action], missing: [String], scanner: FieldScanner
  ) {
    self.file = file
    self.names = names
    self.actions = actions
    self.scanner = scanner
    var slots: [Int] = []
    var cells: [Action] = []
    var numbers = 0
    for action in actions {
      switch action {
      case .skip:
        slots.append(0)
      case .number:
        slots.append(numbers)
        numbers += 1
      default:
        slots.append(cells.count)
        cells.append(action)
      }
    }
    self.slots = slots
    numberCount = numbers
    cellActions = cells
    self.missing = missing.map { Array($0.utf8) }.filter { !$0.isEmpty }
    missingLengths = self.missing.reduce(0) { $0 | 1 << UInt64(min($1.count, 63)) }
    hasNumericMissing = self.missing.contains { text in
      let bytes = text.span
      return DecimalScan(bytes, from: 0, to: bytes.count).end == bytes.count
    }
  }

  /// Whether a field is one of the spellings of a missing value.
  package func isMissing(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    if range.isEmpty { return true }
    // Most fields are longer than any of the spellings.
    if missingLengths & 1 << UInt64(min(range.count, 63)) == 0 { return false }
    next: for text in missing where text.count == range.count {
      for offset in 0..<text.count where text[offset] != bytes[range.lowerBound + offset] {
        continue next
      }
      return true
    }
    return false
  }
}

extension TablePlan.Action {
  init(_ type: ColumnType) {
    switch type {
    case .float32: self = .number
    case .date: self = .date
    case .text: self = .text
    case .boolean: self = .boolean
    case .integer: self = .integer
    }
  }

  /// The type of the values, or `nil` for a column that is skipped.
  var type: ColumnType? {
    switch self {
    case .skip: nil
    case .number: .float32
    case .date: .date
    case .text: .text
    case .boolean: .boolean
    case .integer: .integer
    }
  }
}
