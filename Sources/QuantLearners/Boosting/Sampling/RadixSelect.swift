internal import QuantCore

/// Finds the end of the largest keys without sorting all of them.
enum RadixSelect {
  /// The smallest of the largest keys.
  struct Boundary: Hashable, Sendable {
    var key: UInt64
    /// How many of the keys equal to it are among the largest.
    var kept: Int
    /// How many keys are equal to it.
    var equal: Int
  }

  /// The boundary of the `rank` largest keys.
  ///
  /// Twelve bits decide at a time, from the highest on; only keys that share the bits found so far are
  /// looked at again.
  ///
  /// - Parameters:
  ///   - rank: 1 to the number of keys.
  ///   - parts: the ranges of keys that threads share.
  /// - Complexity: O(keys), 32 KB a part.
  static func boundary(
    of rank: Int, largest keys: Span<UInt64>, parts: [Range<Int>], threads: Int
  ) -> Boundary {
    precondition(rank > 0 && rank <= keys.count)
    let first = ParallelFor.map(count: parts.count, threads: threads) { part in
      counts(keys.extracting(parts[part]), shift: 52)
    }
    var rest = rank
    var found = digit(first, &rest)
    let highest = UInt64(found.digit) << 52
    var candidates = ParallelFor.map(count: parts.count, threads: threads) { part in
      matching(keys.extracting(parts[part]), key: highest, shift: 52)
    }.flatMap(\.self)
    var key = highest
    for shift: UInt64 in [40, 28, 16, 4] {
      found = digit([counts(candidates.span, shift: shift)], &rest)
      key |= UInt64(found.digit) << shift
      candidates = matching(candidates.span, key: key, shift: shift)
    }
    found = digit([counts(candidates.span, shift: 0, mask: 15)], &rest)
    return Boundary(key: key | UInt64(found.digit), kept: rest, equal: found.count)
  }

  /// How many keys have each value of twelve bits.
  private static func counts(
    _ keys: Span<UInt64>, shift: UInt64, mask: UInt64 = 0xFFF
  ) -> [Int] {
    var counts = [Int](repeating: 0, count: 4_096)
    var target = counts.mutableSpan
    for index in keys.indices { target[Int(keys[index] &>> shift & mask)] &+= 1 }
    return counts
  }

  private static func matching(_ keys: Span<UInt64>, key: UInt64, shift: UInt64) -> [UInt64] {
    var found: [UInt64] = []
    for index in keys.indices where keys[index] &>> shift == key &>> shift {
      found.append(keys[index])
    }
    return found
  }

  /// The digit of the `rest`-th largest key, and how many have it; takes those above it from `rest`.
  private static func digit(
    _ counts: [[Int]], _ rest: inout Int
  ) -> (digit: Int, count: Int) {
    for digit in (0..<4_096).reversed() {
      let count = counts.reduce(0) { $0 + $1[digit] }
      if rest <= count { return (digit, count) }
      rest -= count
    }
    preconditionFailure("fewer keys than the rank")
  }
}
