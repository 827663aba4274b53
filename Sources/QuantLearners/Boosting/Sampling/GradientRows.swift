internal import QuantCore

/// All rows with large derivatives, and some of the others with a larger weight.
///
/// Rows are ordered by |gradient x hessian|; the top share is kept. Of the others each is drawn with the
/// probability other / (1 - top), and its derivatives are multiplied by the inverse, so that sums stay
/// right on average (G. Ke and others, "LightGBM", 2017, algorithm 2, with the product of LightGBM's code).
/// Ties at the end of the top are broken by random bits of the row key, so that the choice is exact and no
/// order of rows or threads matters.
struct GradientRows: RowSampling {
  private let seed: UInt64
  private let keys: RowKeys
  private let top: Double
  private let other: Double
  /// The first tree for which rows are drawn.
  private let firstTree: Int
  private let parts: [Range<Int>]
  private let magnitudes: DisjointSlices<UInt64>
  private var everyRow = EveryRow()

  /// - Parameters:
  ///   - parts: the ranges of rows that threads share, as those of the derivatives.
  init(
    seed: UInt64, keys: RowKeys, top: Double, other: Double, firstTree: Int, parts: [Range<Int>]
  ) {
    self.seed = seed
    self.keys = keys
    self.top = top
    self.other = other
    self.firstTree = firstTree
    self.parts = parts
    magnitudes = DisjointSlices(repeating: 0, count: keys.rows.count, ranges: parts)
  }

  /// - Complexity: O(rows).
  mutating func select(
    tree: Int, _ gradients: inout QuantizedGradients, into partition: inout NodePartition,
    threads: Int
  ) {
    guard tree >= firstTree else {
      everyRow.select(tree: tree, &gradients, into: &partition, threads: threads)
      return
    }
    measure(gradients, threads: threads)
    let (share, factor) = (other / (1 - top), Float((1 - top) / other))
    let stream = CounterStream(seed: seed, 0x676F_7373, UInt64(tree))
    let (boundary, isTop) = boundary(gradients, tree: tree, threads: threads)
    let (magnitudes, keys, empty) = (magnitudes, keys, partition)
    let (ties, allKeys, rows) = (isTop.span, keys.all.span, keys.rows.span)
    let counts = gradients.revise(threads: threads) { part, range, gradients, hessians in
      magnitudes.withSlice(part) { magnitude, _ in
        empty.part(part) { row in
          let place = row &- range.lowerBound
          if magnitude[place] > boundary { return 1 }
          if magnitude[place] == boundary && (ties.isEmpty || ties[row]) { return 1 }
          guard stream.unit(allKeys[Int(rows[row])]) < share else { return 0 }
          gradients[place] *= factor
          hessians[place] *= factor
          return 1
        }
      }
    }
    partition.join(counts)
  }

  /// Notes |gradient x hessian| of each row, as bits of the same order.
  private func measure(_ gradients: QuantizedGradients, threads: Int) {
    ParallelFor.run(count: parts.count, threads: threads) { part in
      magnitudes.withSlice(part) { magnitudes, _ in
        gradients.withPart(part) { gradients, hessians in
          for row in gradients.indices {
            // The product of two floats is exact in double precision.
            let product = Double(gradients[row]) * Double(hessians[row])
            magnitudes[row] = product.magnitude.bitPattern
          }
        }
      }
    }
  }

  /// The least magnitude of the top; and where not all rows of that magnitude belong to it, which do.
  private func boundary(
    _ gradients: QuantizedGradients, tree: Int, threads: Int
  ) -> (magnitude: UInt64, isTop: [Bool]) {
    let rank = max(1, Int(Double(keys.rows.count) * top))
    let found = magnitudes.withAll { magnitudes in
      RadixSelect.boundary(of: rank, largest: magnitudes, parts: parts, threads: threads)
    }
    if found.kept == found.equal { return (found.key, []) }
    let ties = magnitudes.withAll { magnitudes in
      magnitudes.indices.filter { magnitudes[$0] == found.key }
    }
    // Rows of one key may differ in label or weight; rows that agree in all of this are exchangeable.
    let derivatives = gradients.bits(of: ties)
    let stream = CounterStream(seed: seed, 0x7469_6573, UInt64(tree))
    let order = RankOrder.ascending(
      ties.map { stream.bits(keys[$0]) }, start: RankOrder.ascending(derivatives))
    var isTop = [Bool](repeating: false, count: keys.rows.count)
    for place in order.prefix(found.kept) { isTop[ties[Int(place)]] = true }
    return (found.key, isTop)
  }
}
