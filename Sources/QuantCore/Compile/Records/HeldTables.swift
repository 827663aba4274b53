/// Which table of a configuration is meant.
enum InputRole: Hashable, Sendable {
  case identifiers
  /// A table of company records, by its place.
  case fundamentals(Int)
  case events
  case delistings
  /// The long table, or the wide matrix of closes.
  case prices
  case totalReturns
  case volumes
}

/// Tables in memory that take the place of the files of a configuration.
///
/// The leak audit compiles from tables that it has changed.
struct HeldTables: Sendable {
  var tables: [InputRole: RawTable] = [:]
  var matrices: [InputRole: WideTable] = [:]
}
