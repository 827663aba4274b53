internal import Synchronization

/// Columns that were computed lately, up to a number of bytes; the least recently used go first.
///
/// Recipes ask for the same columns at the same lags again and again, and all of them together would
/// not fit in memory.
final class ColumnCache: Sendable {
  private struct Entry: Sendable {
    var column: [Float]
    var lastUse: Int
  }
  private struct State: Sendable {
    var entries: [String: Entry] = [:]
    var bytes = 0
    var clock = 0
  }
  private let state = Mutex(State())
  private let budget: Int

  init(budget: Int) { self.budget = budget }

  /// The column of a key, if it is still there.
  func column(_ key: String) -> [Float]? {
    state.withLock { state in
      guard var entry = state.entries[key] else { return nil }
      state.clock += 1
      entry.lastUse = state.clock
      state.entries[key] = entry
      return entry.column
    }
  }

  /// Keeps a column.
  func insert(_ column: [Float], for key: String) {
    state.withLock { state in
      state.clock += 1
      let size = column.count * MemoryLayout<Float>.size
      if let old = state.entries.updateValue(
        Entry(column: column, lastUse: state.clock), forKey: key)
      {
        state.bytes -= old.column.count * MemoryLayout<Float>.size
      }
      state.bytes += size
      while state.bytes > budget, state.entries.count > 1,
        let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })
      {
        state.entries[oldest.key] = nil
        state.bytes -= oldest.value.column.count * MemoryLayout<Float>.size
      }
    }
  }
}
