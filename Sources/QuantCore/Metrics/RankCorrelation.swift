/// How far two columns of numbers agree in the order of their rows.
///
/// ```swift
/// try RankCorrelation.spearman([1, 2, 3], [10, 30, 20])   // 0.5
/// try RankCorrelation.kendall([1, 2, 3], [10, 30, 20])    // 0.333…: two pairs agree, one does not
/// ```
///
/// Both are computed from integers and rounded in the last operations alone, so that neither the order of
/// rows nor a machine changes a bit.
public enum RankCorrelation {
  /// Spearman's rho: the correlation of the ranks, where equal numbers share the mean of theirs.
  ///
  /// Undefined with fewer than two rows, or where a column holds one number only. Infinite numbers are
  /// allowed and tie with their like.
  ///
  /// - Parameters:
  ///   - first: one number for each row.
  ///   - second: another one for each row.
  /// - Returns: -1 to 1.
  /// - Throws: `MetricError` where the columns have different lengths or hold NaN.
  /// - Complexity: O(n), by radix sort.
  public static func spearman(
    _ first: [Double], _ second: [Double]
  ) throws(MetricError) -> MetricValue {
    let columns = try RankedPair(first, second)
    if let reason = columns.undefined { return .undefined(reason) }
    let (left, right) = (columns.first.deviations, columns.second.deviations)
    var (product, leftSquare, rightSquare): (Int128, Int128, Int128) = (0, 0, 0)
    // A product is below n²: so many of them fit 64 bits.
    let length = max(1, (1 << 62) / (left.count * left.count))
    for start in stride(from: 0, to: left.count, by: length) {
      var sums = SIMD4<Int64>()
      for row in start..<min(start + length, left.count) {
        let (a, b) = (Int64(left[row]), Int64(right[row]))
        sums &+= SIMD4(a &* b, a &* a, b &* b, 0)
      }
      product += Int128(sums.x)
      leftSquare += Int128(sums.y)
      rightSquare += Int128(sums.z)
    }
    return .value(Double(product) / (Double(leftSquare) * Double(rightSquare)).squareRoot())
  }

  /// Kendall's tau-b: pairs of rows in the same order less those in the other, corrected for ties.
  ///
  /// With n0 pairs, of which n1 tie in the first column, n2 in the second and n3 in both, and d that are
  /// ordered differently, it is (n0 - n1 - n2 + n3 - 2 d) / sqrt((n0 - n1) (n0 - n2)) (Kendall, 1945).
  /// Undefined as for `spearman`.
  ///
  /// - Parameters:
  ///   - first: one number for each row.
  ///   - second: another one for each row.
  /// - Returns: -1 to 1.
  /// - Throws: `MetricError` where the columns have different lengths or hold NaN.
  /// - Complexity: O(n log n), by counting exchanges in a merge sort (Knight, 1966).
  public static func kendall(
    _ first: [Double], _ second: [Double]
  ) throws(MetricError) -> MetricValue {
    let columns = try RankedPair(first, second)
    if let reason = columns.undefined { return .undefined(reason) }
    // Rows by the first column, equal ones by the second.
    let order = RankOrder.ascending(
      columns.first.groups.map { UInt64($0) }, start: columns.second.order)
    let (left, right) = (columns.first.groups, columns.second.groups)
    var jointTies = 0
    var run = 0
    for position in order.indices.dropFirst() {
      let (row, previous) = (Int(order[position]), Int(order[position - 1]))
      run = left[row] == left[previous] && right[row] == right[previous] ? run + 1 : 0
      jointTies += run
    }
    var sequence = order.map { right[Int($0)] }
    let discordant = InversionCount.sort(&sequence)
    let pairs = order.count * (order.count - 1) / 2
    let (leftPairs, rightPairs) = (
      pairs - columns.first.tiedPairs, pairs - columns.second.tiedPairs
    )
    let difference = leftPairs - columns.second.tiedPairs + jointTies - 2 * discordant
    return .value(
      Double(difference) / (Double(leftPairs) * Double(rightPairs)).squareRoot())
  }
}

/// Two columns in order.
private struct RankedPair {
  let first: RankedColumn
  let second: RankedColumn

  init(_ first: [Double], _ second: [Double]) throws(MetricError) {
    guard first.count == second.count else {
      throw .columns(first: first.count, second: second.count)
    }
    for column in [first, second] {
      try MetricInput.check(column, "value", accepted: "a number, not NaN") { !$0.isNaN }
    }
    (self.first, self.second) = (RankedColumn(first), RankedColumn(second))
  }

  /// Why there is no correlation, or `nil`.
  var undefined: String? {
    if first.order.count < 2 { return "fewer than two rows" }
    for (name, column) in [("first", first), ("second", second)] where column.ends.count == 1 {
      return "one value: the \(name) column holds a single number"
    }
    return nil
  }
}

/// A column with the order of its rows.
private struct RankedColumn {
  /// Rows from the lowest number to the highest.
  let order: [Int32]
  /// For each row the group of equal numbers that it is in, counted from the lowest.
  let groups: [Int32]
  /// Where each group ends in the order.
  let ends: [Int]

  init(_ values: [Double]) {
    // Ascending keys: those that descend, with all bits turned.
    let sorted = RankOrder.sorted(values.map { ~RankOrder.descendingKey($0) })
    order = sorted.places
    var groups = [Int32](repeating: 0, count: values.count)
    var ends: [Int] = []
    var target = groups.mutableSpan
    for position in order.indices {
      if position > 0, sorted.keys[position] != sorted.keys[position - 1] { ends.append(position) }
      target[Int(order[position])] = Int32(truncatingIfNeeded: ends.count)
    }
    if !order.isEmpty { ends.append(order.count) }
    (self.groups, self.ends) = (groups, ends)
  }

  /// Twice the difference of each row's rank and the mean of all ranks: an integer.
  var deviations: [Int32] {
    var start = 0
    let byGroup = ends.map { end in
      // Twice the mean of the ranks start + 1 to end, less n + 1.
      let deviation = Int32(start + end - order.count)
      start = end
      return deviation
    }
    return groups.map { byGroup[Int($0)] }
  }

  /// Pairs of rows with one number.
  var tiedPairs: Int {
    var (start, pairs) = (0, 0)
    for end in ends {
      pairs += (end - start) * (end - start - 1) / 2
      start = end
    }
    return pairs
  }
}

/// Counting the pairs of a sequence that stand the wrong way round.
private enum InversionCount {
  /// Elements that are sorted by insertion.
  private static let block = 16

  /// Sorts a sequence and returns how many pairs had the larger element first.
  static func sort(_ sequence: inout [Int32]) -> Int {
    var count = 0
    let total = sequence.count
    for start in stride(from: 0, to: total, by: block) {
      count += insert(&sequence, start..<min(start + block, total))
    }
    var spare = sequence
    var width = block
    while width < total {
      for start in stride(from: 0, to: total, by: 2 * width) {
        let (middle, end) = (min(start + width, total), min(start + 2 * width, total))
        count += merge(sequence, start, middle, end, &spare)
      }
      swap(&sequence, &spare)
      width *= 2
    }
    return count
  }

  private static func insert(_ sequence: inout [Int32], _ range: Range<Int>) -> Int {
    var elements = sequence.mutableSpan
    var count = 0
    for index in range.dropFirst() {
      let element = elements[index]
      var place = index
      while place > range.lowerBound, elements[place - 1] > element {
        elements[place] = elements[place - 1]
        place -= 1
      }
      elements[place] = element
      count += index - place
    }
    return count
  }

  /// Merges two neighbouring ranges, without a branch that depends on the elements.
  private static func merge(
    _ sequence: [Int32], _ start: Int, _ middle: Int, _ end: Int, _ spare: inout [Int32]
  ) -> Int {
    let source = sequence.span
    var target = spare.mutableSpan
    var (left, right, place, count) = (start, middle, start, 0)
    while left < middle, right < end {
      let (a, b) = (source[left], source[right])
      let isRight = b < a
      target[place] = isRight ? b : a
      let step = isRight ? 1 : 0
      count &+= (middle &- left) & (0 &- step)
      right &+= step
      left &+= 1 &- step
      place &+= 1
    }
    while left < middle {
      target[place] = source[left]
      left &+= 1
      place &+= 1
    }
    while right < end {
      target[place] = source[right]
      right &+= 1
      place &+= 1
    }
    return count
  }
}
