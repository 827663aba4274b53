// The contributions of one row: exact Shapley values in polynomial time, path-dependent TreeSHAP
// (Lundberg et al., "From local explanations to global understanding with explainable AI for trees",
// 2020, algorithm 2), leaf by leaf.
//
// A leaf of value v, with features i of shares z, gives feature j
//     v (o_j - z_j) sum over sets S of other features of weight(|S|) prod_{i in S} o_i prod_{others} z_i
// where o is 1 if the row satisfies the splits of the feature and 0 if not. Only the p features with o = 1
// can be in S, so that the sum is one over the coefficients of the polynomial prod (z_i + x), times the
// shares of all others. For o_j = 0 this is the same number for each j. For o_j = 1 the factor (z_j + x)
// is divided out of the polynomial P. The coefficients of the quotient q satisfy P_k = z q_k + q_(k-1).
// One can go upwards, q_k = (P_k - q_(k-1)) / z, or downwards, q_(k-1) = P_k - z q_k. A step upwards keeps
// relative errors small where z q_k ≥ q_(k-1), a step downwards where it is not, and because all roots of
// q are real, the first holds up to some k and the second from there on. So every coefficient is right
// to a few roundings, which a division from one end is not: with 40 features it loses five digits.

/// Memory for the contributions of one row after the other.
struct ShapRow {
  /// Words of 64 bits for each node.
  private let words: Int
  /// Which features of its way each node satisfies.
  private var bits: [UInt64]
  /// Features of a leaf: those that the row satisfies in the first half, the others in the second.
  private var order: [Int32]
  /// Shares of the first ones.
  private var shares: [Double]
  /// The polynomial.
  private var coefficients: [Double]
  private let weights: ShapleyWeights

  init(_ trees: [ShapTree], weights: ShapleyWeights) {
    let longest = trees.map(\.longest).max() ?? 0
    words = (longest + 63) / 64
    let nodes = trees.map { $0.splits.count + $0.leaves.count }.max() ?? 0
    bits = [UInt64](repeating: 0, count: nodes * words)
    order = [Int32](repeating: 0, count: 2 * (longest + 1))
    shares = [Double](repeating: 0, count: longest + 1)
    coefficients = [Double](repeating: 0, count: longest + 2)
    self.weights = weights
  }

  /// Adds what each feature contributes to the leaf value of a row.
  ///
  /// - Parameters:
  ///   - answers: for each split of the tree whether the row goes left.
  ///   - base: where the sums of the row start: one for each feature.
  mutating func add(
    _ tree: ShapTree, answers: Span<Bool>, at base: Int, to sums: inout MutableSpan<Double>
  ) {
    if tree.splits.isEmpty { return }
    Self.setBits(tree, answers, words, &bits)
    Self.add(tree, bits, words, weights, &order, &shares, &coefficients, base, &sums)
  }

  private static func setBits(
    _ tree: ShapTree, _ answers: Span<Bool>, _ words: Int, _ bitArray: inout [UInt64]
  ) {
    var bits = bitArray.mutableSpan
    let splits = tree.splits.span
    for word in 0..<words { bits[word] = 0 }
    for index in splits.indices {
      let split = splits[index]
      let (left, right) = (Int(split.left) * words, Int(split.right) * words)
      for word in 0..<words {
        bits[left + word] = bits[index * words + word]
        bits[right + word] = bits[index * words + word]
      }
      let word = Int(split.bit) / 64
      let bit: UInt64 = 1 << UInt64(split.bit % 64)
      // A feature that is asked for again stays satisfied only if it was.
      let (no, yes) = answers[index] ? (right, left) : (left, right)
      bits[no + word] &= ~bit
      if split.isFirst { bits[yes + word] |= bit }
    }
  }

  private static func add(
    _ tree: ShapTree, _ bitArray: [UInt64], _ words: Int, _ weightTable: ShapleyWeights,
    _ orderArray: inout [Int32], _ shareArray: inout [Double],
    _ coefficientArray: inout [Double], _ base: Int, _ sums: inout MutableSpan<Double>
  ) {
    let (leaves, features, allShares) = (tree.leaves.span, tree.features.span, tree.shares.span)
    let (bits, weights) = (bitArray.span, weightTable.values.span)
    let longest = orderArray.count / 2
    var order = orderArray.mutableSpan
    var shares = shareArray.mutableSpan
    var coefficients = coefficientArray.mutableSpan
    for index in leaves.indices {
      let way = leaves[index]
      let node = (tree.splits.count + index) * words
      // The features that the row satisfies, and the product of the shares of the others. Each is
      // written to both lists; the one that does not count is overwritten later.
      var (factor, satisfied, others) = (way.value, 0, 0)
      for index in 0..<way.count {
        let (feature, share) = (features[way.first + index], allShares[way.first + index])
        let bit = Int(bits[node + index / 64] >> UInt64(index % 64) & 1)
        order[satisfied] = feature
        shares[satisfied] = share
        order[longest + others] = feature
        factor *= bit == 1 ? 1 : share
        satisfied += bit
        others += 1 - bit
      }
      if factor == 0 { continue }
      multiply(shares, satisfied, &coefficients)
      let start = ShapleyWeights.start(way.count)
      if others > 0 {
        var sum = 0.0
        for place in 0...satisfied { sum += weights[start + place] * coefficients[place] }
        for index in 0..<others { sums[base + Int(order[longest + index])] -= factor * sum }
      }
      for index in 0..<satisfied {
        let sum = quotientSum(
          coefficients, satisfied, dividedBy: shares[index], weights, from: start)
        sums[base + Int(order[index])] += factor * (1 - shares[index]) * sum
      }
    }
  }

  /// The polynomial of the first `count` shares.
  @inline(__always)
  private static func multiply(
    _ shares: borrowing MutableSpan<Double>, _ count: Int,
    _ coefficients: inout MutableSpan<Double>
  ) {
    coefficients[0] = 1
    for index in 0..<count {
      let share = shares[index]
      coefficients[index + 1] = coefficients[index]
      var place = index
      while place > 0 {
        coefficients[place] = share * coefficients[place] + coefficients[place - 1]
        place -= 1
      }
      coefficients[0] *= share
    }
  }

  /// Up to so many factors, a division downwards alone loses less than two digits.
  private static var downwardLimit: Int { 8 }

  /// The weighted sum of the coefficients of a polynomial over (share + x).
  @inline(__always)
  private static func quotientSum(
    _ coefficients: borrowing MutableSpan<Double>, _ count: Int, dividedBy share: Double,
    _ weights: Span<Double>, from start: Int
  ) -> Double {
    var (sum, quotient, below) = (0.0, 0.0, 0)
    if count > downwardLimit, share > 0 {
      let inverse = 1 / share
      while below < count {
        let rest = coefficients[below] - quotient
        if rest < quotient { break }
        quotient = rest * inverse
        sum += weights[start + below] * quotient
        below += 1
      }
    }
    quotient = 0
    var place = count - 1
    while place >= below {
      quotient = coefficients[place + 1] - share * quotient
      sum += weights[start + place] * quotient
      place -= 1
    }
    return sum
  }
}
