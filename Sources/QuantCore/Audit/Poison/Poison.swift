/// How records that were not yet known are changed.
public enum Mutation: String, Hashable, Sendable, CaseIterable {
  /// Values, dates and firms of the records become others.
  case values
  /// Records are added: later versions of known ones, copies for other firms, new firms.
  case added
  /// The records are taken out, and the decision dates after the audited one with them.
  case removed
  /// Share units change, as by a split before and a split after the audited date.
  case rescaled
}

/// One way to change what was not known on a day; every random choice is a function of its members.
struct Poison: Sendable {
  /// The way.
  let mutation: Mutation
  /// What was known on this day or before stays as it is; days since 1970-01-01.
  let cut: Int32
  /// Seed of all choices.
  let seed: UInt64
  /// Which of the records that may be changed are, counted from 0; for finding one that matters.
  var places = 0..<Int.max

  /// Random bits for a record and a purpose.
  func bits(_ record: Int, _ purpose: UInt64) -> UInt64 {
    CounterStream(seed: seed, UInt64(bitPattern: Int64(cut)), purpose).bits(UInt64(record))
  }

  /// A day after the cut that differs from the one given.
  func laterDay(_ record: Int, _ purpose: UInt64, within days: UInt64, not other: Int32) -> Int32 {
    let day = cut + 1 + Int32(bits(record, purpose) % days)
    return day == other ? day + 1 : day
  }
}

/// Counts the records that a poison may change and says which of them it does.
struct PoisonCount: Sendable {
  /// How many there are.
  private(set) var total = 0
  /// The one that was changed, where the poison is for one alone.
  private(set) var record: String?
  private let places: Range<Int>

  init(_ poison: Poison) { places = poison.places }

  /// Counts one record; `record` describes it.
  mutating func takes(_ record: @autoclosure () -> String) -> Bool {
    defer { total += 1 }
    guard places.contains(total) else { return false }
    if places.count == 1 { self.record = record() }
    return true
  }
}

/// What the compile is given: tables, and the last period of its grid.
struct AuditWorld: Sendable {
  var tables: HeldTables
  /// The last period, or `nil` for the one of the configuration.
  var lastPeriod: Period?
}

/// A source whose records have days on which they became known.
protocol PoisonableSource: Sendable {
  /// The name of the source.
  var name: String { get }
  /// Where the days come from, in words.
  var oracle: String { get }
  /// Whether these days are stated apart from the compile's own rules.
  var isIndependent: Bool { get }
  /// The last day on which something of the source became known, or `nil` where nothing has a day.
  var lastDay: Int32? { get }
  /// The number of records.
  var recordCount: Int { get }
  /// Changes what was not known on the cut.
  func apply(_ poison: Poison, to world: inout AuditWorld) throws(CompileError) -> PoisonCount
}
