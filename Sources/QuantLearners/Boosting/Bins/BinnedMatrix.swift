public import QuantCore
internal import Synchronization

/// The features of a window as codes of bins: what `GradientBoosting` prepares.
///
/// Columns stand in the order of their names, in groups of 64 (`CodeGroup`). Labels and rows outside of
/// the window are not looked at.
public struct BinnedMatrix: Sendable {
  /// Columns of a block, whose histograms are built together.
  static let blockWidth = 16

  /// The window that was looked at.
  public let window: TrainingWindow
  /// Columns of the matrix in ascending order of their names.
  let order: [Int]
  /// The bins of each column, in the order of the names.
  let mappers: [BinMapper]
  /// Codes of all rows, in the order of the names.
  let groups: [CodeGroup]

  /// Cuts every feature into at most 255 bins and codes every row of the window.
  ///
  /// - Throws: `LearnerError.empty` without rows or columns, `.invalid` for an infinite feature.
  /// - Complexity: O(rows x columns) on `threads` threads; one byte a value, and 8 bytes a row and
  ///   thread while it runs.
  init(_ window: TrainingWindow, threads: Int) throws(LearnerError) {
    guard !window.rows.isEmpty, !window.featureNames.isEmpty else {
      throw .empty(
        "a window of \(window.rows.count) rows and \(window.featureNames.count) features")
    }
    let order = FeatureScales.order(of: window.featureNames)
    let spare = Mutex<[BinMapper.Scratch]>([])
    mappers = try ParallelFor.map(count: order.count, threads: threads) {
      (index) throws(LearnerError) in
      let scratch =
        spare.withLock { $0.popLast() } ?? BinMapper.Scratch(capacity: window.rows.count)
      defer { spare.withLock { $0.append(scratch) } }
      return try Self.mapper(order[index], in: window, scratch)
    }
    spare.withLock { $0.removeAll() }
    groups = CodeGroup.groups(features: order.count, rowCount: window.rows.count)
    self.window = window
    self.order = order
    encode(threads: threads)
  }

  /// Codes the rows of another window with the bins of this one; names and their order must agree.
  ///
  /// - Throws: `LearnerError.invalid` for a value that no window may have.
  /// - Complexity: O(rows x columns) on `threads` threads; one byte a value.
  func coding(_ other: TrainingWindow, threads: Int) throws(LearnerError) -> BinnedMatrix {
    precondition(other.featureNames == window.featureNames, "columns differ")
    let order = order
    try ParallelFor.run(count: order.count, threads: threads) { (index) throws(LearnerError) in
      if let error = Self.unusable(order[index], in: other) { throw error }
    }
    return BinnedMatrix(other, order: order, mappers: mappers, threads: threads)
  }

  private init(_ window: TrainingWindow, order: [Int], mappers: [BinMapper], threads: Int) {
    self.window = window
    self.order = order
    self.mappers = mappers
    groups = CodeGroup.groups(features: order.count, rowCount: window.rows.count)
    encode(threads: threads)
  }

  private static func mapper(
    _ column: Int, in window: TrainingWindow, _ scratch: BinMapper.Scratch
  ) throws(LearnerError) -> BinMapper {
    let values = window.features.column(column)
    let isCategorical = window.categoricalColumns.contains(column)
    let mapper =
      isCategorical
      ? BinMapper(categories: values, rows: window.rows)
      : BinMapper(values, rows: window.rows, scratch: scratch)
    if let mapper { return mapper }
    guard let error = unusable(column, in: window) else {
      preconditionFailure("a usable column without bins")
    }
    throw error
  }

  /// The first value of a column that cannot be used, or `nil`.
  private static func unusable(_ column: Int, in window: TrainingWindow) -> LearnerError? {
    let values = window.features.column(column)
    let isCategorical = window.categoricalColumns.contains(column)
    let row = window.rows.first {
      isCategorical ? !BinMapper.isUsableCategory(values[$0]) : values[$0].isInfinite
    }
    guard let row else { return nil }
    return .invalid(
      what: "feature \(window.featureNames[column])", row: row, value: "\(values[row])",
      accepted: isCategorical
        ? BinMapper.acceptedCategory : "a finite number, or NaN for missing")
  }

  /// Writes the codes chunk by chunk: the lines of 64 columns stay in the cache.
  private func encode(threads: Int) {
    let coders = mappers.map { BinCoder($0.bins) }
    let chunks = CodeGroup.chunks(window.rows.count)
    let (groups, order, window) = (groups, order, window)
    ParallelFor.run(count: groups.count * chunks.count, threads: threads) { index in
      let (chunk, number) = index.quotientAndRemainder(dividingBy: groups.count)
      let group = groups[number]
      let first = window.rows.lowerBound
      let rows = chunks[chunk].lowerBound + first..<chunks[chunk].upperBound + first
      group.codes.withSlice(chunk) { codes, _ in
        for (place, feature) in group.features.enumerated() {
          coders[feature].encode(
            window.features.column(order[feature]).extracting(rows), into: &codes,
            width: group.width, place: place)
        }
      }
    }
  }
}
