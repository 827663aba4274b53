internal import QuantCore

/// Decides which rows a tree is grown on.
///
/// Choices are functions of seed, number of the tree and row key: neither the order of rows nor threads
/// matter, and a fit that goes on repeats the choices of the fit before.
protocol RowSampling: Sendable {
  /// Parts the rows into those of a tree and all others; may change their derivatives.
  ///
  /// - Parameters:
  ///   - tree: the tree's place in the ensemble.
  mutating func select(
    tree: Int, _ gradients: inout QuantizedGradients, into partition: inout NodePartition,
    threads: Int)
}

/// All rows for each tree.
struct EveryRow: RowSampling {
  mutating func select(
    tree: Int, _ gradients: inout QuantizedGradients, into partition: inout NodePartition,
    threads: Int
  ) {
    partition.fill(threads: threads) { _ in 1 }
  }
}

/// Each row with a probability of its own, by other random bits after some trees.
struct DrawnRows: RowSampling {
  private let seed: UInt64
  private let keys: RowKeys
  /// The probability of each row, or one for all.
  private let shares: Shares
  private let frequency: Int

  /// The probability of a row.
  enum Shares: Sendable {
    case all(Double)
    case byLabel([Float], events: Double, others: Double)
  }

  init(seed: UInt64, keys: RowKeys, shares: Shares, frequency: Int) {
    self.seed = seed
    self.keys = keys
    self.shares = shares
    self.frequency = frequency
  }

  /// - Complexity: O(rows), without a branch that depends on the keys.
  mutating func select(
    tree: Int, _ gradients: inout QuantizedGradients, into partition: inout NodePartition,
    threads: Int
  ) {
    let block = UInt64(tree / frequency)
    let stream = CounterStream(seed: seed, 0x726F_7773, block)
    let (keys, rows) = (keys.all.span, keys.rows.span)
    switch shares {
    case .all(let share):
      partition.fill(threads: threads) { stream.unit(keys[Int(rows[$0])]) < share ? 1 : 0 }
    case .byLabel(let labels, let events, let others):
      let labels = labels.span
      partition.fill(threads: threads) { row in
        stream.unit(keys[Int(rows[row])]) < (labels[row] > 0 ? events : others) ? 1 : 0
      }
    }
  }
}
