internal import QuantCore

/// Rows of a window that is binned: bins stand for values where no threshold lies inside of one.
struct BinnedRows: BlockRows {
  private let matrix: BinnedMatrix
  private let rows: [Int32]
  private let values: MatrixRows
  /// For each source the codes of the 256 bins in both of its columns; `nil` where values are needed.
  private let tables: [[UInt8]?]
  /// The place of each feature among all names.
  private let places: [Int]

  init(_ matrix: BinnedMatrix, _ rows: Span<Int32>, _ plan: PredictionPlan) {
    self.matrix = matrix
    self.rows = rows.indices.map { rows[$0] }
    values = MatrixRows(matrix.window.features, rows)
    var places = [Int](repeating: 0, count: matrix.order.count)
    for (place, feature) in matrix.order.enumerated() { places[feature] = place }
    self.places = places
    tables = plan.parts.compactMap(\.coded).flatMap(\.sources).map { source in
      source.codes(of: matrix.mappers[places[source.key.feature]].bins)
    }
  }

  var count: Int { rows.count }

  func read(
    _ feature: Int, _ range: Range<Int>, into values: inout MutableSpan<Float>, at first: Int
  ) {
    self.values.read(feature, range, into: &values, at: first)
  }

  func encode(_ source: CodeSource, _ range: Range<Int>, into codes: inout [UInt8]) -> Bool {
    guard let table = tables[source.id] else { return false }
    let feature = places[source.key.feature]
    let group = matrix.groups[feature / CodeGroup.limit]
    let place = feature - group.features.lowerBound
    let firstRow = matrix.window.rows.lowerBound
    let (low, high) = (source.lowColumn, source.highColumn)
    var target = codes.mutableSpan
    group.codes.withAll { bins in
      for (index, row) in range.enumerated() {
        let bin = Int(bins[(Int(rows[row]) - firstRow) * group.width + place])
        if low >= 0 { target[low * PredictionBlock.rows + index] = table[bin] }
        if high >= 0 { target[high * PredictionBlock.rows + index] = table[256 + bin] }
      }
    }
    return true
  }
}

extension CodeSource {
  /// The codes of bins: 256 where missing values have the lowest code, and 256 where the highest.
  ///
  /// - Returns: `nil` where a bin holds values of several codes.
  func codes(of bins: FeatureBins) -> [UInt8]? {
    guard let counts = counts(of: bins) else { return nil }
    func code(_ count: Int) -> UInt8 { UInt8(bitPattern: Self.code(count)) }
    // Codes beyond the bins do not occur.
    let codes = (0..<255).map { code($0 < counts.count ? counts[$0] : 0) }
    return codes + [code(0)] + codes + [code(thresholds.count)]
  }

  /// How many thresholds the values of each bin exceed.
  private func counts(of bins: FeatureBins) -> [Int]? {
    switch (key.kind, bins) {
    case (.numbers(false), .numbers(let boundaries)):
      // A window holds finite numbers: those of the last bin exceed every finite threshold that any of
      // them is known to exceed.
      let inner = thresholds.filter { $0.isFinite }
      guard inner.allSatisfy({ boundaries.binarySearch($0) }) else { return nil }
      let least = thresholds.count { $0 == -.infinity }
      return (boundaries + [.infinity]).map { upper in
        least + inner.firstIndex(notBelow: upper)
      }
    case (.categories(let set), .categories(let categories)):
      // A category without a bin is coded like a missing one.
      let known = Set(categories.map { Int($0) })
      guard lowColumn < 0, set.categories.allSatisfy({ known.contains($0) }) else { return nil }
      return categories.map { set.contains(Float($0)) ? 0 : 1 }
    default:
      return nil
    }
  }
}

extension [Float] {
  /// Whether an ascending array holds a number.
  fileprivate func binarySearch(_ number: Float) -> Bool {
    let place = firstIndex(notBelow: number)
    return place < count && self[place] == number
  }
}
