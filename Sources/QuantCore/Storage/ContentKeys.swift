/// Keys of rows that come from what the rows hold, where nobody gives them a name.
///
/// The key of a row is the XXH64 of its numbers, features in the order of their names and then what
/// belongs to the row besides, such as label and weight. Rows that are equal in all of it get different
/// keys by their occurrence; which of them gets which does not matter, because they are
/// interchangeable. So neither the order of the rows nor that of the named columns changes what the
/// keys decide.
public enum ContentKeys {
  /// Rows that are hashed side by side, so that their states stay in the nearest cache.
  private static let blockRows = 256

  /// The key of each row.
  ///
  /// -0 counts as 0, and every NaN as the same.
  ///
  /// - Parameters:
  ///   - features: the features.
  ///   - names: their names, by which they are ordered.
  ///   - besides: further values of each row, one array of `features.rowCount` for each.
  ///   - threads: threads to use; the keys do not depend on it.
  /// - Complexity: O(rows x columns); 24 bytes a row while it runs.
  public static func keys(
    of features: FeatureMatrix, names: [String], besides: [[Float]], threads: Int
  ) -> [UInt64] {
    precondition(names.count == features.columnCount)
    precondition(besides.allSatisfy { $0.count == features.rowCount })
    let order = names.indices.sorted {
      names[$0].precedesByBytes(names[$1]) || (names[$0] == names[$1] && $0 < $1)
    }
    let parts = ParallelFor.ranges(of: features.rowCount, parts: 8 * max(1, threads))
    let keys = DisjointSlices(repeating: UInt64(0), count: features.rowCount, ranges: parts)
    ParallelFor.run(count: parts.count, threads: threads) { part in
      var hash = RowBlockHash(rows: blockRows)
      keys.withSlice(part) { slice, range in
        var start = 0
        while start < range.count {
          let count = min(blockRows, range.count - start)
          let rows = range.lowerBound + start..<range.lowerBound + start + count
          hash.begin(columns: order.count + besides.count)
          for column in order { hash.add(features.column(column).extracting(rows)) }
          for values in besides { hash.add(values.span.extracting(rows)) }
          hash.finish(into: &slice, at: start, count: count)
          start += count
        }
      }
    }
    return distinct(keys.take(), threads: threads)
  }

  /// The same keys, but for repeated ones: all after the first are scattered by their occurrence.
  static func distinct(_ keys: [UInt64], threads: Int) -> [UInt64] {
    var seen: [UInt64: UInt64] = [:]
    for key in repeated(keys, threads: threads) { seen[key] = 0 }
    if seen.isEmpty { return keys }
    var result = keys
    for row in keys.indices {
      guard let occurrence = seen[keys[row]] else { continue }
      seen[keys[row]] = occurrence + 1
      if occurrence > 0 { result[row] = CounterStream(seed: keys[row]).bits(occurrence) }
    }
    return result
  }

  /// How many rows have the key of an earlier row.
  ///
  /// - Complexity: O(n log n) on `threads` threads.
  public static func repeatedCount(_ keys: [UInt64], threads: Int) -> Int {
    repeated(keys, threads: threads).count
  }

  /// Keys that stand more than once, sorted piece by piece: pieces by their first byte.
  private static func repeated(_ keys: [UInt64], threads: Int) -> [UInt64] {
    var ends = [Int](repeating: 0, count: 257)
    for key in keys { ends[Int(key >> 56) + 1] += 1 }
    for piece in 1...256 { ends[piece] += ends[piece - 1] }
    let starts = ends
    var sorted = [UInt64](repeating: 0, count: keys.count)
    for key in keys {
      let piece = Int(key >> 56)
      sorted[ends[piece]] = key
      ends[piece] += 1
    }
    let pieces = sorted
    return ParallelFor.map(count: 256, threads: threads) { piece in
      let keys = pieces[starts[piece]..<starts[piece + 1]].sorted()
      return keys.indices.dropFirst().filter { keys[$0] == keys[$0 - 1] }.map { keys[$0] }
    }.flatMap { $0 }
  }
}

/// XXH64 of many rows at once, fed column by column.
private struct RowBlockHash {
  private let height: Int
  /// Four states a row: those of one place side by side.
  private var lanes: [UInt64]
  /// The column that waits for the second half of its word.
  private var half: [UInt32]
  /// Words after the last whole stripe of four.
  private var words: [UInt64]
  private var columns = 0
  private var added = 0

  init(rows: Int) {
    height = rows
    lanes = [UInt64](repeating: 0, count: 4 * rows)
    half = [UInt32](repeating: 0, count: rows)
    words = [UInt64](repeating: 0, count: 3 * rows)
  }

  mutating func begin(columns: Int) {
    self.columns = columns
    added = 0
    let starts = [
      XXH64.prime1 &+ XXH64.prime2, XXH64.prime2, 0, 0 &- XXH64.prime1,
    ]
    for lane in 0..<4 {
      for row in 0..<height { lanes[lane * height + row] = starts[lane] }
    }
  }

  /// The next column: at most as many values as there are rows.
  mutating func add(_ values: Span<Float>) {
    let (word, isSecond) = (added / 2, added % 2 == 1)
    added += 1
    guard isSecond else {
      for row in values.indices { half[row] = Self.bits(values[row]) }
      return
    }
    // Stripes of four words go through the lanes; the words after the last of them wait.
    if word < columns / 8 * 4 {
      let first = word % 4 * height
      for row in values.indices {
        let value = UInt64(half[row]) | UInt64(Self.bits(values[row])) << 32
        lanes[first &+ row] = XXH64.round(lanes[first &+ row], value)
      }
    } else {
      let first = word % 4 * height
      for row in values.indices {
        words[first &+ row] = UInt64(half[row]) | UInt64(Self.bits(values[row])) << 32
      }
    }
  }

  mutating func finish(into keys: inout MutableSpan<UInt64>, at start: Int, count: Int) {
    for row in 0..<count {
      var digest: UInt64
      if columns >= 8 {
        let (first, second) = (lanes[row], lanes[height + row])
        let (third, fourth) = (lanes[2 * height + row], lanes[3 * height + row])
        digest = XXH64.rotate(first, 1) &+ XXH64.rotate(second, 7)
        digest = digest &+ XXH64.rotate(third, 12) &+ XXH64.rotate(fourth, 18)
        for lane in [first, second, third, fourth] { digest = XXH64.merge(digest, lane) }
      } else {
        digest = XXH64.prime5
      }
      digest &+= UInt64(4 * columns)
      for word in 0..<columns % 8 / 2 {
        digest = XXH64.absorb(digest, word: words[word * height + row])
      }
      if columns % 2 == 1 { digest = XXH64.absorb(digest, half: half[row]) }
      keys[start + row] = XXH64.avalanche(digest)
    }
  }

  /// The bits of a number, the same for both zeros and for every NaN.
  @inline(__always)
  private static func bits(_ value: Float) -> UInt32 {
    let bits = (value + 0).bitPattern
    return value.isNaN ? 0x7FC0_0000 : bits
  }
}
