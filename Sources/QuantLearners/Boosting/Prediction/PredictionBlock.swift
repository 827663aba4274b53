/// Memory for the rows that one thread predicts at once.
struct PredictionBlock {
  /// Rows of a block.
  static let rows = 256
  /// Rows whose leaves are found at once; groups make up a block.
  static let groupRows = 128
  /// Results of subtrees that may wait at once: no tree of 256 leaves needs more.
  private static let resultLimit = 128
  /// The size of `slots`.
  static let slotBytes = (CodedTrees.leafLimit + resultLimit) * groupRows

  /// Where the number of a leaf stands once for each row of a group.
  static func leafSlot(_ leaf: Int) -> Int { leaf * groupRows }

  /// Where a result is written.
  static func resultSlot(_ result: Int) -> Int {
    precondition(result < resultLimit)
    return (CodedTrees.leafLimit + result) * groupRows
  }

  /// Columns that are read at once.
  static let readColumns = 8

  /// Columns of values.
  var values = [Float](repeating: 0, count: readColumns * rows)
  /// Columns of codes, 256 bytes each.
  var codes: [UInt8]
  /// Leaf numbers: constants first, results of subtrees behind.
  var slots: [UInt8]
  /// Sums of leaf values.
  var sums = [Double](repeating: 0, count: rows)
  /// Values of all features of a few rows, row by row.
  var walked: [Float]

  init(_ plan: PredictionPlan) {
    codes = [UInt8](repeating: 0, count: plan.columnCount * Self.rows)
    slots = [UInt8](repeating: 0, count: Self.slotBytes)
    for leaf in 0..<CodedTrees.leafLimit {
      for row in 0..<Self.groupRows { slots[leaf * Self.groupRows + row] = UInt8(leaf) }
    }
    walked = [Float](repeating: 0, count: plan.walkedValues)
  }
}
