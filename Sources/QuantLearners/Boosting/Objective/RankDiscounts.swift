internal import QuantCore

/// What a rank is worth: 1 / log2(rank + 2), ranks counted from 0 (Järvelin and Kekäläinen, 2002).
struct RankDiscounts: Sendable {
  /// The discounts of the first ranks.
  private static let first = (0..<4_096).map(Self.discount)

  private static func discount(_ rank: Int) -> Double {
    Elementary.log(2) / Elementary.log(Double(rank + 2))
  }

  /// The discount of a rank.
  static subscript(rank: Int) -> Double {
    rank < first.count ? first[rank] : discount(rank)
  }

  /// The highest sum of gain x discount that the first `cutoff` ranks of these grades can have.
  ///
  /// - Complexity: O(n + cutoff).
  static func idealGain(_ labels: Span<Float>, cutoff: Int) -> Double {
    var counts = [Int](repeating: 0, count: RankingGrades.highest + 1)
    for row in labels.indices { counts[Int(labels[row])] += 1 }
    var (rank, sum) = (0, 0.0)
    for grade in stride(from: RankingGrades.highest, to: 0, by: -1) {
      let gain = RankingGrades.gain(Float(grade))
      for _ in 0..<counts[grade] where rank < cutoff {
        sum += gain * Self[rank]
        rank += 1
      }
    }
    return sum
  }
}
